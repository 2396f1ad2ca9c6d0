import assert from 'node:assert/strict';
import { summaryOf } from '../../../server/src/sources/searchmetrics/firstRows.ts';
import { parseTarget } from '../../../server/src/urls/targets.ts';
import type { Backlink } from '../../../shared/backlinks.ts';

const TARGET = parseTarget('site.com') ?? { kind: 'domain', name: '', id: '' };

function row(sourceUrl: string, strength: number | null, rest: Partial<Backlink> = {}): Backlink {
  const unknown = { title: null, externalLinks: null, internalLinks: null, totalLinks: null, position: null, rel: null, ip: null, countryCode: null };
  return {
    ...unknown,
    sourceUrl,
    anchorText: 'words',
    strength: strength === null ? null : { basis: 'vendor', value: strength, name: 'SPS', scale: 10 },
    targetUrl: 'https://site.com/',
    tag: 'a',
    nofollow: false,
    country: null,
    city: null,
    firstSeen: null,
    lastSeen: null,
    lost: null,
    ...rest,
  };
}

const ROWS = [
  row('https://a.one.com/1', 5),
  row('https://b.one.com/2', 4, { nofollow: true, anchorText: '' }),
  row('https://two.com/3', 3, { tag: 'iframe' }),
];

describe('summary from a total and the first rows', () => {
  it('is exact where the first rows are all', () => {
    const summary = summaryOf(TARGET, ROWS, 3, 10);
    assert.deepEqual(
      [summary.backlinks, summary.referringPages, summary.referringHosts, summary.referringDomains, summary.followed],
      [3, 3, 3, 2, { links: 1, of: 2 }],
    );
    assert.deepEqual(summary.topAnchors, [
      { text: 'words', count: 2 },
      { text: '', count: 1 },
    ]);
    assert.deepEqual(summary.forms, [{ url: 'https://site.com/', backlinks: 3 }]);
    assert.deepEqual(
      summary.strongest?.map(({ row: best, more }) => [best.sourceUrl, more]),
      [
        ['https://a.one.com/1', 1],
        ['https://two.com/3', 0],
      ],
    );
  });

  it('gives nothing that ten of many rows cannot tell', () => {
    const summary = summaryOf(TARGET, ROWS, 4_000, 10);
    assert.equal(summary.backlinks, 4_000);
    const { referringPages, referringHosts, referringDomains, followed, forms, topAnchors, strength, internalBacklinks } = summary;
    assert.deepEqual(
      [referringPages, referringHosts, referringDomains, followed, forms, topAnchors, strength, internalBacklinks],
      Array(8).fill(null),
    );
  });

  it('shows the strongest of many only where the rows come strongest first, and not how many more', () => {
    assert.deepEqual(
      summaryOf(TARGET, ROWS, 4_000, 10).strongest?.map(({ row: best, more }) => [best.sourceUrl, more]),
      [
        ['https://a.one.com/1', null],
        ['https://two.com/3', null],
      ],
    );
    assert.equal(summaryOf(TARGET, [...ROWS].reverse(), 4_000, 10).strongest, null);
    assert.equal(summaryOf(TARGET, [row('https://a.one.com/1', null)], 4_000, 10).strongest, null);
  });

  it('counts rows where no total is given, if they are all', () => {
    assert.equal(summaryOf(TARGET, ROWS, null, 10).backlinks, 3);
    assert.equal(summaryOf(TARGET, ROWS, null, 3).backlinks, null);
  });

  it('does not know a share where a row does not say what it is', () => {
    assert.equal(summaryOf(TARGET, [row('https://a.com/', 1, { nofollow: null })], 1, 10).followed, null);
    assert.equal(summaryOf(TARGET, [row('no url', 1)], 1, 10).referringDomains, null);
  });

  it('is a true zero where there are none', () => {
    const summary = summaryOf(TARGET, [], 0, 10);
    assert.deepEqual([summary.backlinks, summary.referringDomains, summary.followed, summary.strongest], [0, 0, { links: 0, of: 0 }, []]);
  });
});
