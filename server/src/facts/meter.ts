/**
 * What the active source costs, and the day's budget: the price of each call is set aside before it is sent, and what it really cost is
 * counted after it. A call that does not fit into the budget is not sent.
 */
import type { Spent, Usage } from '../../../shared/spending.ts';
import type { Source } from '../sources/source.ts';
import type { Clock } from '../util/clock.ts';
import { BacklinkLensError } from '../util/errors.ts';
import type { DaySpent } from './cache.ts';
import { dayOf, nextDay } from './day.ts';
import { type Ledger, NOTHING } from './ledger.ts';
import { amountText, numberText, summariesCost, targetsFor, unitOf } from './price.ts';

export interface Meter {
  /**
   * Makes a call that costs about `price`.
   *
   * @throws BacklinkLensError budget.spent when that is not left today; nothing is then sent
   */
  run<T>(price: number, call: () => Promise<T>): Promise<T>;
  /** Targets of one summary call that today's budget still pays for, at most as many as a call takes; 0 where it pays for none. */
  affords(): number;
  /** In the source's unit; null where there is no limit. */
  left(): number | null;
  usage(): Usage;
  /** Reads what other windows have spent. */
  refresh(): Promise<void>;
}

export interface MeterParts {
  readonly source: Source;
  readonly ledger: Ledger;
  readonly clock: Pick<Clock, 'now'>;
  /** A day's budget in the source's unit; null: no limit. Read before each call. */
  readonly limit: () => number | null;
}

export function createMeter({ source, ledger, clock, limit }: MeterParts): Meter {
  /** What of `source.spent` is in the ledger already. */
  let counted: Spent = source.spent;
  const before: Spent = source.spent;
  let today: { readonly day: string; readonly spent: DaySpent } = { day: '', spent: NOTHING };

  const cost = () => source.capabilities.cost;
  /** A source that bills nothing is counted by its calls. */
  const measured = ({ calls, rows, amount }: Spent): Spent => ({ calls, rows, amount: cost() === null ? calls : amount });
  const present = () => (today.day === dayOf(clock.now()) ? today.spent : NOTHING);

  function learn(day: string, spent: DaySpent): void {
    today = { day, spent };
  }

  function left(): number | null {
    const perDay = limit();
    const { amount, reserved } = present();
    return perDay === null ? null : Math.max(0, perDay - amount - reserved);
  }

  function settle(day: string, reserved: number): void {
    const delta = measured(difference(source.spent, counted));
    counted = source.spent;
    // Shown at once; what the ledger says holds as soon as it is there.
    if (today.day === day) learn(day, { ...added(today.spent, delta), reserved: Math.max(0, today.spent.reserved - reserved) });
    void ledger.settle(day, reserved, delta).then((spent) => learn(day, spent));
  }

  return {
    async run(price, call) {
      const day = dayOf(clock.now());
      const { granted, spent } = await ledger.reserve(day, price, limit());
      learn(day, spent);
      if (!granted) throw budgetSpent(source, spent, price, limit() ?? 0, clock.now());
      try {
        return await call();
      } finally {
        settle(day, price);
      }
    },
    affords() {
      const { summaryBatch } = source.capabilities;
      const most = left();
      return most === null ? summaryBatch : targetsFor(cost(), most, summaryBatch);
    },
    left,
    usage() {
      const { id, label, remote } = source.capabilities;
      const { calls, rows, amount } = present();
      const perDay = limit();
      return {
        source: { id, label, remote },
        unit: unitOf(cost()),
        free: cost() === null,
        perLink: cost() === null ? 0 : summariesCost(cost(), 2),
        today: { calls, rows, amount },
        session: measured(difference(source.spent, before)),
        budget: perDay === null ? null : { perDay, left: left() ?? 0 },
        balance: null,
      };
    },
    async refresh() {
      const day = dayOf(clock.now());
      learn(day, await ledger.today(day));
    },
  };
}

function difference(a: Spent, b: Spent): Spent {
  return { calls: a.calls - b.calls, rows: a.rows - b.rows, amount: a.amount - b.amount };
}

function added(a: Spent, b: Spent): Spent {
  return { calls: a.calls + b.calls, rows: a.rows + b.rows, amount: a.amount + b.amount };
}

function budgetSpent({ capabilities: { label, cost } }: Source, { amount, reserved }: DaySpent, price: number, perDay: number, now: number): Error {
  const unit = unitOf(cost);
  const hours = Math.ceil((nextDay(now) - now) / 3_600_000);
  return new BacklinkLensError(
    'budget.spent',
    `Today's budget for ${label} has no room for this: ${numberText(amount + reserved, unit)} of ${amountText(perDay, unit)} are spent, and it ` +
      `would cost about ${amountText(price, unit)}. The budget begins anew at midnight (in ${hours} h); to go on now, raise backlinkLens.budget.perDay.`,
  );
}
