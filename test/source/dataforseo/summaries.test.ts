/** DataForSEO's summaries: one bulk call a hundred targets, what is billed, and a batch that one bad target spoils. */
import assert from 'node:assert/strict';
import { blankSummary } from '../../../server/src/sources/blank.ts';
import type { SummaryResult } from '../../../server/src/sources/source.ts';
import { BacklinkLensError } from '../../../server/src/util/errors.ts';
import type { Target } from '../../../shared/backlinks.ts';
import { BIG, json, SMALL, target } from '../world.ts';
import { over } from './support.ts';
import { dataForSeo, done, envelope, refused, summaryItem } from './world.ts';

const never = () => new AbortController().signal;
const fillers = (count: number): Target[] => Array.from({ length: count }, (_, n) => target(`filler-${n}.com`));
const outcomes = (results: readonly SummaryResult[]) =>
  results.map((result) => ('summary' in result ? result.summary.backlinks : result.error.reason));
const bulk =
  (...items: readonly Record<string, unknown>[]) =>
  () =>
    json(envelope([done({ items_count: items.length, items }, 0.02)]));

describe('DataForSEO summaries', () => {
  it('come from one bulk call, on the native scale, with all below a site', async () => {
    await over(dataForSeo(), async ({ source, requests, tasks }) => {
      const asked = [BIG, `blog.${BIG}`, `https://${BIG}/`].map(target);
      const results = await source.summaries(asked, never());
      assert.deepEqual(
        requests.map(({ path }) => path),
        ['/v3/backlinks/bulk_pages_summary/live'],
      );
      assert.deepEqual(tasks(), [{ targets: [BIG, `blog.${BIG}`, `https://${BIG}/`], include_subdomains: true, rank_scale: 'one_thousand' }]);
      const [domain, , page] = results.map((result) => ('summary' in result ? result.summary : null));
      assert.deepEqual(domain, {
        ...blankSummary(target(BIG)),
        backlinks: 533,
        referringPages: 533,
        referringHosts: 42,
        referringDomains: 40,
        strength: { basis: 'vendor', name: 'DataForSEO rank', scale: 1000, value: 588 },
      });
      assert.equal(page?.strength?.value, 312, 'a page has its own rank, not that of its domain');
    });
  });

  it("do not give a host of somebody else's domain that domain's rank", async () => {
    const item = { ...summaryItem('somebody.github.io'), rank: 12, main_domain_rank: 950 };
    await over(dataForSeo(bulk(item)), async ({ source }) => {
      const [result] = await source.summaries([target('somebody.github.io')], never());
      assert.ok(result !== undefined && 'summary' in result);
      assert.equal(result.summary.strength?.value, 12);
    });
  });

  it('are found whatever the order, and where the reply repeats a target in another way', async () => {
    const items = [
      { ...summaryItem(SMALL), url: `https://${SMALL}/` },
      { ...summaryItem(BIG), url: BIG.toUpperCase() },
    ];
    await over(dataForSeo(bulk(...items)), async ({ source }) => {
      assert.deepEqual(outcomes(await source.summaries([target(BIG), target(`http://${SMALL}/`)], never())), [533, 3]);
    });
  });

  it('know nothing, not even 0, of a target that the reply leaves out', async () => {
    for (const reply of [bulk(summaryItem(BIG)), () => json(envelope([done(null, 0.02)]))]) {
      await over(dataForSeo(reply), async ({ source }) => {
        const [result] = await source.summaries([target('nowhere-site.com')], never());
        assert.deepEqual(result, { target: target('nowhere-site.com'), summary: blankSummary(target('nowhere-site.com')) });
      });
    }
  });

  it('fail for the one target whose part is wrong', async () => {
    await over(dataForSeo(bulk(summaryItem(BIG), { ...summaryItem(SMALL), backlinks: 'many' })), async ({ source }) => {
      assert.deepEqual(outcomes(await source.summaries([target(BIG), target(SMALL)], never())), [533, 'bad-reply']);
    });
  });

  it('of the others are answered where one target spoils the batch, and no more calls are made than halving takes', async () => {
    await over(dataForSeo(), async ({ source, requests }) => {
      const asked = [target(BIG), ...fillers(60), target('refused-site.com'), ...fillers(99).slice(60, 97), target(SMALL)];
      const results = outcomes(await source.summaries(asked, never()));
      assert.equal(asked.length, 100);
      assert.deepEqual(
        results.map((outcome, index) => [index, outcome]).filter(([, outcome]) => outcome !== 0),
        [
          [0, 533],
          [61, 'refused-target'],
          [99, 3],
        ],
      );
      assert.ok(requests.length <= 15, `${requests.length} calls`);
    });
  });

  it('are given up where every part is refused', async () => {
    await over(
      dataForSeo(() => json(envelope([refused(40501, "Invalid Field: 'rank_scale'.")]))),
      async ({ source, requests }) => {
        assert.deepEqual(new Set(outcomes(await source.summaries(fillers(100), never()))), new Set(['refused-target']));
        assert.ok(requests.length <= 34, `${requests.length} calls`);
      },
    );
  });

  it('that were answered stay so where a later half is throttled', async () => {
    let calls = 0;
    const throttled = () => (++calls > 2 ? json(envelope([refused(40202, 'The rate-limit per minute has been exceeded.')])) : null);
    await over(dataForSeo(throttled), async ({ source }) => {
      const results = await source.summaries([BIG, SMALL, 'refused-site.com', 'other-site.com'].map(target), never());
      assert.deepEqual(outcomes(results), [533, 3, 'throttled', 'throttled']);
    });
  });

  it('reject as a whole where nothing could be answered, and say how long to wait', async () => {
    for (const [code, wait] of [
      [40202, 60_000],
      [40205, 3_600_000],
      [40206, 86_400_000],
      [40209, 5_000],
    ] as const) {
      await over(
        dataForSeo(() => json(envelope([refused(code, 'Too much.')]))),
        async ({ source }) => {
          const failure = await source.summaries([target(BIG)], never()).catch((error: unknown) => error);
          assert.ok(BacklinkLensError.is(failure, 'source.throttled'));
          assert.equal(failure.retryAfter, wait);
        },
      );
    }
  });
});

