/** Moz against the one suite, by access id and by token, and what only it does: partial failures, forms of address, tokens, the penalty. */
import assert from 'node:assert/strict';
import { createMozSource } from '../../../server/src/sources/moz/source.ts';
import { BacklinkLensError } from '../../../server/src/util/errors.ts';
import { never, overMock, type Test } from '../over.ts';
import { describeVendor } from '../vendor.ts';
import { BIG, type Handler, json, linkOf, SMALL, target, type WireRequest } from '../world.ts';
import { V2_FAILURES, V3_FAILURES } from './failures.ts';
import { LOGIN, metricsOf, TOKEN, V2_ENDS, V3_ENDS, v2, v3, wireLink } from './world.ts';

const basic = Buffer.from(`${LOGIN.id}:${LOGIN.secret}`).toString('base64');

describeVendor({
  id: 'moz',
  variant: 'API v2',
  key: LOGIN,
  secrets: [LOGIN.id, LOGIN.secret, basic],
  handler: v2,
  create: createMozSource,
  failures: V2_FAILURES,
  totals: 'none',
  rowsOrder: 'strength',
  internal: ['exclude'],
});
describeVendor({
  id: 'moz',
  variant: 'Moz API',
  key: TOKEN,
  secrets: [TOKEN.secret],
  handler: v3,
  create: createMozSource,
  failures: V3_FAILURES,
  totals: 'none',
  rowsOrder: 'strength',
  internal: ['exclude'],
});

const over = (handler: Handler, key: typeof LOGIN, test: Test) => overMock(createMozSource, key)(handler, test);

const APIS = [
  ['API v2', v2, LOGIN],
  ['the Moz API', v3, TOKEN],
] as const;

describe('Moz: two APIs', () => {
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

    it(`${name}: fills a page of 250 with five calls of 50, and goes on where they ended`, () =>
      over(handler(), key, async (source, wire) => {
        for (const offset of [0, 250, 500]) await source.rows(target(BIG), { limit: 250, offset, internal: 'exclude' }, never());
        assert.deepEqual([wire.requests.length, source.spent], [11, { calls: 11, rows: 533, amount: 533 }]);
      }));

    it(`${name}: a token that is forgotten costs a walk, not the rows`, async () => {
      let forgetful = false;
      const handlerOf: Handler = handler((request) => {
        const refused = forgetful && request.body.includes('token-250');
        forgetful = forgetful && !refused;
        return refused ? json({ error_message: 'Invalid token', error: { code: 1, status: 400, message: 'Invalid token', data: {} } }, 400) : null;
      });
      await over(handlerOf, key, async (source) => {
        const page = (offset: number) => source.rows(target(BIG), { limit: 250, offset, internal: 'exclude' }, never());
        await page(0);
        forgetful = true;
        const { rows } = await page(250);
        assert.equal(rows.length, 250);
        assert.equal(rows[0]?.sourceUrl, 'https://blog.linker-10.com/post/250');
      });
    });

    it(`${name}: stops before refusals bring the penalty, and goes on after five minutes`, () =>
      over(
        handler(() => json({ error_message: 'Nobody', error: { code: -32651, status: 401, message: 'Nobody', data: {} } }, 401)),
        key,
        async (source, wire, tick) => {
          const ask = () => source.rows(target(SMALL), { limit: 10, offset: 0, internal: 'exclude' }, never());
          for (let n = 0; n < 45; n++) await assert.rejects(ask, (error) => BacklinkLensError.is(error, 'source.auth'));
          await assert.rejects(ask, (error) => BacklinkLensError.is(error, 'source.throttled') && error.retryAfter === 300_000);
          assert.equal(wire.requests.length, 45);
          tick(300_001);
          await assert.rejects(ask, (error) => BacklinkLensError.is(error, 'source.auth'));
        },
      ));
  }

  for (const [name, handler, key] of APIS) {
    it(`${name}: a domain that Moz takes for a part of another one is asked for as a host`, () => {
      // As if the suffix `site.com` were no public one: `a-site.com` is a host of it, and a question for the domain is answered for all of it.
      const links = (request: WireRequest) => {
        const whole = /"(?:target_scope|scope)":"(?:root_domain|domain)"/.test(request.body);
        const given = [1, 2].map((n) =>
          wireLink(
            { ...linkOf('a-site.com', n), to: whole ? 'https://b-site.com/' : 'https://www.a-site.com/' },
            n,
            key === LOGIN ? V2_ENDS : V3_ENDS,
          ),
        );
        return key === LOGIN ? json({ results: given, next_token: '' }) : json({ result: { links: given, offset: { token: null } } });
      };
      return over(
        handler((request) => (/links|link\.list/.test(request.path + request.body) ? links(request) : null)),
        key,
        async (source, wire) => {
          const { rows } = await source.rows(target('a-site.com'), { limit: 10, offset: 0, internal: 'exclude' }, never());
          assert.deepEqual(
            rows.map(({ targetUrl }) => targetUrl),
            ['https://www.a-site.com/', 'https://www.a-site.com/'],
          );
          await source.rows(target('a-site.com'), { limit: 10, offset: 0, internal: 'exclude' }, never());
          assert.equal(wire.requests.length, 3);
        },
      );
    });

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

  it('takes no record for nothing known, not for none', () => {
    const missing = { code: -32655, status: 404, message: 'No record for that query.', data: { key: 'site_query' } };
    const nothing = v3(({ body }) => (body.includes('link.list') || body.includes('a-site.com') ? json({ error: missing }, 404) : null));
    return over(nothing, TOKEN, async (source) => {
      const { rows } = await source.rows(target(SMALL), { limit: 10, offset: 0, internal: 'exclude' }, never());
      assert.deepEqual(rows, []);
      const results = await source.summaries([target('a-site.com')], never());
      assert.deepEqual(
        results.map((result) => ('summary' in result ? result.summary.backlinks : 'failed')),
        [null],
      );
    });
  });

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
