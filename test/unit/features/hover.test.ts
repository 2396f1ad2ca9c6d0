/** The hover as a table of states: every sentence that may stand in it, and nothing invented. */
import assert from 'node:assert/strict';
import { createHover } from '../../../server/src/features/hover/hover.ts';
import type { HoverInput } from '../../../server/src/features/hover/input.ts';
import { backlink, fresh, hoverInput, hoverText, type LinkParts, NOW, readHover, summary } from './samples.ts';

describe('hover on a link to the web', () => {
  const domain = summary({
    backlinks: 48_210,
    referringDomains: 2_118,
    followed: { links: 43_871, of: 48_210 },
    internalBacklinks: null,
    strength: { basis: 'index', value: 7.4, population: 203_118 },
  });
  const strongest = [
    { row: backlink(), more: 0 },
    {
      row: backlink({ sourceUrl: 'https://news.example.net/4-2', title: 'Release notes 4.2', anchorText: '[img]', nofollow: true, firstSeen: null }),
      more: 412,
    },
    {
      row: backlink({ sourceUrl: 'https://wiki.example.com/x', title: null, anchorText: 'here', strength: null, nofollow: null, firstSeen: null }),
      more: null,
    },
    { row: backlink({ title: 'the fourth' }), more: 0 },
  ];
  const known = { page: fresh(summary({ strongest })), domain: fresh(domain) };

  for (const [what, page, of, line] of [
    ['new and lost', { newBacklinks: 1_206, lostBacklinks: 2, changesSince: '2026-10-01' }, {}, '1,206 new and 2 lost since Oct 1, 2026 · '],
    ['new only', { newBacklinks: 6, lostBacklinks: 0, changesSince: '2026-10-01' }, {}, '6 new since Oct 1, 2026 · '],
    ['lost only', { newBacklinks: 0, lostBacklinks: 1, changesSince: '2026-10-01' }, {}, '1 lost since Oct 1, 2026 · '],
    ['lost, and new ones nobody counted', { newBacklinks: null, lostBacklinks: 1, changesSince: '2026-10-01' }, {}, '1 lost since Oct 1, 2026 · '],
    ['nothing', { newBacklinks: 0, lostBacklinks: 0, changesSince: '2026-10-01' }, {}, ''],
    ['nobody knows', { newBacklinks: null, lostBacklinks: null, changesSince: null }, {}, ''],
    ['counts without a day', { newBacklinks: 4, lostBacklinks: 4 }, {}, ''],
    ['the domain only', {}, { newBacklinks: 3, lostBacklinks: 0, changesSince: '2026-10-01' }, 'example.org: 3 new since Oct 1, 2026 · '],
  ] as const) {
    it(`says what came and went: ${what}`, () => {
      const site = { kind: 'domain', name: 'example.org', id: 'domain:example.org' } as const;
      const text = readHover({ page: fresh(summary(page)), domain: fresh(summary({ ...domain, ...of, target: site })) });
      assert.equal(text.split('\n').at(-1)?.startsWith(`${line}Embedded index of`), true, text);
    });
  }

  it('draws one table, page beside domain, numbers to the right', () => {
    assert.deepEqual(readHover(known).split('\n').slice(0, 11), [
      '**example.org/guide/deploy** · [Show all] · [Open] · [Ignore]',
      '',
      '| |     this page |     example.org |',
      '| :-- | --: | --: |',
      '| Strength | 6.2 ▰▰▰▰▰▰▱▱▱▱ | 7.4 ▰▰▰▰▰▰▰▱▱▱ |',
      '| Backlinks | 132 | 48,210 |',
      '| Referring domains | 41 | 2,118 |',
      '| Followed | 87% | 91% |',
      '| Internal links | 206 | – |',
      '| In this folder | 14 | 37 |',
      '',
    ]);
  });

  it('says what the strength is measured in', () => {
    assert.match(readHover(known), / · Strength: in this index of 1,204,331 known pages, 203,118 known domains \(\[how strength is computed\]\)$/m);
  });

  it('says whose counts they are where the source passes on those of a list', () => {
    const stated = summary({ backlinks: 881, strongest: null, asOf: '2026-09-30', statedBy: 'Google Search [Console]' });
    assert.match(
      readHover({ page: fresh(stated), domain: fresh(domain) }),
      / · Counts as stated by Google Search \[Console\], Sep 30, 2026 · Strength/,
    );
    assert.match(readHover({ page: fresh({ ...stated, asOf: null }) }), / · Counts as stated by Google Search \[Console\] · Strength/);
    assert.doesNotMatch(readHover(known), /stated/);
  });

  it('names the three strongest pages', () => {
    assert.deepEqual(readHover(known).match(/^\| (?:\d|–).*$/gm), [
      '| 7.9 | How we moved our docs — “deployment guide” · followed · since May 2024 | [blog.example.net] |',
      '| 7.9 | Release notes 4.2 — “[img]” · nofollow · and 412 more | [news.example.net] |',
      '| – | (no title) — “here” | [wiki.example.com] |',
    ]);
  });

  it('ends with where it comes from and how old that is', () => {
    assert.match(readHover(known).split('\n\n').at(-1) ?? '', /^Embedded index of 1,204,331 pages, crawled Nov 2, 2026 \(21 days ago\) · /);
  });

  it('tells what is not as it should be before the strongest pages', () => {
    const sections = readHover({ ...known, page: { state: 'stale', value: summary({ strongest }), at: NOW - 3 * 3_600_000 } }).split('\n\n');
    assert.equal(sections[2], 'Last asked 3 hr. ago.');
    assert.match(sections[3] ?? '', /^\| \| Strongest, one per domain \| \|$/m);
  });

  it('draws no bars where it is read aloud, and still says every number', () => {
    const text = readHover({ ...known, input: { spoken: true } });
    assert.doesNotMatch(text, /[▰▱]/);
    assert.match(text, /^\| Strength \| 6\.2 \| 7\.4 \|$/m);
    assert.match(
      readHover({ page: { state: 'pending', last: { value: summary(), at: NOW } }, input: { spoken: true } }),
      /just now: 6\.2, 132 backlinks/,
    );
  });

  it('writes numbers and dates as the locale does', () => {
    const german = readHover({ ...known, input: { locale: 'de' } });
    assert.match(german, /6,2 ▰/);
    assert.match(german, /48\.210/);
    assert.match(german, /02\.11\.2026/);
  });

  it('gives no command links to a client that does not run them', () => {
    for (const page of [known.page, { state: 'unknown' } as const, { state: 'skipped', reason: 'manual' } as const]) {
      assert.doesNotMatch(hoverText({ ...known, page, input: { commandLinks: false } }), /command:/);
    }
  });

  it('keeps a vendor score under its own name and scale', () => {
    const text = readHover({ ...known, page: fresh(summary({ strength: { basis: 'vendor', value: 31, name: 'UR', scale: 100 } })) });
    assert.match(text, /\| Strength \| UR 31 ▰▰▰▱▱▱▱▱▱▱ \| 7\.4/);
    assert.match(text, / · Strength: in this index of 203,118 known domains \(/);
  });

  describe('from a source that knows domains by rank alone', () => {
    const blank = {
      backlinks: null,
      referringDomains: null,
      internalBacklinks: null,
      followed: null,
      strongest: null,
      strength: null,
      asOf: '2026-05-31',
    };
    const source = { id: 'ranks', label: 'Common Crawl domain ranks', pages: null, asOf: '2026-05-31', generation: 'g1', rows: false as const };
    const page = fresh(summary(blank));
    const ranked = (of?: string) => ({
      basis: 'rank' as const,
      value: 6.2,
      position: 1_234,
      population: 118_800_000,
      ...(of === undefined ? {} : { of }),
    });

    it('shows its strength and its rank, and offers no rows', () => {
      const text = readHover({ page, domain: fresh(summary({ ...blank, strength: ranked() })), input: { source } });
      assert.match(text, /^\| Strength \| – \| 6\.2 ▰▰▰▰▰▰▱▱▱▱ \|$/m);
      assert.match(text, /^Common Crawl domain ranks, .* · Strength: rank 1,234 of 118\.8 M domains \(/m);
      assert.doesNotMatch(text, /Show all|Backlinks|not among/);
      const german = readHover({ page, domain: fresh(summary({ ...blank, strength: ranked() })), input: { source, locale: 'de' } });
      assert.match(german, /rank 1\.234 of 118,8 Mio\. domains/);
    });

    it('says whose rank it is where that is another name', () => {
      assert.match(
        readHover({ page, domain: fresh(summary({ ...blank, strength: ranked('example.org') })) }),
        /rank 1,234 of 118\.8 M domains, that of example\.org/,
      );
    });

    it('says that a domain is not among the first ones', () => {
      const text = readHover({ page, domain: fresh(summary({ ...blank, notAmongFirst: 1_000_000 })), input: { source } });
      assert.match(text, /^example\.org is not among the first 1,000,000 domains of these ranks\.$/m);
      assert.doesNotMatch(text, /\| Strength/);
    });
  });

  it('never writes a zero: none is what was seen, not what there is', () => {
    const nothing = summary({ backlinks: 0, referringDomains: 0, internalBacklinks: 0, followed: { links: 0, of: 0 }, strength: null });
    const text = readHover({ page: fresh(nothing), domain: fresh(domain), input: { uses: { page: 1, domain: 0 } } });
    assert.match(text, /^\| Backlinks \| none \| 48,210 \|$/m);
    assert.match(text, /^\| In this folder \| 1 \| none \|$/m);
    assert.doesNotMatch(text, /\| 0 |Show all/);
  });

  it('leaves out rows of which nothing is known, and never shows a zero for them', () => {
    const text = readHover({
      page: fresh(summary({ followed: null, internalBacklinks: null, referringDomains: null, strength: null, backlinks: null })),
      input: { uses: { page: null, domain: null } },
    });
    assert.doesNotMatch(text, /Followed|Internal|Referring|Strength:|In this folder|\b0\b/);
  });
});

describe('hover: the line of each state', () => {
  const last = { value: summary(), at: NOW - 3 * 3_600_000 };
  const failed = (reason: 'auth' | 'quota' | 'throttled' | 'offline' | 'unavailable', message: string, retryAt: number | null = null) =>
    ({ state: 'failed', reason, code: `source.${reason}`, message, retryAt, last }) as const;
  const searchmetrics = { id: 'searchmetrics', label: 'Searchmetrics', pages: null, asOf: null, generation: null };

  const STATES: readonly [name: string, parts: LinkParts & { input?: Partial<HoverInput> }, line: RegExp][] = [
    ['pending, never known', { page: { state: 'pending', last: null } }, /^Looking up example\.org\/guide\/deploy …$/m],
    [
      'pending, once known',
      { page: { state: 'pending', last } },
      /^Looking up example\.org\/guide\/deploy … Last known 3 hr\. ago: 6\.2 ▰{6}▱{4}, 132 backlinks\.$/m,
    ],
    ['none', { page: fresh(summary({ backlinks: 0, internalBacklinks: 0 })) }, /^None seen on the 1,204,331 pages of this index\.$/m],
    [
      'none, from a source without pages',
      { page: fresh(summary({ backlinks: 0 })), input: { source: searchmetrics } },
      /^None known to this source\.$/m,
    ],
    [
      'no source',
      { page: { state: 'skipped', reason: 'no-source' }, input: { source: null, health: { state: 'none' } } },
      /^In this folder: 14\. For backlinks from the web a source is needed\. · \[Free domain ranks\] · \[Import an export\] · \[Crawl my site\] · \[Choose a source\]$/m,
    ],
    [
      'a source that is not configured',
      { page: { state: 'skipped', reason: 'no-source' }, input: { health: { state: 'none', setting: 's', message: 'No index is chosen yet.' } } },
      /No index is chosen yet\. · \[Free domain ranks\] .* \[Choose a source\]$/m,
    ],
    [
      'on demand',
      { page: { state: 'skipped', reason: 'manual' }, input: { source: searchmetrics } },
      /^Not asked yet: Searchmetrics is asked on demand\. · \[Look up\] · \[Look up this document\]$/m,
    ],
    [
      'on demand, for a price',
      { page: { state: 'skipped', reason: 'manual' }, input: { source: searchmetrics, linkCost: { amount: 0.02006, unit: 'USD' } } },
      /^Not asked yet: Searchmetrics costs about \$0\.02 a link\. · \[Look up\] · \[Look up this document\]$/m,
    ],
    [
      'a source of domains',
      { page: { state: 'skipped', reason: 'kind' }, input: { source: searchmetrics } },
      /^Searchmetrics tells nothing about single pages\.$/m,
    ],
    ['an empty account', { page: failed('quota', 'The account is empty.') }, /^The account is empty\. Last known .* · \[Show usage\]$/m],
    ['unknown', {}, /^Not asked yet\. · \[Look up\] · \[Look up this document\]$/m],
    [
      'throttled',
      { page: failed('throttled', 'x', NOW + 40_000), input: { source: searchmetrics } },
      /^Searchmetrics asks us to wait 40 s\. Last known 3 hr\. ago: /m,
    ],
    ['offline', { page: failed('offline', 'x') }, /^Offline\. Last known 3 hr\. ago: /m],
    [
      'auth',
      { page: failed('auth', 'The key was refused (401).'), input: { source: searchmetrics } },
      /^The key was refused \(401\)\. Last known .* · \[Set key\]$/m,
    ],
    ['a damaged index', { page: failed('unavailable', 'web.db is damaged.') }, /^web\.db is damaged\. Last known/m],
    [
      'an index that is not there',
      { page: { ...failed('unavailable', 'There is no index at web.db.'), code: 'index.missing' } },
      /^There is no index at web\.db\..* · \[Choose an index file\]$/m,
    ],
    ['budget', { page: { state: 'skipped', reason: 'budget' } }, /^Today's budget of look-ups is used up\. · \[Show usage\]$/m],
    [
      'budget, with its amount',
      { page: { state: 'skipped', reason: 'budget' }, input: { budget: { amount: 200, unit: 'units' } } },
      /^Today's budget \(200 units\) is used up\. · \[Show usage\]$/m,
    ],
    [
      'private',
      { link: { url: 'http://192.168.1.7/x' }, page: { state: 'skipped', reason: 'private' } },
      /^Not looked up: 192\.168\.1\.7 is a private address\.$/m,
    ],
    [
      'reserved',
      { link: { url: 'https://a.test/x' }, page: { state: 'skipped', reason: 'reserved' } },
      /^Not looked up: a\.test is reserved for examples and tests\.$/m,
    ],
    [
      'ignored',
      { page: { state: 'skipped', reason: 'ignored' }, settings: { ignore: ['**/example.org/**'] } },
      /^Ignored by `\*\*\/example\.org\/\*\*` · \[Stop ignoring\]$/m,
    ],
    [
      'fresh, of a source that does not date its data',
      { page: { state: 'fresh', ...last }, input: { source: searchmetrics } },
      /^Searchmetrics, asked 3 hr\. ago · /m,
    ],
    ['fresh, of one that does', { page: { state: 'fresh', ...last } }, /^Embedded index of [\d,]+ pages, crawled [^·]+ago\) · Strength/m],
    ['stale', { page: { state: 'stale', ...last } }, /^Last asked 3 hr\. ago\.$/m],
    [
      'a URL that does not parse',
      { link: { url: 'http://[bad', resolved: null } },
      /^Not looked up: http:\/\/\[bad is not a URL that can be read\./m,
    ],
  ];
  for (const [name, parts, line] of STATES) it(name, () => assert.match(readHover(parts), line));

  it('shows what was last known in the table while it is asked again', () => {
    assert.match(readHover({ page: { state: 'pending', last } }), /\| Backlinks \| 132 \| – \|/);
  });

  it('says nothing of mail, images and scripts', () => {
    for (const link of [{ url: 'mailto:a@b.c' }, { role: 'image' as const, tag: null }, { url: 'javascript:x()' }]) {
      assert.equal(createHover(hoverInput({ link })), null);
    }
  });
});
