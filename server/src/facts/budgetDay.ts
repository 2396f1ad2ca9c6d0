/** The day on which the budget was used up: said by `health` until the next midnight, or until the limit is another. */
import type { Clock } from '../util/clock.ts';
import type { BacklinkLensError } from '../util/errors.ts';
import { nextDay } from './day.ts';
import type { SourceHealth } from './facts.ts';

export interface BudgetDay {
  /** A call was not sent for lack of budget. */
  spent(error: BacklinkLensError): void;
  health(): SourceHealth;
  /** Looks whether the limit is still the same. */
  check(): void;
  close(): void;
}

/** @param begins called when the budget may have room again */
export function createBudgetDay(clock: Clock, limit: () => number | null, begins: () => void): BudgetDay {
  let refused: { readonly error: BacklinkLensError; readonly limit: number | null } | null = null;
  let cancel = () => {};

  function end(): void {
    cancel();
    refused = null;
    begins();
  }

  return {
    spent(error) {
      cancel();
      refused = { error, limit: limit() };
      cancel = clock.after(nextDay(clock.now()) - clock.now(), end);
    },
    health() {
      if (refused === null) return { state: 'ok' };
      return { state: 'problem', code: refused.error.code, reason: 'budget', message: refused.error.message, retryAt: null };
    },
    check() {
      if (refused !== null && refused.limit !== limit()) end();
    },
    close() {
      cancel();
    },
  };
}
