/** Ahrefs against the one suite, and what is its own: lost links, keyset paging, units. */
import assert from 'node:assert/strict';
import { createAhrefsSource } from '../../../server/src/sources/ahrefs/source.ts';
import { pages } from '../../../server/src/sources/pager.ts';
import type { Source } from '../../../server/src/sources/source.ts';
import { createTransport } from '../../../server/src/sources/transport.ts';
import { silentLog } from '../../../server/src/util/log.ts';
import type { FailureCase } from '../failures.ts';
import { describeVendor } from '../vendor.ts';
import { mockWire, type Wire } from '../wires.ts';
import { BIG, type Handler, json, linkOf, SMALL, target, type WireReply, type WireRequest } from '../world.ts';
import { ahrefs, KEY, rowOf, table, tableOf } from './world.ts';

const isRows = ({ path }: WireRequest) => path.includes('/all-backlinks');
const isBatch = ({ path }: WireRequest) => path.includes('/batch-analysis');
const row = (fields: Record<string, unknown>) => () => json({ backlinks: [{ ...rowOf(linkOf(SMALL, 0)), ...fields }] });
const entry = (fields: Record<string, unknown>) => () => json({ targets: [{ index: 0, backlinks: 3, ...fields }] });

const bad = (what: string, reply: () => WireReply, says: RegExp): FailureCase => ({ what, reply, reason: 'bad-reply', says });
const badEntry = (what: string, fields: Record<string, unknown>, says: RegExp): FailureCase => ({
  what,
  ask: 'summaries',
  reply: entry(fields),
  reason: 'bad-reply',
  says,
});

const FAILURES: readonly FailureCase[] = [
  {
    what: 'units used up (403)',
    reply: () => json({ error: 'API units limit reached' }, 403),
    reason: 'quota',
    says: /units.*used up.*wait for the next period/,
  },
  { what: 'a plan without the call (403)', reply: () => json({ error: 'Insufficient plan' }, 403), reason: 'auth', says: /plan.*another key/i },
  { what: 'a refusal without words (403)', reply: () => json({}, 403), reason: 'auth', says: /refused the key/ },
  {
    what: 'a key that is echoed (401)',
    reply: () => json({ error: `API key ${KEY.secret} has expired` }, 401),
    reason: 'auth',
    says: /API key … has expired/,
  },
  { what: 'a refused question (400)', reply: () => json({ error: 'bad target' }, 400), reason: 'refused-target', says: /bad target/ },
  {
    what: 'an address that is not the API (404)',
    reply: () => ({ status: 404, body: '<html>' }),
    reason: 'unavailable',
    says: /address of the endpoint/,
  },
  { what: 'no data for a batch (404)', ask: 'summaries', reply: () => json({ error: 'no data' }, 404), reason: 'unavailable', says: /no data/ },
  bad('JSON that is no object', () => json('yes'), /an object/),
  bad('no rows where they belong', () => json({ metrics: {} }), /as backlinks/),
  bad('rows that are none', () => json({ backlinks: [52174] }), /backlinks\[0\]/),
  bad('a row without its page', row({ url_from: null }), /backlinks\[0\]\.url_from/),
  bad('a row without its target', row({ url_to: '' }), /backlinks\[0\]\.url_to/),
  bad('a title that is no text', row({ title: 7 }), /backlinks\[0\]\.title/),
  bad('an anchor that is no text', row({ anchor: ['a'] }), /backlinks\[0\]\.anchor/),
  bad('an alt that is no text', row({ alt: {} }), /backlinks\[0\]\.alt/),
  bad('a kind that is no text', row({ link_type: 3 }), /backlinks\[0\]\.link_type/),
  bad('a redirect code that is no number', row({ redirect_code: 'x' }), /backlinks\[0\]\.redirect_code/),
  bad('external links that are no number', row({ links_external: 'many' }), /backlinks\[0\]\.links_external/),
  bad('half a link', row({ links_internal: 1.5 }), /backlinks\[0\]\.links_internal/),
  bad('a rating off its scale', row({ url_rating_source: 101 }), /backlinks\[0\]\.url_rating_source/),
  bad('a nofollow of 2', row({ is_nofollow: 2 }), /backlinks\[0\]\.is_nofollow/),
  bad('an ugc that is no flag', row({ is_ugc: 'maybe' }), /backlinks\[0\]\.is_ugc/),
  bad('a sponsored that is no flag', row({ is_sponsored: [] }), /backlinks\[0\]\.is_sponsored/),
  bad('an address that is no text', row({ ip_source: 1 }), /backlinks\[0\]\.ip_source/),
  bad('a day that no calendar has', row({ first_seen_link: '2025-02-30T00:00:00Z' }), /backlinks\[0\]\.first_seen_link/),
  bad('a date that is none', row({ last_visited: 'yesterday' }), /backlinks\[0\]\.last_visited/),
  badEntry('no entry for the target', { index: 5 }, /left out/),
  badEntry('an index that is none', { index: 'first' }, /targets\[0\]\.index/),
  badEntry('backlinks that are no number', { backlinks: 'many' }, /targets\[0\]\.backlinks /),
  badEntry('fewer than no links', { backlinks_dofollow: -1 }, /targets\[0\]\.backlinks_dofollow/),
  badEntry('nofollow links that are no number', { backlinks_nofollow: {} }, /targets\[0\]\.backlinks_nofollow/),
  badEntry('internal links that are no number', { backlinks_internal: 'x' }, /targets\[0\]\.backlinks_internal/),
  badEntry('half a domain', { refdomains: 1.5 }, /targets\[0\]\.refdomains/),
  badEntry('a page rating off its scale', { url_rating: 101 }, /targets\[0\]\.url_rating/),
  badEntry('a domain rating off its scale', { domain_rating: 720 }, /targets\[0\]\.domain_rating/),
];

