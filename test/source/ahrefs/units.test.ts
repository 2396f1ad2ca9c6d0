/** Units of Ahrefs: counted as they are billed, and what is left of them. */
import assert from 'node:assert/strict';
import { createAhrefsSource } from '../../../server/src/sources/ahrefs/source.ts';
import { never, overMock } from '../over.ts';
import { BIG, json, linkOf, SMALL, target } from '../world.ts';
import { ahrefs, isRows, KEY, rowOf } from './world.ts';

describe('Ahrefs: units', () => {
  const over = overMock(createAhrefsSource, KEY);

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
