/** The day's budget: a call that does not fit is not sent, others are; what is shown of it; midnight; several windows. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createFactStore } from '../../../server/src/facts/factStore.ts';
import { createMemoryLedger } from '../../../server/src/facts/ledger.ts';
import { createMeter } from '../../../server/src/facts/meter.ts';
import type { SourceCost } from '../../../server/src/sources/source.ts';
import { BacklinkLensError } from '../../../server/src/util/errors.ts';
import { silentLog } from '../../../server/src/util/log.ts';
import type { Target } from '../../../shared/backlinks.ts';
import { cacheFolder, openCache } from './disk/support.ts';
import { type FakeClock, type FakeSource, fakeClock, fakeSource, OPEN_POLICY, target, targets } from './support.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
/** Two units a call and one a target; five a page and a tenth a row. */
const COST: SourceCost = { unit: 'units', perCall: 2, perTarget: 1, perPage: 5, perRow: 0.1 };
const PAGE = { limit: 10, offset: 0, internal: 'exclude' } as const;
const never = () => new AbortController().signal;

interface Setup {
  readonly facts: ReturnType<typeof createFactStore>;
  readonly source: FakeSource;
  readonly clock: FakeClock;
  want(asked: readonly Target[], byPerson?: boolean): Promise<void>;
  states(of: readonly Target[]): string[];
  limit(perDay: number | null): void;
}

async function setup(
  budgetPerDay: number | null,
  options: { cost?: SourceCost | null; cache?: ReturnType<typeof openCache>; clock?: FakeClock; automatic?: boolean; concurrency?: number } = {},
): Promise<Setup> {
  const { cost = COST, cache = null, clock = fakeClock(new Date(2026, 10, 23, 19, 30).getTime()), automatic = true, concurrency = 1 } = options;
  const facts = createFactStore({ clock, log: silentLog, cache, random: () => 0 });
  const source = Object.assign(fakeSource({ remote: true, summaryBatch: 10, cost, concurrency }), { account: 'fake:1' });
  const policy = { ...OPEN_POLICY, automatic };
  facts.setPolicy({ ...policy, budgetPerDay });
  facts.setSource(source);
  await clock.advance(1);
  return {
    facts,
    source,
    clock,
    async want(asked, byPerson = false) {
      const done = facts.want(asked, { priority: 'document', asked: byPerson, signal: never() });
      await clock.advance(50);
      await done;
    },
    states: (of) =>
      of.map((one) => {
        const known = facts.get(one);
        return known.state === 'skipped' ? known.reason : known.state;
      }),
    limit: (perDay) => facts.setPolicy({ ...policy, budgetPerDay: perDay }),
  };
}

