/**
 * The seam to what is kept across restarts: answers of remote sources, by account, and what they cost. Everything in here may be missing or
 * lost at any time; nobody waits long for it, and nothing fails because of it.
 */
import type { FailureReason, RowPage, Summary, Target } from '../../../shared/backlinks.ts';
import type { Spent } from '../../../shared/spending.ts';

/** A summary with the moment it was learned (epoch milliseconds). */
export interface KeptFact {
  readonly target: Target;
  readonly summary: Summary;
  readonly at: number;
  /** Generation of the data behind it; null where the source has no such thing. */
  readonly generation: string | null;
}

export interface KeptPage {
  readonly page: RowPage;
  readonly at: number;
}

/** A wait that the other side asked for, or credits that were used up: the only failures worth keeping. */
export interface KeptClosure {
  readonly reason: FailureReason;
  readonly message: string;
  /** Epoch milliseconds; null where a person must act first. */
  readonly retryAt: number | null;
  readonly at: number;
}

/** What was sent on one day, with what is on its way: the latter counts as spent until it is settled. */
export interface DaySpent extends Spent {
  readonly reserved: number;
}

export interface FactCache {
  /** What is kept of these targets; those of which nothing is are left out. */
  facts(account: string, targets: readonly Target[]): Promise<readonly KeptFact[]>;
  /** Written soon, many at a time. */
  keepFacts(account: string, facts: readonly KeptFact[]): void;
  page(account: string, key: string): Promise<KeptPage | null>;
  keepPage(account: string, key: string, page: KeptPage): void;
  closure(account: string): Promise<KeptClosure | null>;
  /** Null forgets the one before. */
  keepClosure(account: string, closure: KeptClosure | null): void;
  /** What all windows spent on a day; null where nothing can be kept. */
  today(account: string, day: string): Promise<DaySpent | null>;
  /**
   * Sets an amount aside, in one step with the question whether it is still there.
   *
   * @param limit of the day; null: none
   * @returns what is spent now, the amount included where it was granted; null where nothing can be kept
   */
  reserve(
    account: string,
    day: string,
    amount: number,
    limit: number | null,
  ): Promise<{ readonly granted: boolean; readonly spent: DaySpent } | null>;
  /** What became of an amount set aside. */
  settle(account: string, day: string, reserved: number, spent: Spent): Promise<DaySpent | null>;
  /** Forgets all answers of all accounts. What was spent stays: a limit would mean nothing otherwise. */
  clear(): Promise<void>;
  /** Writes what waits. */
  close(): Promise<void>;
}
