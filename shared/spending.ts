/** What asking a source costs and what it has cost: said before and after, in the unit that the source itself counts in. */

/** `calls` also stands for sources that cost nothing: a budget may still hold back how often they are asked. */
export type CostUnit = 'USD' | 'credits' | 'units' | 'rows' | 'calls';

/** What was sent and billed, failed calls included. */
export interface Spent {
  readonly calls: number;
  /** Rows received. */
  readonly rows: number;
  /** In the unit beside it; as the replies told, else by formula. */
  readonly amount: number;
}

/** What a look-up would cost, an estimate: a source may bill less. All zero where everything is known already or nothing may be asked. */
export interface Price {
  /** Targets that would be asked: neither known nor left out. */
  readonly targets: number;
  /** Calls to the source. */
  readonly calls: number;
  readonly amount: number;
  readonly unit: CostUnit;
  /** True for a local source and for a remote one that bills nothing. */
  readonly free: boolean;
  /** Left of today's budget, in the same unit; null where none is set. */
  readonly budgetLeft: number | null;
}

/** What is left in an account, as the other side says it, in the unit of its cost. */
export interface Balance {
  /** Null where there is no limit or it is not said. */
  readonly left: number | null;
  readonly limit: number | null;
  /** ISO day on which it begins anew; null where that is not said. */
  readonly renews: string | null;
}

/** The running totals of the active source. */
export interface Usage {
  readonly source: { readonly id: string; readonly label: string; readonly remote: boolean };
  readonly unit: CostUnit;
  /** True where asking bills nothing. */
  readonly free: boolean;
  /** What looking up one link costs, its page and its domain at once; 0 where that is free. */
  readonly perLink: number;
  /** Since midnight where the user is, of this account, in every window. */
  readonly today: Spent;
  /** Since this window was opened. */
  readonly session: Spent;
  /** In `unit`; null where none is set. */
  readonly budget: { readonly perDay: number; readonly left: number } | null;
  /** Null where the source does not tell it. */
  readonly balance: Balance | null;
}
