import assert from 'node:assert/strict';
import { linkWords } from '../../../../client/src/views/linkWords.ts';
import { type LinkNode, shownLinks } from '../../../../client/src/views/nodes.ts';
import { rowWords } from '../../../../client/src/views/rowWords.ts';
import type { DocumentFacts } from '../../../../shared/protocol.ts';
import { backlink, fresh, link, NOW, strength, words } from '../support/samples.ts';

const setting = { now: NOW, pathOf: (uri: string) => uri.slice('file:///'.length), internal: 'exclude' } as const;
const describeLink = (facts: Parameters<typeof link>[0], internal: 'exclude' | 'include' | 'only' = 'exclude') => {
  const first = link(facts);
  return linkWords(nodeOf(first), words, { ...setting, internal });
};
const nodeOf = (of: ReturnType<typeof link>): LinkNode => ({ kind: 'link', id: 'x', group: null, document: 'file:///a.md', link: of, documents: 1 });

describe('links in the tree', () => {
  const cases: [string, Parameters<typeof link>[0], string, string, string, boolean][] = [
    [
      'a linked page',
      { page: fresh({ strength: strength(6.2), backlinks: 132, referringDomains: 41 }) },
      'site.test/a',
      '6.2\u2002\u2002132 from 41 domains',
      'link',
      true,
    ],
    ['none seen', { page: fresh({ backlinks: 0 }) }, 'site.test/a', 'none seen', 'link', false],
    ['looking up', { page: { state: 'pending', last: null } }, 'site.test/a', 'looking up', 'loading~spin', false],
    ['not asked', { page: { state: 'unknown' } }, 'site.test/a', 'not asked', 'question', false],
    ['a private host', { page: { state: 'skipped', reason: 'private' } }, 'site.test/a', 'private address', 'circle-slash', false],
    ['a finding', { page: fresh({ backlinks: 0 }), findings: 1 }, 'site.test/a', 'none seen · 1 finding', 'link', false],
    [
      'a file of the folder',
      { targets: null, local: { uri: 'file:///faq.md', exists: true, backlinks: 14 } },
      'faq.md',
      '14 in this folder',
      'file',
      true,
    ],
    [
      'a file nobody else links to',
      { targets: null, local: { uri: 'file:///faq.md', exists: true, backlinks: 1 } },
      'faq.md',
      '1 in this folder',
      'file',
      true,
    ],
    [
      'a file that is not there',
      { targets: null, local: { uri: 'file:///no.md', exists: false, backlinks: 2 } },
      'no.md',
      'no such file',
      'warning',
      true,
    ],
    [
      'a file with an address on the web',
      { page: fresh({ backlinks: 3, referringDomains: 2 }), local: { uri: 'file:///faq.md', exists: true, backlinks: 14 } },
      'faq.md',
      '3 from 2 domains · 14 in this folder',
      'file',
      true,
    ],
  ];
  for (const [title, facts, label, description, icon, expandable] of cases) {
    it(title, () => {
      const shown = describeLink(facts);
      assert.deepEqual([shown.label, shown.description, shown.icon, shown.expandable], [label, description, icon, expandable]);
    });
  }

  it('shows the strength of the domain where the source knows only domains, and unfolds to nothing', () => {
    const domain = fresh({ strength: { basis: 'rank', value: 9.6, position: 2, population: 118_800_000 } });
    const refused = {
      state: 'failed',
      reason: 'refused-target',
      code: 'source.refused-target',
      message: 'no pages',
      retryAt: null,
      last: null,
    } as const;
    for (const page of [fresh({}), refused]) {
      const shown = describeLink({ page, domain });
      assert.deepEqual([shown.description, shown.icon, shown.expandable], ['domain 9.6', 'link', false]);
    }
    assert.match(describeLink({ page: fresh({}), domain }).tooltip, /Rank 2 of 118,800,000 domains/);
    assert.deepEqual(describeLink({ page: fresh({}), domain: fresh({ notAmongFirst: 1_000_000 }) }).expandable, false);
    assert.equal(describeLink({ page: fresh({ backlinks: 0 }), domain }).description, 'none seen');
  });

  it('says to a screen reader what the number is', () => {
    const page = fresh({ strength: strength(6.2), backlinks: 132, referringDomains: 41 });
    assert.equal(describeLink({ page }).spoken, 'site.test/a, strength 6.2, 132 from 41 domains');
    assert.equal(describeLink({ page: { state: 'unknown' } }).spoken, 'site.test/a, not asked');
  });

  it('unfolds internal links where they are asked for', () => {
    const facts = { page: fresh({ backlinks: 0, internalBacklinks: 9 }) };
    assert.deepEqual([describeLink(facts).expandable, describeLink(facts, 'include').expandable], [false, true]);
  });

  it('tells page, domain, basis and lines in the tooltip', () => {
    const shown = describeLink({
      page: fresh({ strength: strength(6.2), backlinks: 132 }),
      domain: fresh({ backlinks: 48_210, referringDomains: 2118 }),
    });
    assert.equal(
      shown.tooltip,
      [
        'https://site.test/a',
        'This page: 6.2\u2002\u2002132 backlinks',
        'site.test: 48,210 from 2,118 domains',
        'Strength 0 to 10 in this index of 1,204,331 known pages',
        'Line 4',
      ].join('\n'),
    );
  });

  it('counts all links to a place and names the lines of the first', () => {
    const places = Array.from({ length: 100 }, (_, line) => ({ start: { line, character: 0 }, end: { line, character: 5 } }));
    const facts = link({ count: 102_063, places });
    const document: DocumentFacts = {
      uri: 'file:///a.md',
      version: 1,
      links: [facts, link({ targets: null, url: 'b.md' })],
      findings: 0,
      problem: null,
    };
    assert.equal(shownLinks(document), 102_064);
    assert.match(linkWords(nodeOf(facts), words, setting).tooltip, /102,063 places, lines 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 …$/);
  });
});

describe('rows in the tree', () => {
  it('says strength, page, text and marks', () => {
    const shown = rowWords(backlink({ nofollow: true }), words);
    assert.deepEqual(
      [shown.label, shown.description, shown.spoken],
      ['7.9  blog.test', '“deployment guide” · nofollow · /moved', 'blog.test/moved, strength 7.9, link text deployment guide, nofollow'],
    );
  });

  it('keeps unknown values unknown', () => {
    const shown = rowWords(backlink({ strength: null, anchorText: null, title: null, nofollow: null, position: null }), words);
    assert.deepEqual([shown.label, shown.description], ['–  blog.test', '/moved']);
    assert.equal(shown.tooltip, '(no title)\nhttps://blog.test/moved\n4 external and 8 internal links\nPoints to https://site.test/a');
  });

  it('puts text of the web on one line and cuts it between characters', () => {
    const shown = rowWords(backlink({ anchorText: `a\n\n b ${'👩‍👩‍👧‍👦'.repeat(80)}` }), words);
    assert.match(shown.description, /^“a b (👩‍👩‍👧‍👦){55}…” · \/moved$/u);
  });

  it('says that a link has no text', () => {
    assert.equal(rowWords(backlink({ anchorText: ' ', sourceUrl: 'https://blog.test/' }), words).description, '“(no text)”');
  });

  it('has a picture for every kind of link', () => {
    const icons = (['a', 'aimg', 'area', 'iframe', 'frame', 'form', 'meta', 'javascript', 'redirect', null] as const).map(
      (tag) => rowWords(backlink({ tag }), words).icon,
    );
    assert.deepEqual(new Set(icons), new Set(['link', 'file-media', 'window', 'checklist', 'arrow-right', 'code']));
  });
});
