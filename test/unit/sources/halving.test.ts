/** One bad target in a batch: how many calls it costs to find it, and what becomes of the others. */
import assert from 'node:assert/strict';
import type { Sendable } from '../../../server/src/sources/asking.ts';
import { blankSummary } from '../../../server/src/sources/blank.ts';
import { answerHalves } from '../../../server/src/sources/halving.ts';
import type { SummaryResult } from '../../../server/src/sources/source.ts';
import { parseTarget } from '../../../server/src/urls/targets.ts';
import { BacklinkLensError, sourceError } from '../../../server/src/util/errors.ts';

function batch(size: number): readonly Sendable[] {
  return Array.from({ length: size }, (_, n) => {
    const target = parseTarget(`site-${n}.com`);
    assert.ok(target !== null);
    return { target, sent: target.name };
  });
}

const answered = (some: readonly Sendable[]): SummaryResult[] => some.map(({ target }) => ({ target, summary: blankSummary(target) }));
const outcomes = (results: readonly SummaryResult[]) => results.map((result) => ('error' in result ? result.error.reason : 'answered'));

/** Refuses batches that hold one of the bad ones, and counts. */
function refusing(bad: readonly number[]) {
  const calls: number[] = [];
  const ask = async (some: readonly Sendable[]) => {
    calls.push(some.length);
    if (some.some(({ sent }) => bad.some((n) => sent === `site-${n}.com`))) throw sourceError('refused-target', 'not that one');
    return answered(some);
  };
  return { ask, calls };
}

describe('a batch with a bad target', () => {
  for (const size of [1, 2, 3, 7, 40, 50, 100]) {
    for (const bad of new Set([0, size >> 1, size - 1])) {
      it(`of ${size}: number ${bad} alone is refused`, async () => {
        const { ask, calls } = refusing([bad]);
        const asked = batch(size);
        const results = await answerHalves(asked, ask);
        assert.deepEqual(
          results.map(({ target }) => target.id),
          asked.map(({ target }) => target.id),
        );
        assert.deepEqual(
          outcomes(results),
          asked.map((_, n) => (n === bad ? 'refused-target' : 'answered')),
        );
        assert.ok(calls.length <= 2 * Math.ceil(Math.log2(size)) + 1, `${calls.length} calls`);
      });
    }
  }

  it('is asked once where nothing is bad', async () => {
    const { ask, calls } = refusing([]);
    await answerHalves(batch(100), ask);
    assert.deepEqual(calls, [100]);
  });

  it('is not asked about without end where all are bad', async () => {
    const { ask, calls } = refusing(Array.from({ length: 100 }, (_, n) => n));
    assert.deepEqual(new Set(outcomes(await answerHalves(batch(100), ask))), new Set(['refused-target']));
    assert.ok(calls.length <= 16, `${calls.length} calls`);
  });

  it('fails as a whole where the first call fails for another reason', async () => {
    const call = answerHalves(batch(4), () => Promise.reject(sourceError('quota', 'used up')));
    await assert.rejects(call, (error) => BacklinkLensError.is(error, 'source.quota'));
  });

  it('keeps what was answered where a later half fails for another reason', async () => {
    const { ask } = refusing([3]);
    const results = await answerHalves(batch(4), (some) =>
      some.length === 2 && some[0]?.sent === 'site-2.com' ? Promise.reject(sourceError('quota', 'used up')) : ask(some),
    );
    assert.deepEqual(outcomes(results), ['answered', 'answered', 'quota', 'quota']);
  });

  it('throws on what is no failure of ours, as a cancel is', async () => {
    const { ask } = refusing([3]);
    const cancelled = new DOMException('stop', 'AbortError');
    await assert.rejects(
      answerHalves(batch(4), (some) => (some.length === 2 && some[0]?.sent === 'site-2.com' ? Promise.reject(cancelled) : ask(some))),
      (error) => error === cancelled,
    );
  });
});
