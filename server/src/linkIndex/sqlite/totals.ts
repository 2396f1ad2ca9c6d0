/** Totals of every scope that has links, counted once at the end of a build. */
import type { DatabaseSync } from 'node:sqlite';
import { readDetails } from './details.ts';
import { LAST_FOLLOWABLE_TAG, TOTAL_KIND } from './schema.ts';
import { hostScope, type Scope } from './scope.ts';
import { Statements } from './statements.ts';

/** Scopes with more links than this get their details stored; counting lighter ones on demand takes a few milliseconds. */
const HEAVY = 1000;

const FOLLOWABLE = `l.state = 0 and l.tag <= ${LAST_FOLLOWABLE_TAG}`;
const external = (value: string): string => `count(distinct case when l.state = 0 then ${value} end)`;

/** The counts of `total`, from links `l`, in the order of its columns. Distinct counts are of sources outside the target's domain. */
export const COUNTS = `sum(l.state = 0), sum(l.state = 1), ${external('l.source')}, ${external('p.host')}, ${external('h.domain')},
  sum(${FOLLOWABLE} and l.nofollow = 0), sum(${FOLLOWABLE})`;
export const COUNTED_FROM = 'join page p on p.id = l.source join host h on h.id = p.host';

/** Fills `total`. */
export function loadTotals(db: DatabaseSync): void {
  db.exec(`
    insert into total select ${TOTAL_KIND.page}, l.target, ${COUNTS}, 0, null from link l indexed by link_page ${COUNTED_FROM} group by l.target;
    insert into total select ${TOTAL_KIND.domain}, l.target_domain, ${COUNTS}, 0, null from link l ${COUNTED_FROM} group by l.target_domain;
    insert into total select ${TOTAL_KIND.host}, t.ancestor, ${COUNTS}, 0, null
      from host_tree t join link l on l.target_host = t.host ${COUNTED_FROM} group by t.ancestor;
  `);
  loadDetails(db);
}

function loadDetails(db: DatabaseSync): void {
  const statements = new Statements(db);
  const heavy = statements.all('select kind, key from total where links > ?', HEAVY);
  const store = db.prepare('update total set details = ? where kind = ? and key = ?');
  for (const { kind, key } of heavy) {
    const scope = storedScope(statements, Number(kind), Number(key));
    if (scope !== null) store.run(JSON.stringify(readDetails(statements, scope)), Number(kind), Number(key));
  }
}

function storedScope(statements: Statements, kind: number, key: number): Scope | null {
  if (kind === TOTAL_KIND.host) return hostScope(statements, key);
  return { total: { kind, key }, column: kind === TOTAL_KIND.page ? 'target' : 'target_domain', values: [key], range: false };
}
