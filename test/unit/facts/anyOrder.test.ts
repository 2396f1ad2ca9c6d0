/** Whatever is wanted, cancelled, swapped and failed in whatever order: when all is quiet nobody waits, nothing is pending, nothing leaked. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createFactStore } from '../../../server/src/facts/factStore.ts';
import { BacklinkLensError, isAbort, sourceError } from '../../../server/src/util/errors.ts';
import { silentLog } from '../../../server/src/util/log.ts';
import { type CacheFolder, cacheFolder, openCache } from './disk/support.ts';
import { fakeClock, fakeSource, OPEN_POLICY, settle, summary, target, targets } from './support.ts';

const ALL = targets(12);

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('want' as const), from: fc.nat(11), count: fc.nat(6), asked: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('rows' as const), from: fc.nat(11) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('cancel' as const), which: fc.nat(20) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('wait' as const), milliseconds: fc.constantFrom(0, 5, 20, 3_000, 60_000) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('swap' as const), none: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('fail' as const),
      reason: fc.constantFrom('offline' as const, 'throttled' as const, 'auth' as const, 'bad-reply' as const, null),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('generation' as const), name: fc.constantFrom('g1', 'g2', 'g3') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('budget' as const), perDay: fc.constantFrom(0, 2, 5, null) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('clear' as const) }) },
);

describe('factStore: in any order', () => {
  let folder: CacheFolder;
  before(() => {
    folder = cacheFolder();
  });
  after(() => folder.remove());

  for (const kept of [false, true]) it(`comes to rest${kept ? ', with a cache on disk' : ''}`, async () => comesToRest(kept ? folder.file : null));
});

async function comesToRest(file: string | null): Promise<void> {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 30 }),
      fc.boolean(),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 3 }),
      async (steps, remote, summaryBatch, concurrency) => {
        const clock = fakeClock();
        const cache = file === null ? null : openCache(file, clock);
        const facts = createFactStore({ clock, log: silentLog, cache, lookEvery: Number.POSITIVE_INFINITY, maxTargets: 8, maxRows: 3 });
        let failing: Error | null = null;
        let generation = 'g0';
        const open = () => {
          const source = Object.assign(fakeSource({ remote, summaryBatch, concurrency }), { account: file === null ? null : 'fake:1' });
          source.answer = async (asked, signal) => {
            await new Promise<void>((resolve) => void clock.after(10, resolve));
            signal.throwIfAborted();
            if (failing !== null) throw failing;
            return asked.map((of) => ({ target: of, summary: summary(of, 1) }));
          };
          source.check = () => {
            source.generation = generation;
            if (failing !== null) throw failing;
          };
          return source;
        };
        facts.setPolicy(OPEN_POLICY);
        facts.setSource(open());
        const controllers: AbortController[] = [];
        let waiting = 0;
        const track = (work: Promise<unknown>) => {
          waiting++;
          work.then(
            () => waiting--,
            (error: unknown) => {
              waiting--;
              assert.ok(isAbort(error) || BacklinkLensError.is(error), String(error));
            },
          );
        };
        for (const one of steps) {
          const controller = new AbortController();
          if (one.kind === 'want')
            track(facts.want(ALL.slice(one.from, one.from + one.count), { priority: 'document', asked: one.asked, signal: controller.signal }));
          if (one.kind === 'rows')
            track(facts.rows(ALL[one.from] ?? target('site.com'), { limit: 10, offset: 0, internal: 'exclude' }, controller.signal));
          if (one.kind === 'want' || one.kind === 'rows') controllers.push(controller);
          if (one.kind === 'cancel') controllers[one.which]?.abort();
          if (one.kind === 'wait') await clock.advance(one.milliseconds);
          if (one.kind === 'swap') facts.setSource(one.none ? null : open());
          if (one.kind === 'fail')
            failing = one.reason === null ? null : sourceError(one.reason, one.reason, one.reason === 'throttled' ? { retryAfter: 4_000 } : {});
          if (one.kind === 'generation') generation = one.name;
          if (one.kind === 'budget') facts.setPolicy({ ...OPEN_POLICY, budgetPerDay: one.perDay });
          if (one.kind === 'clear') track(facts.clear());
        }
        failing = null;
        await clock.advance(1_000_000);
        await clock.advance(1_000_000);
        assert.equal(waiting, 0, 'nobody waits');
        for (const one of ALL) assert.notEqual(facts.get(one).state, 'pending');
        await facts.close();
        await cache?.close();
        await settle();
        assert.equal(clock.waiting, 0, 'no alarm is left');
      },
    ),
    { numRuns: file === null ? 300 : 100 },
  );
}
