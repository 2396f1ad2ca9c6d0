import assert from 'node:assert/strict';
import { pageHtml } from '../../../../client/src/report/pageHtml.ts';
import { figures, histogram, topDomains } from '../../../../client/src/report/webview/figures.ts';
import { translator } from '../../../../client/src/report/webview/page.ts';
import { COLUMNS, filterTargets, sortTargets, strengthOf } from '../../../../client/src/report/webview/tableModel.ts';
import type { Report } from '../../../../shared/report.ts';
import { fresh, reportTarget, strength, summary } from '../support/samples.ts';

const use = { file: 'guide.md', uri: 'file:///guide.md', line: 4, character: 0, text: 'the Guide' };
const targets = [
  reportTarget('https://b.test/', fresh({ strength: strength(2), backlinks: 3, referringDomains: 2, followed: { links: 1, of: 3 } })),
  reportTarget('https://a.test/x', fresh({ strength: strength(10), backlinks: 0, followed: { links: 0, of: 0 } }), { uses: [use] }),
  reportTarget('https://a.test/y', { state: 'unknown' }),
  reportTarget('https://c.test/', { state: 'pending', last: { value: summary({ strength: strength(0), backlinks: 1 }), at: 0 } }),
  reportTarget('https://d.test/', fresh({ strength: { basis: 'vendor', value: 90, name: 'UR', scale: 100 }, backlinks: 40 })),
];
const report: Report = {
  title: 'docs',
  createdAt: '2026-11-23T12:00:00Z',
  source: 'index',
  files: 1,
  links: 9,
  targets,
  findings: [],
  problems: [],
};

const names = (some: readonly { page: { name: string } }[]) => some.map(({ page }) => page.name);

describe('figures of the report', () => {
  it('counts, and never mixes strengths of different bases', () => {
    assert.deepEqual(figures(report), { links: 9, targets: 5, domains: 4, median: strength(2), followed: { links: 1, of: 3 }, unknown: 1 });
  });

  it('spreads strengths over ten classes with both ends inside', () => {
    assert.deepEqual(histogram(report)?.classes, [1, 0, 1, 0, 0, 0, 0, 0, 0, 1]);
  });

  it('names the domains with most links', () => {
    assert.deepEqual(topDomains(report, 2), [
      { name: 'a.test', links: 1 },
      { name: 'b.test', links: 0 },
    ]);
  });

  it('has no figure of nothing', () => {
    const nothing = { ...report, targets: [], links: 0 };
    assert.deepEqual(figures(nothing), { links: 0, targets: 0, domains: 0, median: null, followed: null, unknown: 0 });
    assert.equal(histogram(nothing), null);
  });
});

describe('table of the report', () => {
  it('puts the unknown last in both directions', () => {
    for (const column of COLUMNS) {
      if (column === 'target' || column === 'uses') continue;
      for (const ascending of [true, false]) {
        const sorted = sortTargets(targets, { column, ascending });
        assert.equal(sorted.length, targets.length);
        const unknownAt = sorted.findIndex(({ page }) => page.name === 'https://a.test/y');
        assert.ok(
          sorted.slice(unknownAt).every((target) => target.pageFacts.state === 'unknown' || column !== 'strength'),
          `${column} ${ascending}`,
        );
      }
    }
  });

  it('sorts numbers and names', () => {
    assert.deepEqual(names(sortTargets(targets, { column: 'backlinks', ascending: false })).slice(0, 2), ['https://d.test/', 'https://b.test/']);
    assert.deepEqual(names(sortTargets(targets, { column: 'target', ascending: true })).slice(0, 2), ['https://a.test/x', 'https://a.test/y']);
  });

  it('shows and sorts by the strength of domains where the source knows no pages', () => {
    const rank = (value: number) => ({ domainFacts: fresh({ strength: { basis: 'rank', value, position: 2, population: 9 } }) });
    const weak = reportTarget('https://b.test/', fresh(), rank(2));
    const strong = reportTarget('https://a.test/', fresh(), rank(9));
    const neither = reportTarget('https://c.test/', fresh());
    const known = reportTarget('https://d.test/', fresh({ backlinks: 0 }), rank(7));
    assert.deepEqual(names(sortTargets([neither, weak, strong], { column: 'strength', ascending: false })), names([strong, weak, neither]));
    assert.deepEqual(
      [weak, neither, known, targets[0]].map((one) => (one === undefined ? null : (strengthOf(one)?.of ?? null))),
      ['domain', null, null, 'page'],
    );
  });

  const filters: [string, number][] = [
    ['', 5],
    ['   ', 5],
    ['A.TEST', 2],
    ['guide', 1],
    ['a.test guide', 1],
    ['nothing like it', 0],
  ];
  for (const [filter, count] of filters) it(`filters by ${JSON.stringify(filter)}`, () => assert.equal(filterTargets(targets, filter).length, count));
});

describe('frame of the report', () => {
  const html = pageHtml({
    title: 'Backlinks: "<script>"',
    locale: 'en',
    cspSource: 'https://*.vscode-cdn.net',
    nonce: 'n0nce',
    script: 'https://host/dist/report.js',
    style: 'https://host/media/report.css',
    waiting: 'Drawing …',
  });

  it('allows its own script and style and nothing else', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1]?.replaceAll('&#39;', "'");
    assert.equal(policy, "default-src 'none'; style-src https://*.vscode-cdn.net; script-src 'nonce-n0nce'");
    assert.equal(html.match(/<script/g)?.length, 1);
    assert.doesNotMatch(html, /style=|onclick|unsafe-/);
  });

  it('escapes its words', () => assert.ok(html.includes('<title>Backlinks: &#34;&#60;script&#62;&#34;</title>')));

  it('translates by sentence, not by what objects inherit', () => {
    const t = translator({ '{0} shown': '{0} gezeigt' });
    assert.deepEqual([t('{0} shown', 3), t('{0} of {1} shown', 1, 2), t('toString'), t('{5}')], ['3 gezeigt', '1 of 2 shown', 'toString', '{5}']);
  });
});