describeVendor({
  id: 'ahrefs',
  key: KEY,
  secrets: [KEY.secret],
  handler: ahrefs,
  create: createAhrefsSource,
  failures: FAILURES,
  totals: 'none',
  rowsOrder: 'strength',
  kinds: ['domain', 'host', 'page', 'folder'],
  internal: ['exclude'],
});

describe('Ahrefs', () => {
  const never = () => new AbortController().signal;

  async function over(handler: Handler, test: (source: Source, wire: Wire) => Promise<void>): Promise<void> {
    const wire = await mockWire(handler);
    const transport = createTransport({ env: {}, ...wire.options });
    const source = createAhrefsSource({ base: wire.address, credentials: KEY, transport, log: silentLog, clock: Date.now });
    try {
      await test(source, wire);
    } finally {
      await source.close();
      await wire.close();
    }
  }

  async function readAll(source: Source, limit: number): Promise<readonly string[]> {
    const read: string[] = [];
    for await (const page of pages(source, target(BIG), { limit, maxRows: 10_000, internal: 'exclude' }, never())) {
      read.push(...page.rows.map(({ sourceUrl, anchorText }) => `${sourceUrl} ${anchorText}`));
    }
    return read;
  }

  const parametersOf = ({ path }: WireRequest) => new URL(path, 'http://host').searchParams;

  it('asks its own address where no other is set', async () => {
    const wire = await mockWire(ahrefs());
    const transport = createTransport({ env: {}, ...wire.options });
    const source = createAhrefsSource({ credentials: KEY, transport, log: silentLog, clock: Date.now });
    await source.summaries([target(SMALL)], never());
    assert.deepEqual(
      wire.requests.map(({ origin, path }) => origin + path),
      ['https://api.ahrefs.com/v3/batch-analysis/batch-analysis'],
    );
    await wire.close();
  });

  it('always asks for live links, each for itself, and never for the history', () =>
    over(ahrefs(), async (source, wire) => {
      await readAll(source, 250);
      for (const request of wire.requests) {
        const parameters = parametersOf(request);
        assert.deepEqual([parameters.get('history'), parameters.get('aggregation'), parameters.get('offset')], ['live', 'all', null]);
        assert.ok(Number(parameters.get('limit')) <= 101);
      }
    }));

  it('reads a target to the end with one call for each hundred rows', () =>
    over(ahrefs(), async (source, wire) => {
      assert.equal((await readAll(source, 250)).length, 533);
      // 250 as 100 + 100 + 50, 250 likewise, 33: the last is short.
      assert.deepEqual(
        wire.requests.map((request) => Number(parametersOf(request).get('limit'))),
        [100, 101, 51, 101, 101, 51, 101],
      );
    }));

  it('does not take a reply that is as long as the smallest plan permits for the end', () => {
    const plan = (request: WireRequest) => {
      const parameters = parametersOf(request);
      parameters.set('limit', String(Math.min(100, Number(parameters.get('limit')))));
      return isRows(request) ? table(tableOf(BIG, 'subdomains'), parameters) : null;
    };
    return over(ahrefs(plan), async (source) => {
      assert.equal(new Set(await readAll(source, 250)).size, 533);
    });
  });

  it('gives each link of a page that has several, also where a page of rows ends between them', () => {
    // Twelve links on each of thirty pages, all of one rating; some are alike to the letter.
    const many = Array.from({ length: 360 }, (_, n) => ({
      ...rowOf(linkOf(BIG, 1)),
      url_from: `https://many.com/${Math.floor(n / 12)}`,
      anchor: `link ${Math.min(n % 12, 9)}`,
    }));
    return over(
      ahrefs((request) => (isRows(request) ? table(many, parametersOf(request)) : null)),
      async (source) => {
        for (const limit of [10, 25, 50, 100, 250]) {
          const read = await readAll(source, limit);
          assert.deepEqual(read.toSorted(), many.map((link) => `${link.url_from} ${link.anchor}`).toSorted(), `${limit} at a time`);
        }
      },
    );
  });

  it('begins at the top again where the filter does not find the last row', () => {
    // Ratings are sent rounded and compared exactly: no row is "equal" to the last one.
    const exact = tableOf(BIG, 'subdomains').map((link, n) => ({ ...link, url_rating_source: 100 - n / 8 }));
    const rounded = (request: WireRequest) => {
      if (!isRows(request)) return null;
      const reply = JSON.parse(table(exact, parametersOf(request)).body) as { backlinks: { url_rating_source: number }[] };
      return json({ backlinks: reply.backlinks.map((link) => ({ ...link, url_rating_source: Math.ceil(link.url_rating_source) })) });
    };
    return over(ahrefs(rounded), async (source) => {
      assert.equal(new Set(await readAll(source, 50)).size, 533);
    });
  });

  it('says so where the place is lost again beyond what one call gives', () => {
    const forgetful = (request: WireRequest) => {
      const first = !parametersOf(request).has('where');
      const limit = Number(parametersOf(request).get('limit'));
      const links = Array.from({ length: Math.min(limit, 1000) }, (_, n) => ({ ...rowOf(linkOf(BIG, n)), url_from: `https://a.com/${first}/${n}` }));
      return isRows(request) ? json({ backlinks: links }) : null;
    };
    return over(ahrefs(forgetful), async (source) => {
      const far = source.rows(target(BIG), { limit: 250, offset: 1000, internal: 'exclude' }, never());
      await assert.rejects(far, /lost the place in the rows of much-linked-site\.com twice/);
    });
  });

  it('takes a 404 that speaks of the target for "no data"', () =>
    over(
      ahrefs((request) => (isRows(request) ? json({ error: 'No data found for target' }, 404) : null)),
      async (source) => {
        const page = await source.rows(target(SMALL), { limit: 10, offset: 0, internal: 'exclude' }, never());
        assert.deepEqual(page.rows, []);
      },
    ));

  it('reads each kind of link in our words', () => {
    const kinds: readonly (readonly [Record<string, unknown>, Record<string, unknown>])[] = [
      [
        { link_type: 'text', anchor: 'a' },
        { tag: 'a', anchorText: 'a' },
      ],
      [
        { link_type: 'text', anchor: '' },
        { tag: 'a', anchorText: '' },
      ],
      [
        { link_type: 'text', anchor: null },
        { tag: 'a', anchorText: null },
      ],
      [
        { link_type: 'image', anchor: '', alt: 'Logo' },
        { tag: 'aimg', anchorText: 'Logo' },
      ],
      [
        { link_type: 'image', anchor: '', alt: null },
        { tag: 'aimg', anchorText: '[img]' },
      ],
      [{ link_type: 'frame' }, { tag: 'iframe' }],
      [{ link_type: 'form' }, { tag: 'form' }],
      [
        { link_type: 'redirect', redirect_code: 301 },
        { tag: 'redirect', anchorText: '[redirect 301]' },
      ],
      [
        { link_type: 'redirect', redirect_code: null },
        { tag: 'redirect', anchorText: '[redirect]' },
      ],
      [{ link_type: 'canonical' }, { tag: null }],
      [{ link_type: 'something new' }, { tag: null }],
      [
        { is_nofollow: false, is_ugc: false, is_sponsored: false },
        { nofollow: false, rel: [] },
      ],
      [
        { is_nofollow: false, is_ugc: true, is_sponsored: true },
        { nofollow: true, rel: ['ugc', 'sponsored'] },
      ],
      [
        { is_nofollow: null, is_ugc: false, is_sponsored: false },
        { nofollow: null, rel: [] },
      ],
      [
        { is_nofollow: null, is_ugc: null, is_sponsored: null },
        { nofollow: null, rel: null },
      ],
      [
        { links_external: null, links_internal: 4 },
        { externalLinks: null, internalLinks: 4, totalLinks: null },
      ],
      [{ url_rating_source: 30.7 }, { strength: { basis: 'vendor', name: 'UR', scale: 100, value: 30.7 } }],
      [{ url_rating_source: null }, { strength: null }],
      [
        { first_seen_link: '2024-05-01 09:10:00', last_visited: '' },
        { firstSeen: '2024-05-01', lastSeen: null },
      ],
    ];
    const rows = kinds.map(([fields]) => ({ ...rowOf(linkOf(SMALL, 1)), ...fields }));
    return over(
      ahrefs((request) => (isRows(request) ? json({ backlinks: rows }) : null)),
      async (source) => {
        const page = await source.rows(target(SMALL), { limit: 25, offset: 0, internal: 'exclude' }, never());
        for (const [index, [, expected]] of kinds.entries()) {
          const read: Readonly<Record<string, unknown>> = { ...page.rows[index] };
          assert.deepEqual(Object.fromEntries(Object.keys(expected).map((name) => [name, read[name]])), expected);
        }
      },
    );
  });

  it('gives UR for a page, DR for a domain, and neither for what lies between', () =>
    over(ahrefs(), async (source) => {
      const results = await source.summaries([`https://${BIG}/`, BIG, `blog.${BIG}`, `${BIG}/docs/*`].map(target), never());
      assert.deepEqual(
        results.map((result) => ('summary' in result ? result.summary.strength : result.error)),
        [{ basis: 'vendor', name: 'UR', scale: 100, value: 31 }, { basis: 'vendor', name: 'DR', scale: 100, value: 72.5 }, null, null],
      );
    }));

  it('leaves unknown what an entry does not say', () =>
    over(
      ahrefs((request) => (isBatch(request) ? json({ targets: [{ index: 0, backlinks: null, backlinks_dofollow: 3 }] }) : null)),
      async (source) => {
        const [result] = await source.summaries([target(BIG)], never());
        assert.ok(result !== undefined && 'summary' in result);
        const { backlinks, followed, internalBacklinks, referringDomains, strength } = result.summary;
        assert.deepEqual([backlinks, followed, internalBacklinks, referringDomains, strength], [null, null, null, null, null]);
      },
    ));

  it('fails only the target whose entry is wrong', () =>
    over(
      ahrefs((request) =>
        isBatch(request)
          ? json({
              targets: [
                { index: 2, backlinks: 3 },
                { index: 1, backlinks: 'x' },
                { index: 0, backlinks: 533 },
              ],
            })
          : null,
      ),
      async (source) => {
        const results = await source.summaries([BIG, 'odd-site.com', SMALL].map(target), never());
        assert.deepEqual(
          results.map((result) => ('summary' in result ? result.summary.backlinks : result.error.reason)),
          [533, 'bad-reply', 3],
        );
      },
    ));

  it('finds the target that spoils a batch, and answers the others', () =>
    over(
      ahrefs((request) => (request.body.includes('odd-site.com') ? json({ error: 'bad target' }, 400) : null)),
      async (source, wire) => {
        const sites = Array.from({ length: 100 }, (_, n) => (n === 37 ? 'odd-site.com' : `site-${n}.com`));
        const results = await source.summaries(sites.map(target), never());
        const odd = results.filter((result) => 'error' in result);
        assert.deepEqual(
          odd.map(({ target: { name }, ...result }) => [name, 'error' in result ? result.error.reason : '']),
          [['odd-site.com', 'refused-target']],
        );
        assert.ok(wire.requests.length <= 15, `${wire.requests.length} calls`);
      },
    ));

  describe('units', () => {
    const spentOn = async (headers: Readonly<Record<string, string>> | null) => {
      let amount = -1;
      const handler = ahrefs((request) =>
        isRows(request) && headers !== null ? json({ backlinks: Array.from({ length: 10 }, (_, n) => rowOf(linkOf(BIG, n))) }, 200, headers) : null,
      );
      await over(handler, async (source) => {
        await source.rows(target(BIG), { limit: 10, offset: 0, internal: 'exclude' }, never());
        amount = source.spent.amount;
      });
      return amount;
    };
    for (const [what, headers, expected] of [
      ['as the reply says', null, 160],
      ['what was really billed, not what it would have cost', { 'x-api-units-cost-total': '160', 'x-api-units-cost-total-actual': '0' }, 0],
      ['nothing for what came out of the cache', { 'x-api-units-cost-total': '160', 'x-api-cache': 'hit' }, 0],
      ['by the formula where the reply does not say', {}, 160],
      ['by the formula where the reply says nonsense', { 'x-api-units-cost-total-actual': 'free' }, 160],
    ] as const) {
      it(`counts ${what}`, async () => assert.equal(await spentOn(headers), expected));
    }

    it('counts at least fifty for a call', () =>
      over(ahrefs(), async (source) => {
        await source.summaries([target(SMALL)], never());
        assert.equal(source.spent.amount, 50);
        await source.summaries(
          Array.from({ length: 100 }, (_, n) => target(`site-${n}.com`)),
          never(),
        );
        assert.equal(source.spent.amount, 50 + 1200);
      }));

    it('counts the call, and no units, where the reply is a failure', () =>
      over(
        ahrefs(() => json({ error: 'x' }, 500)),
        async (source) => {
          await source.summaries([target(SMALL)], never()).catch(() => {});
          assert.deepEqual(source.spent, { calls: 1, rows: 0, amount: 0 });
        },
      ));

    it('says what is left: of workspace and key, the lesser', () =>
      over(ahrefs(), async (source) => {
        assert.deepEqual(await source.balance?.(never()), { left: 9500, limit: 100_000, renews: '2026-12-01' });
      }));

    it('says that there is no limit where the account has none', () => {
      const free = {
        limits_and_usage: { units_limit_workspace: null, units_usage_workspace: null, units_limit_api_key: null, units_usage_api_key: 5 },
      };
      return over(
        ahrefs(() => json(free)),
        async (source) => assert.deepEqual(await source.balance?.(never()), { left: null, limit: null, renews: null }),
      );
    });
  });
});
