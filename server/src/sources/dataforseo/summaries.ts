/** A batch of targets by one bulk call; a target that is refused, and with it the whole batch, is found by halves. */
import { readEach, type Sendable } from '../asking.ts';
import { answerHalves } from '../halving.ts';
import type { Logged } from '../logged.ts';
import { matchReplies } from '../matching.ts';
import type { SummaryResult } from '../source.ts';
import type { Calls } from './calls.ts';
import { readSummary } from './wire.ts';

/**
 * Answers all that is asked, in its order. Rejects where nothing could be answered for a reason that concerns every target, and on an abort.
 *
 * @param asked at most as many as the bulk call takes
 */
export function summariesOf(asked: readonly Sendable[], calls: Calls, logged: Logged, signal: AbortSignal): Promise<readonly SummaryResult[]> {
  return answerHalves(asked, (some) => bulk(some, calls, logged, signal));
}

async function bulk(asked: readonly Sendable[], calls: Calls, logged: Logged, signal: AbortSignal): Promise<readonly SummaryResult[]> {
  const sent = asked.map((one) => one.sent);
  const items = await logged(
    `summaries of ${asked.length} targets`,
    () => calls.bulk(sent, signal),
    ({ length }) => `${length} answered`,
  );
  const names = sent.map((name) => ({ name, group: '' }));
  const matched = matchReplies(names, items);
  return readEach(asked, ({ target }, index) => readSummary(target, matched[index], calls.check));
}
