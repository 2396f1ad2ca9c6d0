/** The diagnostic rules, each as a table: when it speaks, what it says, and when it keeps silent. */
import assert from 'node:assert/strict';
import { brokenInternal } from '../../../server/src/features/diagnostics/brokenInternal.ts';
import { LINK_RULES, PAGE_RULES } from '../../../server/src/features/diagnostics/collect.ts';
import { formMismatch } from '../../../server/src/features/diagnostics/formMismatch.ts';
import { genericAnchor } from '../../../server/src/features/diagnostics/genericAnchor.ts';
import { noBacklinks } from '../../../server/src/features/diagnostics/noBacklinks.ts';
import { nofollowMismatch } from '../../../server/src/features/diagnostics/nofollowMismatch.ts';
import { orphanPage } from '../../../server/src/features/diagnostics/orphanPage.ts';
import { redirectedTarget } from '../../../server/src/features/diagnostics/redirectedTarget.ts';
import type { Finding, LinkRule, PageView, RuleSettings } from '../../../server/src/features/diagnostics/rule.ts';
import { weakTarget } from '../../../server/src/features/diagnostics/weakTarget.ts';
import type { RelChange } from '../../../server/src/features/relEdit.ts';
import type { Known, Summary } from '../../../shared/backlinks.ts';
import { RULES } from '../../../shared/rules.ts';
import { fresh, INFO, knownLink, type LinkParts, NOW, summary } from './samples.ts';

const SETTINGS: RuleSettings = {
  weakTargetBelow: 1,
  nofollowTargets: [],
  followTargets: [],
  language: null,
  pageNofollow: false,
  editorChecksFiles: false,
  locale: 'en',
  source: INFO,
};

/** Null: silent. */
type Case = readonly [
  when: string,
  link: LinkParts & { readonly settings?: Partial<RuleSettings> },
  says: RegExp | null,
  repair?: string | RelChange,
];

function table(rule: LinkRule, cases: readonly Case[]): void {
  describe(rule.code, () => {
    for (const [when, { settings, ...link }, says, repair] of cases) {
      it(`${says === null ? 'is silent' : 'speaks'}: ${when}`, () => {
        const finding: Finding | null = rule.check(knownLink(link), { ...SETTINGS, ...settings });
        if (says === null) assert.equal(finding, null);
        else assert.match(finding?.message ?? '(silent)', says);
        if (says !== null) assert.deepEqual(repairOf(finding), repair);
      });
    }
    for (const page of NOT_KNOWN) {
      it(`is silent while ${page.state}`, () => assert.equal(rule.check(knownLink({ page }), SETTINGS), null));
    }
  });
}

function repairOf(finding: Finding | null): string | RelChange | undefined {
  const repair = finding?.repair;
  return repair === undefined ? undefined : 'rel' in repair ? repair.rel : repair.newText;
}

const NOT_KNOWN: readonly Known<Summary>[] = [
  { state: 'unknown' },
  { state: 'pending', last: null },
  { state: 'failed', reason: 'offline', code: 'source.offline', message: 'x', retryAt: null, last: null },
  { state: 'skipped', reason: 'private' },
  { state: 'skipped', reason: 'manual' },
];

const forms = (...all: [url: string, backlinks: number][]) => fresh(summary({ forms: all.map(([url, backlinks]) => ({ url, backlinks })) }));
const WWW = 'https://www.example.org/x';

table(formMismatch, [
  [
    'another form has them all',
    { link: { url: 'https://example.org/x' }, page: forms([WWW, 88]) },
    /^None seen for this form of the address; https:\/\/www\.example\.org\/x has 88 backlinks\.$/,
    WWW,
  ],
  ['the fragment stays', { link: { url: 'https://example.org/x#part' }, page: forms([WWW, 88]) }, /88/, `${WWW}#part`],
  [
    'http is written, https has them',
    { link: { url: 'http://example.org/x' }, page: forms(['https://example.org/x', 2]) },
    /2 backlinks/,
    'https://example.org/x',
  ],
  [
    'the most linked https form is proposed',
    { link: { url: 'https://example.org/x' }, page: forms(['http://example.org/x', 90], [WWW, 88]) },
    /88/,
    WWW,
  ],
  ['without a scheme', { link: { url: '//example.org/x', resolved: 'https://example.org/x' }, page: forms([WWW, 1]) }, /1/, WWW],
  ['the written form has some, too', { link: { url: 'https://example.org/x' }, page: forms([WWW, 88], ['https://example.org/x', 1]) }, null],
  ['the written form, but for the fragment', { link: { url: 'https://example.org/x#y' }, page: forms(['https://example.org/x', 1]) }, null],
  [
    'the linked form only tells where a visitor came from',
    { link: { url: 'https://example.org/x' }, page: forms([`${WWW}?utm_source=a`, 88]) },
    null,
  ],
  [
    'the next best, where the best only tells where a visitor came from',
    { link: { url: 'https://example.org/x' }, page: forms([`${WWW}?gclid=1`, 88], [WWW, 5]) },
    /has 5 backlinks/,
    WWW,
  ],
  ['with a name and a password', { link: { url: 'https://example.org/x' }, page: forms(['https://a:b@example.org/x', 88]) }, null],
  ['only http has them', { link: { url: 'https://example.org/x' }, page: forms(['http://example.org/x', 88]) }, null],
  ['the source knows no forms', { link: { url: 'https://example.org/x' }, page: fresh(summary({ forms: null })) }, null],
  ['no form has any', { link: { url: 'https://example.org/x' }, page: forms([WWW, 0]) }, null],
  ['written relative to a site of one’s own', { link: { url: '../x', resolved: 'https://example.org/x' }, page: forms([WWW, 88]) }, null],
]);

