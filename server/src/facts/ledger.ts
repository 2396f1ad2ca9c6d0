/** What was spent today, where there is no disk to share it with other windows: kept in memory, one day at a time. */
import type { Spent } from '../../../shared/spending.ts';
import type { DaySpent, FactCache } from './cache.ts';

export interface Ledger {
  /** As in FactCache, of one account. */
  today(day: string): Promise<DaySpent>;
  reserve(day: string, amount: number, limit: number | null): Promise<{ readonly granted: boolean; readonly spent: DaySpent }>;
  settle(day: string, reserved: number, spent: Spent): Promise<DaySpent>;
}

export const NOTHING: DaySpent = { calls: 0, rows: 0, amount: 0, reserved: 0 };

/** Amounts of money are sums of binary fractions: a millionth of a unit is none. */
const TINY = 1e-6;

/** Whether an amount is still there. */
export function fits({ amount, reserved }: DaySpent, more: number, limit: number | null): boolean {
  return limit === null || amount + reserved + more <= limit + TINY;
}

export function createMemoryLedger(): Ledger {
  let day = '';
  let spent = NOTHING;
  const on = (asked: string) => {
    if (asked !== day) [day, spent] = [asked, NOTHING];
    return spent;
  };
  return {
    today: async (asked) => on(asked),
    async reserve(asked, amount, limit) {
      const granted = fits(on(asked), amount, limit);
      if (granted) spent = { ...spent, reserved: spent.reserved + amount };
      return { granted, spent };
    },
    async settle(asked, reserved, added) {
      const before = on(asked);
      spent = {
        calls: before.calls + added.calls,
        rows: before.rows + added.rows,
        amount: before.amount + added.amount,
        reserved: Math.max(0, before.reserved - reserved),
      };
      return spent;
    },
  };
}

/** The ledger of an account: on the disk, shared by all windows. What is sent from here is counted in memory, too, should the disk fail. */
export function ledgerOf(disk: { readonly cache: FactCache; readonly account: string } | null): Ledger {
  const own = createMemoryLedger();
  if (disk === null) return own;
  const { cache, account } = disk;
  return {
    today: async (day) => (await cache.today(account, day)) ?? (await own.today(day)),
    async reserve(day, amount, limit) {
      const shared = await cache.reserve(account, day, amount, limit);
      if (shared === null) return await own.reserve(day, amount, limit);
      if (shared.granted) await own.reserve(day, amount, null);
      return shared;
    },
    async settle(day, reserved, spent) {
      const counted = await own.settle(day, reserved, spent);
      return (await cache.settle(account, day, reserved, spent)) ?? counted;
    },
  };
}
