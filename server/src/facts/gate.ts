/**
 * Whether the active source may be asked just now: closed after a failure of the source as a whole, with a back-off that doubles. After several
 * in a row it is tried with one call at a time (a circuit breaker, half open) until it answers again.
 */
import { type BacklinkLensError, sourceError } from '../util/errors.ts';
import type { KeptClosure } from './cache.ts';

/** The source as a whole failed, and until when it is left alone: epoch milliseconds, null where a person must act first. */
export interface Closure {
  readonly error: BacklinkLensError;
  readonly retryAt: number | null;
}

/** A failure that stands. */
export interface Problem extends Closure {
  /** Failures in a row. */
  readonly failures: number;
  /** True after so many that it is tried with one call at a time. */
  readonly paused: boolean;
}

export interface Gate {
  /**
   * @param asked a person asked: that overrides every closure but a wait the other side asked for
   * @returns why the source is not asked now; null when it may be
   */
  closed(now: number, asked: boolean): Closure | null;
  /** True while nobody knows whether it answers again: then one call at a time is enough to find out. */
  trying(): boolean;
  /** Closes after a failure. Returns null, and stays as it is, for a failure that concerns only its targets. */
  failed(error: BacklinkLensError, now: number): Closure | null;
  succeeded(): void;
  /** Takes over a closure of an earlier session or of another window, if it still holds and for longer than the own one. */
  restore(kept: KeptClosure, now: number): Closure | null;
  /** The failure that still stands: a wait that is over no longer does, a source that could not be reached stands until it answers. */
  problem(now: number): Problem | null;
}

export interface GateOptions {
  /** Milliseconds after a first failure without a Retry-After, and at most; both are lengthened by up to half by chance. */
  readonly firstDelay: number;
  readonly longestDelay: number;
  /** From 0 to below 1: keeps windows and machines from coming back all at the same moment. */
  readonly random: () => number;
}

/** Failures in a row after which the circuit is open. */
export const OPENS_AFTER = 4;
/** A wait that the other side asked for is lengthened by this at most, in milliseconds, and never shortened. */
const MOST_JITTER = 2_000;
/** Without a network nobody is bothered by a try, and it may be back at any moment. */
const LONGEST_OFFLINE = 60_000;
/** Credits that were used up are believed to be so for a day. */
const DAY = 86_400_000;

export function createGate({ firstDelay, longestDelay, random }: GateOptions): Gate {
  let closure: Closure | null = null;
  let failures = 0;

  function retryAt(error: BacklinkLensError, now: number): number | null {
    if (error.retryAfter !== null) return now + error.retryAfter + Math.floor(random() * Math.min(error.retryAfter / 2, MOST_JITTER));
    if (error.reason === 'auth' || error.reason === 'quota') return null;
    const longest = error.reason === 'offline' ? Math.min(longestDelay, LONGEST_OFFLINE) : longestDelay;
    return now + Math.floor(Math.min(firstDelay * 2 ** Math.min(failures, 16), longest) * (1 + random() / 2));
  }

  const paused = () => failures >= OPENS_AFTER && closure?.retryAt !== null && closure?.error.reason !== 'throttled';

  return {
    closed(now, asked) {
      if (closure === null) return null;
      const over = closure.retryAt !== null && closure.retryAt <= now;
      return over || (asked && closure.error.reason !== 'throttled') ? null : closure;
    },
    trying: () => closure !== null,
    failed(error, now) {
      if (error.reason === 'refused-target' || error.code === 'usage.invalid') return null;
      closure = { error, retryAt: retryAt(error, now) };
      failures++;
      return closure;
    },
    succeeded() {
      closure = null;
      failures = 0;
    },
    restore({ reason, message, retryAt: until, at }, now) {
      const holds = until === null ? now - at < DAY : until > now && until - now <= DAY;
      if (!holds || (closure !== null && (until === null || closure.retryAt === null || closure.retryAt >= until))) return null;
      closure = { error: sourceError(reason, message), retryAt: until };
      failures = Math.max(failures, 1);
      return closure;
    },
    problem(now) {
      if (closure === null) return null;
      const waited = closure.error.reason === 'throttled' && closure.retryAt !== null && closure.retryAt <= now;
      return waited ? null : { ...closure, failures, paused: paused() };
    },
  };
}
