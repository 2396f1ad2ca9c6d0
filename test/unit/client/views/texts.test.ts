/** What the tree hands on as text: tooltips, tables, links in documents. Whatever the web says in it stays text. */
import assert from 'node:assert/strict';
import { readArrangement } from '../../../../client/src/views/arrangement.ts';
import { arrangementWords, filterWords } from '../../../../client/src/views/arrangementWords.ts';
import { groupWords } from '../../../../client/src/views/groupWords.ts';
import { linkInText } from '../../../../client/src/views/linkInText.ts';
import { linksCsv, linksMarkdown } from '../../../../client/src/views/linksTable.ts';
import type { LinkNode, TreeNode } from '../../../../client/src/views/nodes.ts';
import { rowText, titleOf, urlOf } from '../../../../client/src/views/nodeText.ts';
import { createShownCounts } from '../../../../client/src/views/shownCounts.ts';
import { tooltipMarkdown } from '../../../../client/src/views/tooltip.ts';
import { backlink, fresh, link, strength, words } from '../support/samples.ts';

const pathOf = (uri: string) => uri.slice('file:///'.length);
const nodeOf = (changes: Parameters<typeof link>[0] = {}): LinkNode => ({
  kind: 'link',
  id: 'x',
  group: null,
  document: 'file:///a.md',
  link: link(changes),
  documents: 1,
});
const row = (changes: Parameters<typeof backlink>[0] = {}): TreeNode => ({ kind: 'row', id: 'r', row: backlink(changes) });

