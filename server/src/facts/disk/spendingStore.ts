/** What was spent on each day, by account: every window adds to it, and none may take what another has set aside. */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { Spent } from '../../../../shared/spending.ts';
import { transact } from '../../util/sqlite.ts';
import type { DaySpent } from '../cache.ts';
import { fits } from '../ledger.ts';

export interface SpendingStore {
  today(account: string, day: string): DaySpent;
  /** As in FactCache. */
  reserve(account: string, day: string, amount: number, limit: number | null): { readonly granted: boolean; readonly spent: DaySpent };
  settle(account: string, day: string, reserved: number, spent: Spent): DaySpent;
}

/** Days kept. */
const KEPT = 400;

export function createSpendingStore(database: DatabaseSync): SpendingStore {
  const read = database.prepare('SELECT calls, rows, amount, reserved FROM spending WHERE account = ? AND day = ?');
  const add = database.prepare(
    `INSERT INTO spending (account, day, calls, rows, amount, reserved) VALUES (?, ?, ?, ?, ?, max(0, ?))
     ON CONFLICT (account, day) DO UPDATE SET calls = calls + excluded.calls, rows = rows + excluded.rows, amount = amount + excluded.amount,
       reserved = max(0, reserved + ?)`,
  );
  const forget = database.prepare('DELETE FROM spending WHERE rowid IN (SELECT rowid FROM spending ORDER BY day DESC LIMIT -1 OFFSET ?)');
  const today = (account: string, day: string) => toSpent(read.get(account, day));
  const change = (account: string, day: string, { calls, rows, amount }: Spent, reserved: number) =>
    add.run(account, day, calls, rows, amount, reserved, reserved);
  forget.run(KEPT);

  return {
    today,
    reserve: (account, day, amount, limit) =>
      transact(database, () => {
        const granted = fits(today(account, day), amount, limit);
        if (granted) change(account, day, { calls: 0, rows: 0, amount: 0 }, amount);
        return { granted, spent: today(account, day) };
      }),
    settle: (account, day, reserved, spent) =>
      transact(database, () => {
        change(account, day, spent, -reserved);
        return today(account, day);
      }),
  };
}

function toSpent(row: Record<string, SQLOutputValue> | undefined): DaySpent {
  const { calls = 0, rows = 0, amount = 0, reserved = 0 } = row ?? {};
  return { calls: Number(calls), rows: Number(rows), amount: Number(amount), reserved: Number(reserved) };
}