describe('DataForSEO bills', () => {
  it('611 targets as 7 calls and about $0.19, as the price said before', async () => {
    await over(dataForSeo(), async ({ source }) => {
      const targets = fillers(611);
      for (let start = 0; start < targets.length; start += source.capabilities.summaryBatch) {
        await source.summaries(targets.slice(start, start + source.capabilities.summaryBatch), never());
      }
      const { cost } = source.capabilities;
      assert.ok(cost !== null);
      assert.equal(source.spent.calls, 7);
      assert.equal(source.spent.amount.toFixed(5), '0.19000');
      assert.equal((7 * cost.perCall + 611 * cost.perTarget).toFixed(5), '0.19000');
    });
  });

  it('533 rows in pages of 250 as 3 calls and about $0.09', async () => {
    await over(dataForSeo(), async ({ source }) => {
      for (const offset of [0, 250, 500]) await source.rows(target(BIG), { limit: 250, offset, internal: 'exclude' }, never());
      assert.deepEqual([source.spent.calls, source.spent.rows, source.spent.amount.toFixed(5)], [3, 533, '0.09119']);
    });
  });

  it('what the reply says, else by the formula, and a failure with nothing', async () => {
    const item = summaryItem(BIG);
    for (const [what, cost, amount] of [
      ['the task', { task: 0.5, whole: 0.7 }, 0.5],
      ['the envelope', { task: null, whole: 0.7 }, 0.7],
      ['neither', { task: null, whole: null }, 0.024036],
      ['nonsense', { task: 'much', whole: -3 }, 0.024036],
    ] as const) {
      const task = { ...done({ items_count: 1, items: [item] }, 0), cost: cost.task };
      await over(
        dataForSeo(() => json({ ...envelope([task]), cost: cost.whole })),
        async ({ source }) => {
          await source.summaries([target(BIG)], never());
          assert.equal(source.spent.amount.toFixed(6), amount.toFixed(6), what);
        },
      );
    }
    await over(
      dataForSeo(() => json(envelope([refused(50000, 'Internal Error.')]))),
      async ({ source }) => {
        await source.summaries([target(BIG)], never()).catch(() => {});
        assert.deepEqual(source.spent, { calls: 1, rows: 0, amount: 0 });
      },
    );
  });

  it('nothing for telling what is left', async () => {
    await over(dataForSeo(), async ({ source, requests }) => {
      assert.deepEqual(await source.balance?.(never()), { left: 41.25, limit: null, renews: null });
      assert.deepEqual(
        requests.map(({ method, path, body }) => [method, path, body]),
        [['GET', '/v3/appendix/user_data', '']],
      );
      assert.equal(source.spent.amount, 0);
    });
  });
});

describe('DataForSEO at another address', () => {
  it('is asked there, below its path', async () => {
    await over(
      dataForSeo(({ path }) => (path.startsWith('/seo/v3/') ? bulk(summaryItem(BIG))() : json({}, 404))),
      async ({ source, requests }) => {
        await source.summaries([target(BIG)], never());
        assert.deepEqual(
          requests.map(({ origin, path }) => origin + path),
          ['https://gateway.company.com/seo/v3/backlinks/bulk_pages_summary/live'],
        );
      },
      'https://gateway.company.com/seo/',
    );
  });

  it('has another account, which is not the key', async () => {
    const accounts = new Set<string | null>();
    for (const base of [undefined, 'https://gateway.company.com']) {
      await over(dataForSeo(), async ({ source }) => void accounts.add(source.account), base);
    }
    assert.equal(accounts.size, 2);
    for (const account of accounts) assert.match(account ?? '', /^dataforseo:[0-9a-f]{16}$/);
  });

  it('is refused where that is no address, or one over which the key could be read', async () => {
    for (const base of ['ftp://gateway.company.com', 'http://gateway.company.com', 'https://a:b@gateway.company.com']) {
      const opened = over(dataForSeo(), async () => {}, base);
      await assert.rejects(opened, (error) => BacklinkLensError.is(error, 'usage.invalid'));
    }
  });
});
