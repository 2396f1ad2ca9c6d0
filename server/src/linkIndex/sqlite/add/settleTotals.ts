/** Counts anew what additions left stale in totals that are too heavy to be counted whenever somebody asks. */
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { readFacts } from '../facts.ts';
import { readState } from '../readState.ts';
import { TOTAL_KIND } from '../schema.ts';
import { condition, folderScope, hostScope, parametersOf, type Scope } from '../scope.ts';
import { Statements } from '../statements.ts';
import { countDetails } from '../summaries.ts';
import { COUNTED_FROM, COUNTS, HEAVY } from '../totals.ts';
import { folderOf } from './folderTotals.ts';

/**
 * Settles the heavy totals, each in a transaction of its own: where it is stopped, the rest stays to be counted live, as it was before.
 *
 * @throws the reason of `signal`
 */
export async function settleTotals(db: DatabaseSync, signal: AbortSignal): Promise<void> {
  const statements = new Statements(db);
  const info = readFacts(statements);
  const heavy = statements.values('select kind, key from total where stale = 1 and links > ?', HEAVY);
  const store = db.prepare('update total set pages = ?, hosts = ?, domains = ?, stale = 0, details = ? where kind = ? and key = ?');
  for (const [kind, key] of heavy) {
    await nextTurn();
    signal.throwIfAborted();
    const scope = scopeOfTotal(statements, Number(kind), Number(key));
    if (scope === null || info === null) continue;
    const counts = statements.first(`select ${COUNTS} from link l ${COUNTED_FROM} where ${condition(scope)}`, ...parametersOf(scope));
    const [, , pages = 0, hosts = 0, domains = 0] = counts ?? [];
    const details = countDetails(readState(statements, info, null), scope);
    store.run(pages, hosts, domains, JSON.stringify(details), kind ?? 0, key ?? 0);
  }
}

function scopeOfTotal(statements: Statements, kind: number, key: number): Scope | null {
  if (kind === TOTAL_KIND.host) return hostScope(statements, key);
  if (kind > TOTAL_KIND.domain) {
    const prefix = folderOf(statements, kind, key);
    return prefix === null ? null : folderScope(statements, prefix);
  }
  return { total: { kind, key }, column: kind === TOTAL_KIND.page ? 'target' : 'target_domain', values: [key], range: false };
}
