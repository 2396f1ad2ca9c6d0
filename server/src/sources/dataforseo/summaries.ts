/** A batch of targets by one bulk call; where one of them is refused, and with it the whole batch, the others are still answered. */
import type { Summary, Target } from '../../../../shared/backlinks.ts';
import type { BacklinkLensError } from '../../util/errors.ts';
import { knownError, type Sendable } from '../asking.ts';
import type { Logged } from '../logged.ts';
import { matchReplies } from '../matching.ts';
import type { SummaryResult } from '../source.ts';
import type { Calls } from './calls.ts';
import { readSummary } from './wire.ts';

/** Refusals that are met by halves; a question that is refused however small costs no more calls than these. */
const MOST_REFUSALS = 16;

/**
 * Answers all that is asked, in any order. Rejects where nothing could be answered for a reason that concerns every target, and on an abort.
 *
 * @param asked at most as many as the bulk call takes
 */
export async function summariesOf(asked: readonly Sendable[], calls: Calls, logged: Logged, signal: AbortSignal): Promise<readonly SummaryResult[]> {
  const results: SummaryResult[] = [];
  const parts = [asked];
  let refusals = 0;
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    try {
      results.push(...(await bulk(part, calls, logged, signal)));
    } catch (error) {
      const failure = knownError(error);
      if (failure.reason !== 'refused-target') {
        if (results.length === 0) throw failure;
        return [...results, ...failed([...part, ...parts.flat()], failure)];
      }
      const half = Math.ceil(part.length / 2);
      if (part.length > 1 && ++refusals <= MOST_REFUSALS) parts.push(part.slice(half), part.slice(0, half));
      else results.push(...failed(part, failure));
    }
  }
  return results;
}

async function bulk(asked: readonly Sendable[], calls: Calls, logged: Logged, signal: AbortSignal): Promise<readonly SummaryResult[]> {
  const names = asked.map(({ sent }) => ({ name: sent, group: '' }));
  const items = await logged(
    `summaries of ${asked.length} targets`,
    () =>
      calls.bulk(
        names.map(({ name }) => name),
        signal,
      ),
    ({ length }) => `${length} answered`,
  );
  const matched = matchReplies(names, items);
  return asked.map(({ target }, index) => settled(target, () => readSummary(target, matched[index], calls.check)));
}

/** One part of a reply that is wrong fails its target alone. */
function settled(target: Target, read: () => Summary): SummaryResult {
  try {
    return { target, summary: read() };
  } catch (error) {
    return { target, error: knownError(error) };
  }
}

function failed(asked: readonly Sendable[], error: BacklinkLensError): readonly SummaryResult[] {
  return asked.map(({ target }) => ({ target, error }));
}
