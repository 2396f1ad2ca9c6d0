import assert from 'node:assert/strict';
import { target } from '../facts/support.ts';
import { type Asked, isToken, never, PAGE, reasonOf, reply, setup, token } from './contractDouble.ts';

describe('searchmetrics: summaries', () => {
  const counted = (one: Asked) => (isToken(one) ? token('t') : one.path.startsWith('/v3/links/') ? null : reply({ count: 7, response: [] }));

  for (const status of [400, 404, 405, 501]) {
    it(`finds out once that there is no batch call (${status}), then asks one by one`, async () => {
      const { source, asked } = setup((one) => counted(one) ?? reply({ error: 4001004, error_message: 'Unknown Service' }, status));
      assert.equal(source.capabilities.summaryBatch, 10);
      await source.summaries([target('a.com'), target('b.com')], never());
      await source.summaries([target('c.com')], never());
      assert.deepEqual([source.capabilities.summaryBatch, source.capabilities.concurrency], [1, 4]);
      assert.equal(asked.filter((one) => one.path.startsWith('/v3/links/')).length, 1);
      assert.equal(asked.filter((one) => one.path.includes('limit=10&offset=0')).length, 3);
    });
  }

  it('does not take trouble for the lack of the call', async () => {
    const { source } = setup((one) => counted(one) ?? reply({}, 503));
    await assert.rejects(source.summaries([target('a.com')], never()), (error) => reasonOf(error) === 'unavailable');
    assert.equal(source.capabilities.summaryBatch, 10);
  });

  it('stops asking one by one when all would fail alike, and says so of each', async () => {
    let calls = 0;
    const { source } = setup((one) => {
      if (isToken(one)) return token('t');
      if (one.path.startsWith('/v3/links/')) return reply({}, 404);
      return ++calls > 6 ? reply({}, 429, { 'retry-after': '9' }) : reply({ count: 1, response: [] });
    });
    const results = await source.summaries(
      Array.from({ length: 10 }, (_, index) => target(`site-${index}.com`)),
      never(),
    );
    assert.deepEqual(
      results.map((result) => ('summary' in result ? result.summary.backlinks : result.error.retryAfter)),
      [1, 1, 1, 1, 1, 1, 9000, 9000, 9000, 9000],
    );
    assert.equal(calls, 8);
  });

  it('reads every field of the batch call, in any order, and nulls for what is left out', async () => {
    const full = {
      target: 'a.com',
      backlinks: 132,
      unit: 'pages',
      internalBacklinks: 206,
      referringPages: 100,
      referringHosts: 50,
      referringDomains: 41,
      followed: { links: 87, of: 100 },
      forms: [{ url: 'https://a.com/', backlinks: 130 }],
      strength: { basis: 'index', value: 6.2, population: 1000 },
      topAnchors: [{ text: '', count: 3 }],
      redirectsTo: { url: 'https://b.com/', status: 301, on: '2026-11-02' },
      strongest: [],
      newBacklinks: 6,
      lostBacklinks: 0,
      changesSince: '2026-10-01',
      viaRedirect: [{ url: 'https://old.a.com/', backlinks: 7 }],
      statedBy: 'Google Search Console',
      asOf: '2026-11-02',
    };
    const { source } = setup((one) => (isToken(one) ? token('t') : reply({ response: [{ target: 'b.com' }, full] })));
    const [a, b] = await source.summaries([target('a.com'), target('b.com')], never());
    const { target: _, ...rest } = full;
    assert.deepEqual(a, { target: target('a.com'), summary: { ...rest, target: target('a.com') } });
    assert.ok(b !== undefined && 'summary' in b);
    const { target: __, unit, ...values } = b.summary;
    assert.deepEqual([unit, new Set(Object.values(values))], ['links', new Set([null])]);
  });

  it('reads strengths of every basis', async () => {
    const strengths = [
      { basis: 'index', value: 6.2, population: 1000 },
      { basis: 'rank', value: 8.1, position: 12, population: 118_800_000 },
      { basis: 'vendor', value: 31, name: 'UR', scale: 100 },
      { basis: 'estimated', value: 0 },
    ];
    const names = strengths.map((_, at) => `${at}.com`);
    const response = strengths.map((strength, at) => ({ target: names[at], strength }));
    const { source } = setup((one) => (isToken(one) ? token('t') : reply({ response })));
    const results = await source.summaries(names.map(target), never());
    assert.deepEqual(
      results.map((result) => ('summary' in result ? result.summary.strength : result.error)),
      strengths,
    );
  });

  for (const [what, entry] of [
    ['a number that is none', { backlinks: 'many' }],
    ['half a share', { followed: { links: 1 } }],
    ['a strength without a basis', { strength: { value: 5 } }],
    ['a rank without a position', { strength: { basis: 'rank', value: 5, population: 9 } }],
    ["a vendor's score without a name", { strength: { basis: 'vendor', value: 5, scale: 100 } }],
    ["a vendor's score off its scale", { strength: { basis: 'vendor', name: 'UR', value: 101, scale: 100 } }],
    ["a vendor's score without a scale", { strength: { basis: 'vendor', name: 'UR', value: 1 } }],
    ['a strength of a basis nobody knows', { strength: { basis: 'guess', value: 1, population: 9 } }],
    ['new ones that are no number', { newBacklinks: 'some' }],
    ['lost ones below zero', { lostBacklinks: -1 }],
    ['a strength off its scale', { strength: { basis: 'index', value: 58, population: 9 } }],
    ['a redirect to nowhere', { redirectsTo: { status: 301 } }],
    ['an anchor without a count', { topAnchors: [{ text: 'a' }] }],
    ['a form without an address', { forms: [{ backlinks: 3 }] }],
    ['a row that is none', { strongest: [{ row: {}, more: 1 }] }],
  ] as const) {
    it(`${what} fails its own target only`, async () => {
      const { source } = setup((one) =>
        isToken(one)
          ? token('t')
          : reply({
              response: [
                { target: 'a.com', ...entry },
                { target: 'b.com', backlinks: 1 },
              ],
            }),
      );
      const results = await source.summaries([target('a.com'), target('b.com')], never());
      assert.deepEqual(
        results.map((result) => ('summary' in result ? result.summary.backlinks : result.error.reason)),
        ['bad-reply', 1],
      );
    });
  }

  it('carries the generation of the data, where the endpoint sends it', async () => {
    const { source } = setup((one) => (isToken(one) ? token('t') : reply({ count: 0, response: [] }, 200, { 'backlink-lens-generation': 'g7' })));
    assert.equal((await source.rows(target('a.com'), PAGE, never())).generation, 'g7');
    assert.equal((await source.info(never())).generation, 'g7');
  });
});
