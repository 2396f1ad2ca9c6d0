/** Totals of every scope that has links: counted once at the end of a build in typed arrays, and by the same meanings with SQL where links were added. */
import type { DatabaseSync } from 'node:sqlite';
import type { LinkOrder } from './build/linkOrder.ts';
import { PAUSE_EVERY, type Pause } from './build/pause.ts';
import { ScopeCounter } from './build/scopeCounts.ts';
import { ScopeDetails } from './build/scopeDetails.ts';
import { domainScopes, hostScopes, pageScopes } from './build/scopes.ts';
import type { Numbering } from './numbering.ts';
import { LAST_FOLLOWABLE_TAG, TOTAL_KIND } from './schema.ts';
import type { Staging } from './staging.ts';

/** Scopes with more links than this get their details stored; counting lighter ones on demand takes a few milliseconds. */
export const HEAVY = 1000;

const FOLLOWABLE = `l.state = 0 and l.tag <= ${LAST_FOLLOWABLE_TAG} and l.nofollow <= 1`;
const external = (value: string): string => `count(distinct case when l.state = 0 then ${value} end)`;

/** The counts of `total`, from links `l`, in the order of its columns. Distinct counts are of sources outside the target's domain. */
export const COUNTS = `sum(l.state = 0), sum(l.state = 1), ${external('l.source')}, ${external('p.host')}, ${external('h.domain')},
  sum(${FOLLOWABLE} and l.nofollow = 0), sum(${FOLLOWABLE})`;
export const COUNTED_FROM = 'join page p on p.id = l.source join host h on h.id = p.host';

/** Fills `total`. */
export async function loadTotals(db: DatabaseSync, staging: Staging, numbering: Numbering, order: LinkOrder, pause: Pause): Promise<void> {
  const counter = new ScopeCounter(staging, numbering, order);
  const details = new ScopeDetails(staging, numbering, order);
  const add = db.prepare('insert into total values (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)');
  const kinds = [
    [TOTAL_KIND.page, pageScopes],
    [TOTAL_KIND.host, hostScopes],
    [TOTAL_KIND.domain, domainScopes],
  ] as const;
  let counted = 0;
  for (const [kind, scopes] of kinds) {
    for (const [key, places] of scopes(numbering, order)) {
      const { links, internal, pages, hosts, domains, followed, followable } = counter.count(places);
      const heavy = links > HEAVY ? JSON.stringify(details.of(places, kind === TOTAL_KIND.page ? key : null)) : null;
      add.run(kind, key, links, internal, pages, hosts, domains, followed, followable, heavy);
      counted += places.length + 1;
      if (counted < PAUSE_EVERY) continue;
      counted = 0;
      await pause();
    }
  }
}
