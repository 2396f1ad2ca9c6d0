/** Whether the active source may be asked just now: closed after a failure of the source as a whole, with a back-off that doubles. */
import type { BacklinkLensError } from '../util/errors.ts';

/** The source as a whole failed, and until when it is left alone: epoch milliseconds, null where a person must act first. */
export interface Closure {
  readonly error: BacklinkLensError;
  readonly retryAt: number | null;
}

export interface Gate {
  /**
   * @param asked a person asked: that overrides every closure but a wait the other side asked for
   * @returns why the source is not asked now; null when it may be
   */
  closed(now: number, asked: boolean): Closure | null;
  /** Closes after a failure. Returns null, and stays as it is, for a failure that concerns only its targets. */
  failed(error: BacklinkLensError, now: number): Closure | null;
  succeeded(): void;
  /** The failure that still stands: a wait that is over no longer does, a source that could not be reached stands until it answers. */
  problem(now: number): Closure | null;
}

/**
 * @param firstDelay milliseconds after a first failure without a Retry-After
 * @param longestDelay milliseconds at most
 */
export function createGate(firstDelay: number, longestDelay: number): Gate {
  let closure: Closure | null = null;
  let failures = 0;
  return {
    closed(now, asked) {
      if (closure === null) return null;
      const over = closure.retryAt !== null && closure.retryAt <= now;
      return over || (asked && closure.error.reason !== 'throttled') ? null : closure;
    },
    failed(error, now) {
      if (error.reason === 'refused-target' || error.code === 'usage.invalid') return null;
      closure = { error, retryAt: retryAt(error, now, Math.min(firstDelay * 2 ** Math.min(failures, 16), longestDelay)) };
      failures++;
      return closure;
    },
    succeeded() {
      closure = null;
      failures = 0;
    },
    problem(now) {
      if (closure === null) return null;
      const waited = closure.error.reason === 'throttled' && closure.retryAt !== null && closure.retryAt <= now;
      return waited ? null : closure;
    },
  };
}

function retryAt(error: BacklinkLensError, now: number, delay: number): number | null {
  if (error.retryAfter !== null) return now + error.retryAfter;
  if (error.reason === 'auth' || error.reason === 'quota') return null;
  return now + delay;
}