describe('budget of a day', () => {
  it('holds back nothing without a limit', async () => {
    const at = await setup(null);
    await at.want(targets(100));
    assert.equal(at.source.calls.length, 10);
    assert.equal(at.facts.usage()?.budget, null);
  });

  for (const concurrency of [1, 4])
    it(`sends what fits, the last call cut to what is left, and says why the rest is not known (${concurrency} at once)`, async () => {
      // 12 + 12 are two full calls; 5 are left for three targets more.
      const at = await setup(29, { concurrency });
      await at.want(targets(40));
      assert.deepEqual(
        at.source.calls.map((call) => call.length),
        [10, 10, 3],
      );
      assert.deepEqual(at.states(targets(40)), [...Array(23).fill('fresh'), ...Array(17).fill('budget')]);
      const health = at.facts.health();
      assert.ok(health.state === 'problem');
      assert.deepEqual([health.code, health.reason, health.retryAt], ['budget.spent', 'budget', null]);
      assert.match(health.message, /29 of 29 units are spent.*about 12 units.*midnight \(in 5 h\).*backlinkLens\.budget\.perDay/);
      const usage = at.facts.usage();
      assert.deepEqual(
        [usage?.today, usage?.session, usage?.budget],
        [
          { calls: 3, rows: 0, amount: 29 },
          { calls: 3, rows: 0, amount: 29 },
          { perDay: 29, left: 0 },
        ],
      );
    });

  it('refuses rows that do not fit, with a sentence that says when and how', async () => {
    const at = await setup(8);
    await at.facts.rows(target('site.com'), PAGE, never());
    await assert.rejects(at.facts.rows(target('else.com'), PAGE, never()), (error) => {
      assert.ok(BacklinkLensError.is(error, 'budget.spent'));
      assert.match(error.message, /^Today's budget for Fake has no room for this: 6 of 8 units are spent, and it would cost about 6 units\./);
      return true;
    });
    assert.equal(at.source.rowCalls.length, 1);
    assert.equal(at.facts.health().state, 'ok', 'a small look-up may still fit');
    assert.deepEqual(at.states([target('else.com')]), ['unknown']);
  });

  it('shows what is known of a target that may not be asked for again', async () => {
    const at = await setup(3);
    await at.want(targets(1));
    await at.clock.advance(31 * DAY);
    at.limit(0);
    await at.want(targets(2), true);
    assert.deepEqual(at.states(targets(2)), ['stale', 'budget']);
    assert.equal(at.source.calls.length, 1);
  });

  for (const automatic of [true, false]) {
    it(`begins anew at midnight, and asks for what was held back ${automatic ? 'by itself' : 'only when a person does so'}`, async () => {
      const at = await setup(12, { automatic });
      await at.want(targets(20), true);
      assert.deepEqual(at.states(targets(20)).slice(9, 11), ['fresh', 'budget']);
      await at.clock.advance(4.4 * HOUR);
      assert.equal(at.source.calls.length, 1);
      await at.clock.advance(0.2 * HOUR);
      assert.equal(at.source.calls.length, automatic ? 2 : 1);
      assert.equal(at.facts.health().state, 'ok');
      await at.want(targets(20), true);
      assert.deepEqual(at.states(targets(20)), Array(20).fill('fresh'));
      assert.deepEqual([at.facts.usage()?.today.amount, at.facts.usage()?.session.amount], [12, 24]);
    });
  }

  it('goes on when the limit is raised', async () => {
    const at = await setup(12);
    await at.want(targets(20));
    assert.equal(at.source.calls.length, 1);
    at.limit(24);
    await at.clock.advance(50);
    assert.deepEqual(at.states(targets(20)), Array(20).fill('fresh'));
    assert.equal(at.facts.health().state, 'ok');
  });

  it('counts the calls of a source that bills nothing', async () => {
    const at = await setup(2, { cost: null });
    await at.want(targets(30));
    assert.equal(at.source.calls.length, 2);
    assert.deepEqual([at.facts.usage()?.unit, at.facts.usage()?.free, at.facts.usage()?.today.amount], ['calls', true, 2]);
  });

  it('counts what failed calls cost, and gives back what was not spent', async () => {
    const at = await setup(100);
    const { answer } = at.source;
    at.source.answer = () => Promise.reject(new Error('broken'));
    await at.want(targets(5));
    assert.equal(at.facts.usage()?.today.amount, 7);
    at.source.answer = (asked, signal) => {
      at.source.spent = { ...at.source.spent, amount: 8 };
      return answer(asked, signal);
    };
    await at.want(targets(5), true);
    assert.deepEqual(at.facts.usage()?.budget, { perDay: 100, left: 92 });
  });

  it('knows no limit for a local source', async () => {
    const at = await setup(0);
    const local = fakeSource({ remote: false, cost: COST });
    at.facts.setSource(local);
    await at.clock.advance(1);
    await at.want(targets(3));
    assert.deepEqual(at.states(targets(3)), Array(3).fill('fresh'));
  });

  it('is one budget for all windows and across restarts', async () => {
    const folder = cacheFolder();
    const clock = fakeClock(new Date(2026, 10, 23, 12).getTime());
    const one = await setup(24, { cache: openCache(folder.file, clock), clock });
    const two = await setup(24, { cache: openCache(folder.file, clock), clock });
    await one.want(targets(10));
    await two.want(targets(10, 10));
    await one.want(targets(10, 20));
    await two.want(targets(10, 30));
    assert.deepEqual([one.source.calls.length, two.source.calls.length], [1, 1]);
    assert.equal(one.facts.usage()?.today.amount, 24, 'the refused call told what the other window spent');
    const idle = await setup(24, { cache: openCache(folder.file, clock), clock });
    await idle.facts.recount();
    assert.deepEqual(idle.facts.usage()?.budget, { perDay: 24, left: 0 });
    await one.facts.close();
    const three = await setup(24, { cache: openCache(folder.file, clock), clock });
    await three.want(targets(10, 40));
    assert.deepEqual([three.source.calls.length, three.facts.usage()?.today.amount, three.facts.usage()?.session.amount], [0, 24, 0]);
    folder.remove();
  });

  it('is never exceeded by what is foreseen, however many calls run at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 40 }), fc.integer({ min: 0, max: 200 }), async (prices, limit) => {
        const clock = fakeClock();
        const source = fakeSource({ remote: true, cost: COST });
        const meter = createMeter({ source, ledger: createMemoryLedger(), clock, limit: () => limit });
        const done = prices.map((price) =>
          meter.run(price, async () => {
            await new Promise<void>((resolve) => void clock.after(price, resolve));
            source.spent = { calls: source.spent.calls + 1, rows: 0, amount: source.spent.amount + price };
          }),
        );
        const outcomes = Promise.allSettled(done);
        await clock.advance(100);
        const sent = prices.filter((_, index) => index >= 0);
        const fulfilled = (await outcomes).map(({ status }) => status === 'fulfilled');
        const paid = sent.filter((_, index) => fulfilled[index]).reduce((sum, price) => sum + price, 0);
        assert.ok(source.spent.amount <= limit);
        assert.equal(source.spent.amount, paid);
        assert.equal(meter.usage().today.amount, paid);
        assert.equal(meter.left(), limit - paid, 'nothing stays set aside');
      }),
      { numRuns: 100 },
    );
  });
});
