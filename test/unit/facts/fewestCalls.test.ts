/** For N distinct targets and calls of B, exactly ceil(N / B) calls: whoever wants them, how often, in which portions and with which priority. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bench, targets } from './support.ts';

const want = fc.record({ from: fc.nat(80), count: fc.nat(40), priority: fc.constantFrom('hovered', 'visible', 'document', 'workspace') });
const never = new AbortController().signal;

describe('factStore: the fewest calls', () => {
  it('makes ceil(N / B) of N targets that are wanted in one window', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(want, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 4 }),
        fc.boolean(),
        async (wants, summaryBatch, concurrency, remote) => {
          const { facts, clock, source } = await bench({ summaryBatch, concurrency, remote });
          const all = targets(120);
          const done = wants.map(({ from, count, priority }) => facts.want(all.slice(from, from + count), { priority, asked: false, signal: never }));
          await clock.advance(50);
          await Promise.all(done);
          const distinct = new Set(wants.flatMap(({ from, count }) => all.slice(from, from + count).map(({ id }) => id))).size;
          assert.equal(source.calls.length, Math.ceil(distinct / summaryBatch));
          assert.equal(source.calls.flat().length, distinct);
          assert.equal(new Set(source.calls.flat().map(({ id }) => id)).size, distinct);
          await facts.close();
        },
      ),
      { numRuns: 200 },
    );
  });

  it('makes ceil(N / B) of wants that come while calls are full, one after the other', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 1, maxLength: 10 }),
        fc.integer({ min: 1, max: 30 }),
        async (portions, summaryBatch) => {
          const { facts, clock, source } = await bench({ summaryBatch, remote: true });
          let from = 0;
          const done = portions.map((count) => {
            const some = targets(count, from);
            from += count;
            return facts.want(some, { priority: 'document', asked: false, signal: never });
          });
          await clock.advance(50);
          await Promise.all(done);
          assert.equal(source.calls.length, Math.ceil(from / summaryBatch));
          await facts.close();
        },
      ),
      { numRuns: 100 },
    );
  });

  it('wastes no place in a call on kinds that the source does not know', async () => {
    const { facts, clock, source } = await bench({ summaryBatch: 10, remote: true, targetKinds: ['page'] });
    const mixed = targets(20).flatMap((page, n) => [page, { kind: 'domain' as const, name: `site-${n}.com`, id: `domain:site-${n}.com` }]);
    const done = facts.want(mixed, { priority: 'document', asked: true, signal: never });
    await clock.advance(50);
    await done;
    const sent = source.calls.filter((call) => call.some(({ kind }) => kind === 'page'));
    assert.deepEqual(
      sent.map((call) => call.map(({ kind }) => kind).join()),
      Array(2).fill(Array(10).fill('page').join()),
    );
    assert.equal((await facts.price(mixed, never))?.targets, 0);
  });
});
