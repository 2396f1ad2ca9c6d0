/** Batches of which a service refuses all because of one target: halved until that one is alone, so that the others are answered. */
import { BacklinkLensError } from '../util/errors.ts';
import type { Sendable } from './asking.ts';
import type { SummaryResult } from './source.ts';

/**
 * Asks for all at once, and for halves where that is refused. Refusals are few: as many as it takes to find one bad target; what is refused
 * after that fails together.
 *
 * @param ask rejects with `source.refused-target` where something in the batch is wrong
 * @returns one result a target, in the order asked
 * @throws what the first call rejects with, unless it is a refusal of several
 */
export async function answerHalves(
  asked: readonly Sendable[],
  ask: (some: readonly Sendable[]) => Promise<readonly SummaryResult[]>,
): Promise<readonly SummaryResult[]> {
  let refusalsLeft = Math.ceil(Math.log2(asked.length)) + 1;

  async function answer(some: readonly Sendable[]): Promise<readonly SummaryResult[]> {
    try {
      return await ask(some);
    } catch (error) {
      const refused = BacklinkLensError.is(error, 'source.refused-target');
      // What was answered and paid for before a later half failed is kept.
      if (!BacklinkLensError.is(error) || (!refused && some.length === asked.length)) throw error;
      refusalsLeft--;
      if (!refused || some.length === 1 || refusalsLeft <= 0) return some.map(({ target }) => ({ target, error }));
      const middle = some.length >> 1;
      const first = await answer(some.slice(0, middle));
      return [...first, ...(await answer(some.slice(middle)))];
    }
  }

  return await answer(asked);
}
