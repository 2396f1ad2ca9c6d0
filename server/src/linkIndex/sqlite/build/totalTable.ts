/** The table of totals: every scope that has links, counted over the links in typed arrays. */

import { TOTAL_KIND } from '../schema.ts';
import { HEAVY } from '../totals.ts';
import type { Generation } from './generation.ts';
import type { Trees } from './largeTables.ts';
import { PAUSE_EVERY, type Pause } from './pause.ts';
import { ScopeCounter } from './scopeCounts.ts';
import { ScopeDetails } from './scopeDetails.ts';
import type { LinkScopes } from './scopes.ts';

/** Columns of a total from its kind to `followable`, which are always written. */
const ALWAYS = 9;

export async function writeTotals(
  { record, index }: Trees,
  { staging, numbering, order }: Generation,
  scopes: LinkScopes,
  pause: Pause,
): Promise<void> {
  const counter = new ScopeCounter(staging, numbering, order);
  const details = new ScopeDetails(staging, numbering, order);
  const tree = index('total');
  const kinds = [
    [TOTAL_KIND.page, scopes.pages()],
    [TOTAL_KIND.host, scopes.hostTrees()],
    [TOTAL_KIND.domain, scopes.domains()],
  ] as const;
  let counted = 0;
  for (const [kind, found] of kinds) {
    for (const [key, places] of found) {
      const { links, internal, pages, hosts, domains, followed, followable } = counter.count(places);
      record.begin();
      for (const value of [kind, key, links, internal, pages, hosts, domains, followed, followable, 0]) record.int(value);
      record.textOrNull(links > HEAVY ? JSON.stringify(details.of(places, kind === TOTAL_KIND.page ? key : null)) : null);
      record.trim(ALWAYS);
      tree.add(record);
      counted += places.length + 1;
      if (counted < PAUSE_EVERY) continue;
      counted = 0;
      await pause();
    }
  }
  tree.finish();
}
