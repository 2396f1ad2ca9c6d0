/** Counts anew what additions left stale in totals that are too heavy to be counted whenever somebody asks. */
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { countNow } from '../counts.ts';
import { readFacts } from '../facts.ts';
import { readState } from '../readState.ts';
import { TOTAL_KIND } from '../schema.ts';
import { folderScope, hostScope, type Scope } from '../scope.ts';
import { Statements } from '../statements.ts';
import { countDetails } from '../summaries.ts';
import { HEAVY } from '../totals.ts';
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
  if (info === null || heavy.length === 0) return;
  // Totals are all that is written here, so that one state of the links does for all of them.
  const state = readState(statements, info, null);
  for (const [kind, key] of heavy) {
    await nextTurn();
    signal.throwIfAborted();
    const scope = scopeOfTotal(statements, Number(kind), Number(key));
    if (scope === null) continue;
    const { pages, hosts, domains } = countNow(state, scope);
    store.run(pages, hosts, domains, JSON.stringify(countDetails(state, scope)), kind ?? 0, key ?? 0);
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
