/** What every engine of the link index must do, whatever it stores its rows in. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { BacklinkStore, Capture, CrawledLink } from '../../server/src/linkIndex/store.ts';
import { type Backlink, INTERNAL_FILTERS, PAGE_LIMITS } from '../../shared/backlinks.ts';
import { anyHistory, anyWeb, DAY, gone, link, NOON, page, redirect, TARGETS } from './captures.ts';
import { assertSameRows, compareAll, compareLists, compareRows, FILTERS, readAll, target } from './compare.ts';
import { NaiveStore } from './naiveStore.ts';

/** Makes a store of the captures; the suite closes it. Places are unknown to it. */
export type StoreBuilder = (captures: readonly Capture[]) => Promise<BacklinkStore>;

const signal = new AbortController().signal;

const HISTORY_TARGETS = ['a.com', 'blog.a.com', 'b.org', 'a.com/', 'b.org/x', 'a.com/*', 'a.com/y', 'c.net', 'unseen.net'];

/**
 * @param webs made-up webs to compare on
 * @param stepsOf the captures there are at each step of the builder, the last one excepted; strength is computed at the first. By default there is one step
 */
export function describeStore(
  name: string,
  build: StoreBuilder,
  webs: number,
  stepsOf: (captures: readonly Capture[]) => readonly (readonly Capture[])[] = () => [],
): void {
  const naiveOf = (captures: readonly Capture[]): NaiveStore => {
    let before: NaiveStore | null = null;
    for (const step of stepsOf(captures)) before = new NaiveStore(step, before);
    return new NaiveStore(captures, before);
  };
  const withStore = async (captures: readonly Capture[], use: (store: BacklinkStore) => Promise<void>): Promise<void> => {
    const store = await build(captures);
    try {
      await use(store);
    } finally {
      await store.close();
    }
  };

  describe(`store: ${name}`, () => {
    it('answers as the plain reading of the meanings does, on made-up webs', async function () {
      this.timeout(120_000);
      let questions = 0;
      await fc.assert(
        fc.asyncProperty(anyWeb, (captures) =>
          withStore(captures, async (store) => {
            const naive = naiveOf(captures);
            questions += await compareAll(store, naive, TARGETS);
            assert.equal((await store.info(signal)).knownUrls, naive.known);
          }),
        ),
        { numRuns: webs },
      );
      console.log(`      ${questions} questions`);
    });

    it('filters, orders, sums up and compares made-up histories as the plain reading does', async function () {
      this.timeout(240_000);
      let questions = 0;
      await fc.assert(
        fc.asyncProperty(anyHistory, fc.constantFrom(...FILTERS), fc.constantFrom('strength' as const, 'date' as const), (captures, filter, sort) =>
          withStore(captures, async (store) => {
            const naive = naiveOf(captures);
            questions += await compareRows(store, naive, HISTORY_TARGETS, filter, sort);
            questions += await compareLists(store, naive, HISTORY_TARGETS);
            questions += await compareAll(store, naive, HISTORY_TARGETS);
          }),
        ),
        { numRuns: webs },
      );
      console.log(`      ${questions} questions`);
    });

    it('pages through a target of 1,234 rows at every limit without gaps or repeats', async function () {
      this.timeout(60_000);
      const captures = crowd(1234);
      await withStore(captures, async (store) => {
        for (const text of ['target.com', 'www.target.com/page', 'target.com/*']) {
          for (const internal of INTERNAL_FILTERS) {
            const sequences = [];
            for (const limit of PAGE_LIMITS) sequences.push(await readAll(store, target(text), limit, internal));
            const [first, ...rest] = sequences;
            assert.equal(first?.length, { exclude: 1234, include: 1284, only: 50 }[internal]);
            assert.equal(new Set(first?.map((row) => `${row.sourceUrl} ${row.position}`)).size, first?.length);
            for (const other of rest) assertSameRows(other, first ?? [], text);
            assertOrdered(first ?? []);
          }
        }
      });
    });

    it('counts targets with thousands of links, and hosts with a hundred below them, as it counts small ones', async function () {
      this.timeout(60_000);
      const texts = [
        'target.com',
        'deep.target.com',
        'x7.deep.target.com',
        'target.com/p0',
        'target.com/*',
        'target.com/p/*',
        'target.com/docs/*',
        'target.com/docs/odd/*',
      ];
      const history = heavyHistory();
      await withStore(history, (store) => compareAll(store, naiveOf(history), texts).then(() => {}));
      const captures = heavy();
      const naive = naiveOf(captures);
      await withStore(captures, async (store) => {
        assert.ok(naive.rows({ target: target('deep.target.com'), internal: 'exclude' }).length > 1000);
        await compareAll(store, naive, texts);
        for (const internal of INTERNAL_FILTERS) {
          const rows = await readAll(store, target('deep.target.com'), 100, internal);
          const expected = naive.rows({ target: target('deep.target.com'), internal });
          assertSameRows(
            rows,
            expected.map(({ row }) => row),
            internal,
          );
        }
      });
    });

    it('gives an empty page with the true total beyond the end', () =>
      withStore([page('https://b.org/', ['https://a.com/x', 'https://a.com/x'])], async (store) => {
        for (const offset of [2, 10, 1_000_000]) {
          const { rows, total } = await store.rows({ target: target('a.com'), limit: 10, offset, internal: 'exclude' }, signal);
          assert.deepEqual({ rows, total }, { rows: [], total: 2 });
        }
      }));

    it('answers an empty index, and a target it has never met, with zeros and no strength', async () => {
      for (const captures of [[], [page('https://b.org/', ['https://c.net/'])]]) {
        await withStore(captures, async (store) => {
          for (const text of ['a.com', 'x.a.com', 'a.com/', 'a.com/x/*']) {
            const [summary] = await store.summaries([target(text)], signal);
            assert.equal(summary?.backlinks, 0);
            assert.equal(summary?.internalBacklinks, 0);
            assert.equal(summary?.strength, null);
            assert.deepEqual(summary?.strongest, []);
            assert.equal(await store.strength(target(text), signal), null);
            assert.deepEqual((await store.rows({ target: target(text), limit: 10, offset: 0, internal: 'include' }, signal)).rows, []);
          }
        });
      }
    });

    it('lets the latest capture of a page key win, whatever the order they come in', async () => {
      const older = page('http://www.b.org/p', ['https://a.com/old'], { capturedAt: NOON - 1000 });
      const newer = page('https://b.org/p?utm_source=x', ['https://a.com/new']);
      for (const [captures, knownUrls] of [
        // The link that was lost keeps its target known.
        [[older, newer], 3],
        [[newer, older], 2],
      ] as const) {
        await withStore(captures, async (store) => {
          const { rows } = await store.rows({ target: target('a.com'), limit: 10, offset: 0, internal: 'exclude' }, signal);
          assert.deepEqual(
            rows.map(({ sourceUrl, targetUrl }) => ({ sourceUrl, targetUrl })),
            [{ sourceUrl: 'https://b.org/p?utm_source=x', targetUrl: 'https://a.com/new' }],
          );
          const info = await store.info(signal);
          assert.deepEqual({ pages: info.pages, knownUrls: info.knownUrls, links: info.links }, { pages: 1, knownUrls, links: 1 });
        });
      }
    });

    it('shows a redirect from another domain as a row, and where a page redirects to', () =>
      withStore(
        [
          redirect('https://old.com/a', 'https://a.com/x', 302),
          redirect('https://a.com/y', 'https://a.com/x'),
          redirect('http://a.com/x', 'https://a.com/x'),
        ],
        async (store) => {
          const { rows, total } = await store.rows({ target: target('a.com/x'), limit: 10, offset: 0, internal: 'include' }, signal);
          assert.equal(total, 1);
          const { sourceUrl, tag, anchorText, position, totalLinks, title } = rows[0] as Backlink;
          assert.deepEqual(
            { sourceUrl, tag, anchorText, position, totalLinks, title },
            { sourceUrl: 'https://old.com/a', tag: 'redirect', anchorText: '[redirect 302]', position: null, totalLinks: null, title: null },
          );
          const [y, x] = await store.summaries([target('a.com/y'), target('a.com/x')], signal);
          assert.deepEqual(y?.redirectsTo, { url: 'https://a.com/x', status: 301, on: '2026-11-01' });
          assert.equal(x?.redirectsTo, null);
          assert.deepEqual(x?.followed, { links: 0, of: 0 });
        },
      ));

    it('keeps the written forms behind a page key, most linked first, without fragments', () =>
      withStore(
        [
          page('https://b.org/', [
            'http://a.com/x',
            'https://www.a.com/x#top',
            'https://www.a.com/x',
            'https://a.com/x?utm_medium=m',
            'https://www.a.com/x#end',
          ]),
        ],
        async (store) => {
          const [summary] = await store.summaries([target('a.com/x')], signal);
          assert.deepEqual(summary?.forms, [
            { url: 'https://www.a.com/x', backlinks: 3 },
            { url: 'http://a.com/x', backlinks: 1 },
            { url: 'https://a.com/x?utm_medium=m', backlinks: 1 },
          ]);
        },
      ));

    it('shows one link per domain as the strongest, with how many more there are', () =>
      withStore(
        [
          page('https://x.b.org/1', ['https://a.com/', 'https://a.com/2']),
          page('https://y.b.org/', ['https://a.com/']),
          page('https://c.net/', ['https://a.com/']),
        ],
        async (store) => {
          const [summary] = await store.summaries([target('a.com')], signal);
          assert.deepEqual(
            summary?.strongest?.map(({ row, more }) => [row.sourceUrl, more]),
            [
              ['https://c.net/', 0],
              ['https://x.b.org/1', 2],
            ],
          );
        },
      ));

    it('counts forms of a page and none of the folder that holds nothing else', () =>
      withStore([page('https://b.org/', []), page('https://c.net/', ['https://a.com/x/y'])], async (store) => {
        const asked = ['a.com/x/*', 'a.com/x/y', 'a.com/x/*'].map(target);
        const forms = (await store.summaries(asked, signal)).map((summary) => summary.forms);
        assert.deepEqual(forms, [null, [{ url: 'https://a.com/x/y', backlinks: 1 }], null]);
      }));

    it('answers summaries in the order asked, the same target twice as well', () =>
      withStore([page('https://b.org/', ['https://a.com/', link('https://c.net/', { nofollow: true })])], async (store) => {
        const asked = ['c.net', 'a.com', 'c.net', 'nobody.org'].map(target);
        const summaries = await store.summaries(asked, signal);
        assert.deepEqual(
          summaries.map(({ target: { id }, backlinks }) => [id, backlinks]),
          [
            ['domain:c.net', 1],
            ['domain:a.com', 1],
            ['domain:c.net', 1],
            ['domain:nobody.org', 0],
          ],
        );
      }));

    it('tells servers that are not known from none, and takes one address for one server however it is written', () =>
      withStore(
        [
          page('https://b.org/', ['https://a.com/', 'https://a.com/'], { ip: '2001:db8::1' }),
          page('https://c.net/', ['https://a.com/'], { ip: '2001:DB8:0:0:0:0:0:1' }),
          page('https://mit.edu/', ['https://a.com/', 'https://a.com/x'], { ip: '2001:db8:0:1::1' }),
          page('https://agency.gov/', ['https://a.com/'], { ip: '::ffff:192.0.2.7' }),
          page('https://edu.org/', ['https://a.com/', 'https://unknown.com/'], { ip: 'not an address' }),
        ],
        async (store) => {
          const { generation } = await store.info(signal);
          const networks = { addresses: 3, netsC: 2, netsB: 2, pages: 5, known: 4, generation };
          assert.deepEqual(await store.networks(target('a.com'), signal), networks);
          const unknown = { addresses: null, netsC: null, netsB: null, pages: 1, known: 0, generation };
          assert.deepEqual(await store.networks(target('unknown.com'), signal), unknown);
          assert.equal((await store.networks(target('unseen.com'), signal)).addresses, 0);
          assert.deepEqual(await store.eduGov(target('a.com'), signal), { backlinks: 3, referringDomains: 2, generation });
          const domains = ['mit.edu', 'a.com', 'mit.edu', 'edu', 'c.net'];
          assert.deepEqual(await store.linksFrom({ target: target('a.com'), domains }, signal), { backlinks: [2, 0, 2, 0, 1], generation });
        },
      ));

    it('rejects an aborted call with the abort', () =>
      withStore([], async (store) => {
        const aborted = AbortSignal.abort();
        const list = { target: target('a.com'), limit: 10, offset: 0 };
        const calls = [
          store.info(aborted),
          store.summaries([target('a.com')], aborted),
          store.rows({ ...list, internal: 'exclude' }, aborted),
          store.strength(target('a.com'), aborted),
          store.anchors(list, aborted),
          store.referringDomains(list, aborted),
          store.linkedPages(list, aborted),
          store.changes(list, aborted),
          store.strengthSpread(target('a.com'), aborted),
          store.networks(target('a.com'), aborted),
          store.eduGov(target('a.com'), aborted),
          store.linksFrom({ target: target('a.com'), domains: ['b.org'] }, aborted),
          store.intersection({ to: [], butNot: [], limit: 10, offset: 0 }, aborted),
        ];
        for (const call of await Promise.allSettled(calls)) assert.ok(call.status === 'rejected' && (call.reason as Error).name === 'AbortError');
      }));
  });
}

