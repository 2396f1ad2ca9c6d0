/** Which pages are lost, in which order, and how that is said. */
import assert from 'node:assert/strict';
import { lostPageMessage } from '../../../server/src/features/diagnostics/lostPage.ts';
import { pathMatches } from '../../../server/src/features/ignorePatterns.ts';
import { findLostPages, type LostInput, type LostPage, type Removal } from '../../../server/src/features/lostPages.ts';
import type { LinkedPage } from '../../../shared/queries.ts';

const SITE = 'https://docs.x.org/manual/';
const linked = (path: string, more: Partial<LinkedPage> = {}): LinkedPage => ({
  url: new URL(path, SITE).href,
  strength: { basis: 'index', value: 0, population: 9 },
  backlinks: 4,
  referringDomains: 2,
  followed: { links: 4, of: 4 },
  status: null,
  ...more,
});

function lost(pages: readonly LinkedPage[], input: Partial<LostInput> = {}): string[] {
  const all = { siteUrl: SITE, linked: pages, exists: () => false, saved: () => false, excluded: [], removals: new Map<string, Removal>(), ...input };
  return findLostPages(all).map(({ path, backlinks, domains, followedDomains }) => `${path} ${backlinks}/${domains}/${followedDomains ?? '?'}`);
}

describe('lost pages', () => {
  const CASES: readonly [name: string, pages: readonly LinkedPage[], input: Partial<LostInput>, expected: string[]][] = [
    ['a linked address without a file', [linked('gone/')], {}, ['/manual/gone/ 4/2/2']],
    ['a file stands there', [linked('gone/')], { exists: (url) => url === `${SITE}gone/` }, []],
    ['with a query, the file still stands there', [linked('gone/?x=1#y')], { exists: (url) => url === `${SITE}gone/` }, []],
    ['a redirect takes it on', [linked('gone/')], { saved: (path) => path === '/manual/gone/' }, []],
    ['a captured redirect does', [linked('gone/', { status: 301 })], {}, []],
    ['captured as not found', [linked('gone/', { status: 404 })], {}, ['/manual/gone/ 4/2/2']],
    ['excluded below the site', [linked('tags/a/'), linked('tags')], { excluded: ['/tags/**'] }, []],
    ['excluded by itself', [linked('gone/')], { excluded: ['/gone'] }, []],
    ['of another part of the host', [linked('/other/')], {}, []],
    ['files that are no pages', [linked('a.pdf'), linked('img/x.png'), linked('feed.xml')], {}, []],
    ['pages by their names', [linked('a.html'), linked('b.php')], {}, ['/manual/a.html 4/2/2', '/manual/b.php 4/2/2']],
    ['nobody links there', [linked('gone/', { backlinks: 0 })], {}, []],
    ['forms of one address are one', [linked('gone?a=1'), linked('gone?b=2', { referringDomains: 3, backlinks: 5 })], {}, ['/manual/gone 9/3/?']],
    [
      'by followed domains, then domains, then links',
      [
        linked('c/', { backlinks: 9, referringDomains: 9, followed: { links: 0, of: 9 } }),
        linked('b/', { backlinks: 1, referringDomains: 1, followed: { links: 1, of: 1 } }),
        linked('a/', { backlinks: 2, referringDomains: 1, followed: { links: 2, of: 2 } }),
      ],
      {},
      ['/manual/a/ 2/1/1', '/manual/b/ 1/1/1', '/manual/c/ 9/9/0'],
    ],
    ['out of shape', [{ ...linked('x/'), url: 'not a url' }], {}, []],
  ];
  for (const [name, pages, input, expected] of CASES) it(name, () => assert.deepEqual(lost(pages, input), expected));

  it('with what history says, by the page’s key', () => {
    const removal: Removal = { commit: '3f2a1c', day: '2026-10-01', to: 'guide/new.md' };
    const [page] = findLostPages({
      ...{ siteUrl: SITE, linked: [linked('gone/')], exists: () => false, saved: () => false, excluded: [] },
      removals: new Map([['docs.x.org/manual/gone/', removal]]),
    });
    assert.deepEqual(page?.removal, removal);
  });

  const PAGE: LostPage = { url: `${SITE}gone/`, path: '/guide/install', backlinks: 12, domains: 5, followedDomains: 5, status: null, removal: null };
  const removal = { commit: '3f2a1c', day: '2026-10-01', to: null };
  const MESSAGES: readonly [page: Partial<LostPage>, message: string][] = [
    [{ removal }, '/guide/install was removed in 3f2a1c (Oct 1, 2026); 12 backlinks from 5 domains point at it.'],
    [
      { removal: { ...removal, to: 'guide/setup.md' } },
      '/guide/install became guide/setup.md in 3f2a1c (Oct 1, 2026); 12 backlinks from 5 domains point at it.',
    ],
    [{ status: 410 }, '/guide/install answered 410 when it was last captured; 12 backlinks from 5 domains point at it.'],
    [{ domains: 1 }, '/guide/install is no page of this folder; 12 backlinks from 1 domain point at it.'],
    [{ backlinks: 1, domains: 1 }, '/guide/install is no page of this folder; 1 backlink points at it.'],
  ];
  for (const [page, message] of MESSAGES) it(message, () => assert.equal(lostPageMessage({ ...PAGE, ...page }, 'en'), message));

  const PATTERNS: readonly [pattern: string, path: string, matches: boolean][] = [
    ['/tags/**', '/tags/a/b', true],
    ['/tags/**', '/tags', true],
    ['/tags/**', '/tagsy', false],
    ['/a/*', '/a/b', true],
    ['/a/*', '/a/b/c', false],
    ['/a', '/a/', true],
    ['/a', '/ab', false],
    ['**/*.xml', '/x/feed.xml', true],
    ['', '/', false],
  ];
  for (const [pattern, path, matches] of PATTERNS)
    it(`${pattern} ${matches ? 'takes' : 'leaves'} ${path}`, () => assert.equal(pathMatches(pattern, path), matches));
});