const redirect = (url: string, on: string | null = '2026-11-02') => fresh(summary({ redirectsTo: { url, status: 301, on } }));
table(redirectedTarget, [
  [
    'it redirects',
    { page: redirect('https://example.org/new') },
    /^This page redirects \(301, captured Nov 2, 2026\) to https:\/\/example\.org\/new\.$/,
    'https://example.org/new',
  ],
  ['on an unknown day', { page: redirect('https://example.org/new', null) }, /^This page redirects \(301\) to/, 'https://example.org/new'],
  [
    'the fragment stays',
    { link: { url: 'https://example.org/old#a' }, page: redirect('https://example.org/new') },
    /new/,
    'https://example.org/new#a',
  ],
  [
    'a destination with a fragment of its own',
    { link: { url: 'https://example.org/old#a' }, page: redirect('https://example.org/new#b') },
    /new/,
    'https://example.org/new#b',
  ],
  [
    'a relative link is told, not changed',
    { link: { url: 'old', resolved: 'https://example.org/old' }, page: redirect('https://example.org/new') },
    /new/,
  ],
  ['from https to http: told, not changed', { page: redirect('http://example.org/new') }, /to http:/],
  ['only to another form of itself', { link: { url: 'https://example.org/x' }, page: redirect('https://www.example.org/x') }, null],
  ['to no page of the web', { page: redirect('javascript:alert(1)') }, null],
  ['it does not redirect', { page: fresh(summary()) }, null],
]);

table(genericAnchor, [
  [
    '“click here” to a page of one’s own',
    { link: { text: 'click here', resolved: null }, local: {} },
    /^“click here” says nothing about guide\/install\.md; use words that do\.$/,
  ],
  ['in another language', { link: { text: ' Hier! ', resolved: null }, local: {} }, /Hier/],
  ['in another script', { link: { text: 'こちら', resolved: null }, local: {} }, /こちら/],
  ['only an address', { link: { text: 'https://example.org/x', resolved: null }, local: {} }, /only an address/],
  ['words that say something', { link: { text: 'Install on Linux', resolved: null }, local: {} }, null],
  ['to somebody else’s page', { link: { text: 'click here' } }, null],
  ['to itself', { link: { text: 'here', resolved: null }, local: { self: true } }, null],
  ['no text at all', { link: { text: '', resolved: null }, local: {} }, null],
  ['its own name', { link: { text: 'Details', resolved: null }, local: { path: 'guide/details.md' } }, null],
  ['its own name in several words', { link: { text: 'Learn more', resolved: null }, local: { path: 'learn-more.md' } }, null],
  ['a word of another language that means something here', { link: { text: 'Plus', resolved: null }, local: {} }, null],
  ['the same word in its own language', { link: { text: 'Plus', resolved: null }, local: {}, settings: { language: 'fr-CA' } }, /Plus/],
  ['an image', { link: { text: 'here', role: 'image', tag: null, resolved: null }, local: {} }, null],
]);

table(brokenInternal, [
  ['no such file', { link: { resolved: null }, local: { exists: false } }, /^There is no guide\/install\.md in this folder\.$/],
  ['an image that is not there', { link: { role: 'image', tag: null, resolved: null }, local: { exists: false } }, /There is no/],
  [
    'the editor says so itself, of Markdown',
    { link: { resolved: null, element: 'md-link' }, local: { exists: false }, settings: { editorChecksFiles: true } },
    null,
  ],
  [
    'the editor says nothing of HTML',
    { link: { resolved: null, element: 'a' }, local: { exists: false }, settings: { editorChecksFiles: true } },
    /There is no/,
  ],
  ['it is there', { link: { resolved: null }, local: {} }, null],
  ['not known: ignored, or still reading', { link: { resolved: null }, local: { exists: null } }, null],
  ['from the root: a site builder may make it', { link: { resolved: null }, local: { exists: false, relative: false } }, null],
  ['not of this folder', {}, null],
]);

