/** Counts what a source sent and was billed, for budgets and for *Show Usage*. */
import type { Spent } from './source.ts';

export interface Spending {
  readonly spent: Spent;
  /**
   * Adds one exchange or more.
   *
   * @param amount in the unit of the source's cost
   */
  note(added: Partial<Spent>): void;
}

/** Nothing spent yet. */
export function createSpending(): Spending {
  let spent: Spent = NOTHING_SPENT;
  return {
    get spent() {
      return spent;
    },
    note({ calls = 0, rows = 0, amount = 0 }) {
      spent = { calls: spent.calls + calls, rows: spent.rows + rows, amount: spent.amount + amount };
    },
  };
}

export const NOTHING_SPENT: Spent = { calls: 0, rows: 0, amount: 0 };