/** Strength falls, and among equals the source page key rises, then the position. */
function assertOrdered(rows: readonly Backlink[]): void {
  for (const [at, row] of rows.slice(1).entries()) {
    const before = rows[at] as Backlink;
    const fall = (before.strength?.value ?? 0) - (row.strength?.value ?? 0);
    const key = (url: string): string => url.replace(/^https?:\/\//, '');
    const rise = key(before.sourceUrl) < key(row.sourceUrl) || (before.sourceUrl === row.sourceUrl && (before.position ?? 0) < (row.position ?? 0));
    assert.ok(fall > 0 || (fall === 0 && rise), `${before.sourceUrl} before ${row.sourceUrl}`);
  }
}

/** As `heavy`, and weeks later some of those pages with other texts, some cut short, and some gone. */
export function heavyHistory(): Capture[] {
  const first = heavy();
  const again = first.slice(0, 20).flatMap((capture, at): Capture[] => {
    if (capture.kind !== 'page') return [];
    const { page: one } = capture;
    if (at % 5 === 4) return [gone(one.url, 410, NOON + 30 * DAY)];
    const links = one.links.slice(at).map((of) => (of.text.endsWith('3') ? { ...of, text: 'another text' } : of));
    return [page(one.url, links, { capturedAt: NOON + 30 * DAY, truncated: at % 3 === 0 })];
  });
  return [...first, ...again];
}

/** Thirty pages on ten domains and five of its own that link a hundred hosts of one domain many times over, and pages of one of its folders. */
function heavy(): Capture[] {
  const targets = Array.from({ length: 100 }, (_, at) => `https://x${at}.deep.target.com/`).concat([
    'https://target.com/p0',
    'https://target.com/p1',
    ...Array.from({ length: 80 }, (_, at) => `https://target.com/docs/${at % 2 === 0 ? 'even' : 'odd'}/${at}?from=/docs/x/`),
  ]);
  const links = (from: number): CrawledLink[] =>
    targets.map((url, at) => link(url, { text: `text ${(at * from) % 13}`, nofollow: at % 3 === from % 3 }));
  const outside = Array.from({ length: 30 }, (_, at) =>
    page(`https://h${at % 7}.site${at % 10}.org/${at}`, [...links(at), link(`https://site${at % 4}.org/`)]),
  );
  return [...outside, ...Array.from({ length: 5 }, (_, at) => page(`https://target.com/own${at}`, links(at)))];
}

/** One target with `external` links from elsewhere and 50 from its own site; some sources are linked themselves, so that strengths differ. */
function crowd(external: number): Capture[] {
  const captures: Capture[] = [];
  for (let at = 0; captures.length < external; at++) {
    const source = `https://host${at % 37}.example${at % 11}.org/page${at}`;
    const friend = `https://host${(at * 7) % 37}.example${(at * 7) % 11}.org/page${Math.floor(Math.sqrt(at))}`;
    captures.push(page(source, ['https://target.com/page', friend]));
  }
  for (let at = 0; at < 50; at++) captures.push(page(`https://target.com/own${at}`, ['https://www.target.com/page']));
  return captures;
}