const strength = (value: number) => fresh(summary({ strength: { basis: 'index', value, population: 1_000 } }));
table(weakTarget, [
  ['below the threshold', { page: strength(0.9) }, /^The linked page has strength 0\.9 \(in this index of 1,000 known pages\), below 1\.0\.$/],
  ['known from before', { page: { state: 'stale', value: summary({ strength: { basis: 'estimated', value: 0 } }), at: NOW } }, /0\.0 \(estimated/],
  ['at the threshold', { page: strength(1) }, null],
  ['a vendor’s score is on another scale', { page: fresh(summary({ strength: { basis: 'vendor', value: 0, name: 'UR', scale: 100 } })) }, null],
  ['no strength', { page: fresh(summary({ strength: null })) }, null],
]);

table(noBacklinks, [
  [
    'asked, and there are none',
    { page: fresh(summary({ backlinks: 0, internalBacklinks: 0 })) },
    /^None seen on the 1,204,331 pages of this index\.$/,
  ],
  ['there are some', { page: fresh(summary()) }, null],
  ['the source does not say how many', { page: fresh(summary({ backlinks: null })) }, null],
]);

const NOFOLLOW: RelChange = { add: ['nofollow'], remove: [] };
const FOLLOW: RelChange = { add: [], remove: ['nofollow', 'ugc', 'sponsored'] };
const listed = (nofollowTargets: string[], followTargets: string[] = []) => ({ settings: { nofollowTargets, followTargets } });
table(nofollowMismatch, [
  [
    'followed, and is not to be',
    listed(['example.org']),
    /^This link is followed; by your settings links to example\.org are not to be\.$/,
    NOFOLLOW,
  ],
  ['a pattern of a page', listed(['**/example.org/guide/*']), /is followed/, NOFOLLOW],
  ['on both lists', listed(['example.org'], ['example.org']), /is followed/, NOFOLLOW],
  ['an image link', { link: { tag: 'aimg' }, ...listed(['example.org']) }, /is followed/, NOFOLLOW],
  [
    'a Markdown definition',
    { link: { role: 'definition', tag: null, element: 'md-definition' }, ...listed(['example.org']) },
    /is followed/,
    NOFOLLOW,
  ],
  ...['nofollow', 'ugc', 'sponsored'].map(
    (rel): Case => [`${rel} is not followed`, { link: { rel: ['noopener', rel] }, ...listed(['example.org']) }, null],
  ),
  ['the robots meta says it for all', { settings: { nofollowTargets: ['example.org'], pageNofollow: true } }, null],
  ['not on the list', listed(['example.com']), null],
  ['a form passes nothing on', { link: { tag: 'form' }, ...listed(['example.org']) }, null],
  ['an image of there', { link: { role: 'image', tag: null }, ...listed(['example.org']) }, null],
  [
    'not followed, and is to be',
    { link: { rel: ['noopener', 'ugc', 'nofollow'] }, ...listed([], ['example.org']) },
    /^This link is not followed \(nofollow ugc\); by your settings links to example\.org are to be\.$/,
    FOLLOW,
  ],
  ['followed, as it is to be', listed([], ['example.org']), null],
  [
    'by the robots meta: nothing at the link repairs it',
    { settings: { followTargets: ['example.org'], pageNofollow: true } },
    /^The robots meta of this page/,
  ],
]);

describe('orphan-page', () => {
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  const backlink = { uri: 'file:///w/a.md', range, text: 'x' };
  const page = (backlinks: readonly (typeof backlink)[] | null, isStart = false): PageView => ({
    reach: backlinks === null ? null : { backlinks, clicks: null, start: 'index.md' },
    isStart,
    range,
  });
  const cases: readonly [when: string, view: PageView, speaks: boolean][] = [
    ['nobody links here', page([]), true],
    ['somebody does', page([backlink]), false],
    ['the start page', page([], true), false],
    ['still reading', page(null), false],
  ];
  for (const [when, view, speaks] of cases) {
    it(`${speaks ? 'speaks' : 'is silent'}: ${when}`, () => assert.equal(orphanPage.check(view, SETTINGS) !== null, speaks));
  }
});

it('every rule of the manifest has its file', () => {
  assert.deepEqual(
    [...LINK_RULES, ...PAGE_RULES].map(({ code }) => code).sort(),
    RULES.flatMap(({ code }) => (code === 'lost-page' ? [] : code)).sort(),
  );
});
