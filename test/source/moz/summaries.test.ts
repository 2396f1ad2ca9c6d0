/** Moz's summaries: which API is asked and how, whose counts are whose, what is unknown, and what is left. */
import assert from 'node:assert/strict';
import { BacklinkLensError } from '../../../server/src/util/errors.ts';
import { never } from '../over.ts';
import { BIG, json, SMALL, target } from '../world.ts';
import { APIS, over } from './apis.ts';
import { LOGIN, metricsOf, TOKEN, v2, v3 } from './world.ts';

describe('Moz: summaries', () => {
  it('are chosen by whether there is an access id', async () => {
    for (const [, handler, key] of APIS) {
      await over(handler(), key, async (source, wire) => {
        await source.summaries([target(SMALL)], never());
        await source.rows(target(SMALL), { limit: 10, offset: 0, internal: 'exclude' }, never());
        const asked = wire.requests.map(({ origin, path }) => origin + path);
        const lsapi = 'https://lsapi.seomoz.com/v2';
        assert.deepEqual(
          asked,
          key === LOGIN ? [`${lsapi}/url_metrics`, `${lsapi}/links`] : Array.from({ length: 2 }, () => 'https://api.moz.com/jsonrpc'),
        );
      });
    }
  });

  for (const [name, handler, key] of APIS) {
    it(`${name}: write addresses without a scheme, and ask for each by its reach`, () =>
      over(handler(), key, async (source, wire) => {
        const targets = [
          'example-site.com',
          'blog.example-site.com',
          'https://example-site.com/a/',
          'https://example-site.com/a',
          'somebody.github.io',
        ];
        const results = await source.summaries(targets.map(target), never());
        assert.ok(results.every((result) => 'summary' in result));
        for (const text of targets) await source.rows(target(text), { limit: 10, offset: 0, internal: 'exclude' }, never());
        const scopes = wire.requests.slice(1).map(({ body }) => /"(?:target_scope|scope)":"(\w+)"/.exec(body)?.[1]);
        const [domain, host, page] = key === LOGIN ? ['root_domain', 'subdomain', 'page'] : ['domain', 'subdomain', 'url'];
        assert.deepEqual(scopes, [domain, host, page, page, host]);
        for (const { body } of wire.requests) assert.ok(!body.includes('://'), body);
      }));

    it(`${name}: give each target its own counts, whatever the order of the reply`, () =>
      over(handler(), key, async (source) => {
        const results = await source.summaries([BIG, `https://${BIG}/`, `blog.${BIG}`, SMALL].map(target), never());
        const summaries = results.map((result) => ('summary' in result ? result.summary : null));
        assert.deepEqual(
          summaries.map((summary) => [summary?.backlinks, summary?.unit, summary?.internalBacklinks, summary?.referringDomains]),
          [
            [533, 'pages', 5, 40],
            [40, 'pages', 5, 40],
            [7, 'pages', 5, 7],
            [3, 'pages', 5, 3],
          ],
        );
        assert.deepEqual(
          summaries.map((summary) => summary?.strength),
          [
            { basis: 'vendor', name: 'DA', scale: 100, value: 37 },
            { basis: 'vendor', name: 'PA', scale: 100, value: 41 },
            null,
            { basis: 'vendor', name: 'DA', scale: 100, value: 37 },
          ],
        );
        assert.deepEqual(summaries[0]?.followed, { links: 267, of: 533 });
      }));

    it(`${name}: one bad target leaves the others answered`, () =>
      over(handler(), key, async (source, wire) => {
        const names = ['a-site.com', 'b-site.com', 'refused-site.com', 'c-site.com', SMALL];
        const results = await source.summaries(names.map(target), never());
        assert.deepEqual(
          results.map((result) => ('summary' in result ? result.summary.backlinks : result.error.reason)),
          [0, 0, 'refused-target', 0, 3],
        );
        assert.ok(wire.requests.length <= 7, `${wire.requests.length} calls`);
      }));

    it(`${name}: counts of another root domain are not taken for those of the target`, () => {
      const metrics = { ...metricsOf(SMALL, 9), root_domain: 'site.com', external_pages_to_root_domain: 1_000_000 };
      const query = { query: SMALL, scope: 'domain', original_site_query: { query: SMALL, scope: 'domain' } };
      const reply =
        key === LOGIN ? { results: [metrics] } : { result: { results_by_site: [{ site_query: query, site_metrics: metrics }], errors_by_site: [] } };
      return over(
        handler(() => json(reply)),
        key,
        async (source) => {
          const [result] = await source.summaries([target(SMALL)], never());
          assert.ok(result !== undefined && 'summary' in result);
          assert.deepEqual([result.summary.backlinks, result.summary.strength], [9, null]);
        },
      );
    });
  }

  it('takes no record of one site for nothing known of that site', () => {
    const entry = (query: string) => ({ query: `https://${query}`, scope: 'domain', original_site_query: { query, scope: 'domain' } });
    const result = {
      results_by_site: [{ site_query: entry(SMALL), site_metrics: metricsOf(SMALL, 3) }],
      errors_by_site: [{ site_query: entry('a-site.com'), error: { name: 'NotFound', httpStatus: 404, jsonrpcCode: -32655 } }],
    };
    return over(
      v3(() => json({ result })),
      TOKEN,
      async (source) => {
        const results = await source.summaries(['a-site.com', SMALL].map(target), never());
        assert.deepEqual(
          results.map((one) => ('summary' in one ? one.summary.backlinks : 'failed')),
          [null, 3],
        );
        assert.equal(source.spent.amount, 1);
      },
    );
  });

  it('tells the rows that are left, by token only, and for nothing', async () => {
    await over(v3(), TOKEN, async (source) => {
      assert.deepEqual(await source.balance?.(never()), { left: 74_996, limit: 75_000, renews: '2026-12-01' });
      assert.deepEqual(source.spent, { calls: 1, rows: 0, amount: 0 });
    });
    await over(v2(), LOGIN, async (source) => assert.ok(!('balance' in source)));
    await over(
      v3(() => json({ result: { quota: {} } })),
      TOKEN,
      async (source) => {
        assert.deepEqual(await source.balance?.(never()), { left: null, limit: null, renews: null });
      },
    );
    await over(
      v3(() => json({ result: {} })),
      TOKEN,
      async (source) => {
        await assert.rejects(
          async () => await source.balance?.(never()),
          (error) => BacklinkLensError.is(error, 'source.bad-reply'),
        );
      },
    );
  });

  it('counts nothing that contradicts itself, and no missing number as zero', () =>
    over(
      v2(() =>
        json({
          results: [{ ...metricsOf(SMALL, 3), external_nofollow_pages_to_root_domain: 9, pages_to_root_domain: 1, domain_authority: undefined }, {}],
        }),
      ),
      LOGIN,
      async (source) => {
        const results = await source.summaries([target(SMALL), target(BIG)], never());
        const [odd, bare] = results.map((result) => ('summary' in result ? result.summary : null));
        assert.deepEqual([odd?.backlinks, odd?.followed, odd?.internalBacklinks, odd?.strength], [3, null, null, null]);
        assert.deepEqual([bare?.backlinks, bare?.referringDomains, bare?.followed], [null, null, null]);
      },
    ));
});