describe('tooltips', () => {
  it('say their lines, the first aloud', () => {
    assert.equal(tooltipMarkdown('Title\nLine 1\n\nstrength\u2002\u20025'), '**Title**\n\nLine 1  \nstrength · 5');
  });

  it('keep what the web says as text', () => {
    const said = tooltipMarkdown('<img src=x> $(zap)\n[a](command:x) | `b` **c** https://evil.test');
    for (const markup of [/(?<!\\)</, /(?<!\\)\$\(/, /(?<!\\)\[/, /(?<!\\)\|/, /(?<!\\)`/, /https:\/\//]) assert.doesNotMatch(said, markup);
  });
});

describe('links dropped into a document', () => {
  const one = [{ url: 'https://site.test/a?b=1&c=(2)', title: 'How [we] moved' }];
  const cases: [string, 'html' | 'markdown', string, string][] = [
    ['a Markdown link', 'markdown', 'See ', '[How \\[we\\] moved](https://site.test/a?b=1&c=%282%29)'],
    ['only the address between brackets', 'markdown', 'See [here](', 'https://site.test/a?b=1&c=%282%29'],
    ['only the address of a definition', 'markdown', '[spec]: ', 'https://site.test/a?b=1&c=%282%29'],
    ['an anchor', 'html', '<p>See ', '<a href="https://site.test/a?b=1&amp;c=(2)">How [we] moved</a>'],
    ['only the address in an attribute', 'html', '<a href="', 'https://site.test/a?b=1&amp;c=(2)'],
    ['only the address in an attribute in Markdown', 'markdown', '<a href="', 'https://site.test/a?b=1&c=%282%29'],
  ];
  for (const [name, language, before, expected] of cases) it(name, () => assert.equal(linkInText(one, language, before), expected));

  it('never becomes other markup', () => {
    const hostile = [{ url: 'https://site.test/">x', title: '"><script>alert(1)</script>' }];
    assert.doesNotMatch(linkInText(hostile, 'html', ''), /<script|"">/);
    assert.doesNotMatch(linkInText([{ url: 'https://site.test/', title: '![x](y) `c` <b>' }], 'markdown', ''), /(?<!\\)[`<!]/);
  });

  it('stands on lines of their own where they are several', () => {
    assert.equal(linkInText([...one, ...one], 'markdown', '').split('\n').length, 2);
  });
});

describe('nodes as text', () => {
  it('are opened where they are on the web, and only there', () => {
    assert.equal(urlOf(row()), 'https://blog.test/moved');
    assert.equal(urlOf(row({ sourceUrl: 'javascript:alert(1)' })), null);
    assert.equal(urlOf(nodeOf({ targets: null })), null);
    assert.equal(urlOf({ kind: 'group', id: 'g', common: { kind: 'domain', name: 'site.test' } }), 'https://site.test/');
  });

  it('are called by their title, else by their address', () => {
    assert.equal(titleOf(row()), 'How we moved');
    assert.equal(titleOf(row({ title: ' \n' })), 'blog.test/moved');
  });

  it('are copied as cells', () => {
    assert.equal(rowText(row({ anchorText: 'a\tb\nc' }), words), '7.9\thttps://blog.test/moved\ta b c\tfollowed\thttps://site.test/a');
    assert.equal(rowText({ kind: 'note', id: 'n', text: 'x', tone: 'plain' }, words), null);
  });
});

describe('exported links', () => {
  const nodes = [
    nodeOf({ page: fresh({ strength: strength(6.2), backlinks: 132, referringDomains: 41 }), text: '=HYPERLINK("x"), "y"' }),
    nodeOf({ page: { state: 'unknown' }, domain: { state: 'unknown' }, text: 'a|b' }),
  ];

  it('as CSV: unknown is empty, and no cell is a formula', () => {
    const [head, first, second] = linksCsv(nodes, pathOf)
      .replace(/^\ufeff/, '')
      .split('\r\n');
    assert.match(head ?? '', /^document,line,url,text,/);
    assert.match(first ?? '', /^a\.md,4,https:\/\/site\.test\/a,"'=HYPERLINK\(""x""\), ""y""",1,fresh,6\.2,index,132,41,/);
    assert.match(second ?? '', /,unknown,,,,,site\.test,,,0$/);
  });

  it('as Markdown: a table that cells cannot break', () => {
    const lines = linksMarkdown(nodes, pathOf, words).trim().split('\n');
    assert.equal(lines.length, 4);
    for (const line of lines) assert.equal(line.replace(/\\\|/g, '').split('|').length, 5, line);
  });
});

describe('the arrangement', () => {
  it('is said beside the title where it is not how it comes', () => {
    assert.equal(arrangementWords({ grouping: 'document', sort: 'place', filter: '' }, words), '');
    assert.equal(arrangementWords({ grouping: 'domain', sort: 'strength', filter: 'x' }, words), '“x”, by domain, strongest first');
    assert.equal(filterWords('x', { all: 1204, shown: 3 }, words), 'Filtered by “x”: 3 of 1,204 links.');
    assert.equal(filterWords('x', { all: 4, shown: 0 }, words), 'Filtered by “x”: none of 4 links.');
  });

  it('is read from what was remembered, without its filter', () => {
    assert.deepEqual(readArrangement({ grouping: 'domain', sort: 'name', filter: 'x' }), { grouping: 'domain', sort: 'name', filter: '' });
    for (const other of [null, 5, 'x', {}, { grouping: 'x', sort: 7 }])
      assert.deepEqual(readArrangement(other), { grouping: 'document', sort: 'place', filter: '' });
  });

  it('says of a group what is known of it', () => {
    const links = [nodeOf({ domain: fresh({ strength: strength(7.4), referringDomains: 2118 }) }), nodeOf({ count: 11 })];
    assert.equal(groupWords({ kind: 'domain', name: 'site.test' }, links, words).description, '7.4 from 2,118 domains · 12 links');
    assert.equal(groupWords({ kind: 'strength', name: null, from: 6, to: 7 }, links, words).label, 'Strength 6 to 7');
    assert.equal(groupWords({ kind: 'strength', name: 'UR', from: 60, to: 70 }, links, words).label, 'UR 60 to 70');
  });

  it('shows a page of links, and more when they are asked for', () => {
    const shown = createShownCounts(250);
    assert.deepEqual([shown.of('a'), shown.reach('a', 249), shown.of('a')], [250, false, 250]);
    assert.deepEqual([shown.reach('a', 600), shown.of('a')], [true, 750]);
    shown.more('a');
    assert.deepEqual([shown.of('a'), shown.of(null)], [1000, 250]);
  });
});
