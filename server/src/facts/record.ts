/** What is remembered of one target, and how that reads as Known: pure, so that each state and its ageing can be tested by table. */
import type { Dated, Known, Summary, Target } from '../../../shared/backlinks.ts';
import type { BacklinkLensError } from '../util/errors.ts';

export interface FactRecord {
  readonly target: Target;
  value: Dated<Summary> | null;
  /** Generation of the data behind the value; null where the source has no such thing. */
  generation: string | null;
  pending: boolean;
  /** A person asked for it and has no answer yet. */
  asked: boolean;
  failure: Failure | null;
  /** The day's budget had no room for it. */
  held: boolean;
}

export interface Failure {
  readonly error: BacklinkLensError;
  /** Epoch milliseconds; null where a person must act first. */
  readonly retryAt: number | null;
  /** Failures in a row. */
  readonly attempts: number;
}

/** What decides about age. */
export interface Freshness {
  readonly now: number;
  /** Milliseconds after which a value is stale. */
  readonly staleAfter: number;
  /** The present generation of the source, null while unknown. */
  readonly generation: string | null;
}

export function newRecord(target: Target): FactRecord {
  return { target, value: null, generation: null, pending: false, asked: false, failure: null, held: false };
}

/** The state of a record; `unknown` for one that does not exist or knows nothing. */
export function toKnown(record: FactRecord | undefined, freshness: Freshness): Known<Summary> {
  if (record === undefined) return { state: 'unknown' };
  const last = record.value;
  if (record.pending) return { state: 'pending', last };
  if (record.failure !== null) {
    const { error, retryAt } = record.failure;
    return { state: 'failed', reason: error.reason ?? 'unavailable', code: error.code, message: error.message, retryAt, last };
  }
  if (last === null) return record.held ? { state: 'skipped', reason: 'budget' } : { state: 'unknown' };
  return { state: isStale(record, last, freshness) ? 'stale' : 'fresh', ...last };
}

function isStale(record: FactRecord, value: Dated<Summary>, { now, staleAfter, generation }: Freshness): boolean {
  if (now - value.at >= staleAfter) return true;
  return record.generation !== null && generation !== null && record.generation !== generation;
}

/**
 * Whether a want leads to a question.
 *
 * @param asked a person asked: a failure is then tried again before its time, and the budget is looked at once more
 */
export function needsAsking(known: Known<Summary>, now: number, asked: boolean): boolean {
  switch (known.state) {
    case 'fresh':
      return false;
    case 'skipped':
      return asked && known.reason === 'budget';
    case 'failed':
      return asked || (known.retryAt !== null && known.retryAt <= now);
    case 'stale':
    case 'pending':
    case 'unknown':
      return true;
  }
}
