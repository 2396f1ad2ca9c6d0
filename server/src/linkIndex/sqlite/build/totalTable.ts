/** The table of totals: every scope that has links, counted over the links in typed arrays. */

import { TOTAL_KIND } from '../schema.ts';
import { HEAVY } from '../totals.ts';
import type { Generation } from './generation.ts';
import type { Trees } from './linkTask.ts';
import { PAUSE_EVERY, type Pause } from './pause.ts';
import { ScopeCounter } from './scopeCounts.ts';
import { ScopeDetails } from './scopeDetails.ts';
import { hostTrees, type LinkGroups, scopesOf } from './scopes.ts';

export async function writeTotals({ record, index }: Trees, generation: Generation, groups: LinkGroups, pause: Pause): Promise<void> {
  const counter = new ScopeCounter(generation);
  const details = new ScopeDetails(generation);
  const tree = index('total');
  const kinds = [
    [TOTAL_KIND.page, scopesOf(groups.page)],
    [TOTAL_KIND.host, hostTrees(generation.numbering, groups.host)],
    [TOTAL_KIND.domain, scopesOf(groups.domain)],
  ] as const;
  let counted = 0;
  for (const [kind, found] of kinds) {
    for (const scope of found) {
      const { links, internal, pages, hosts, domains, followed, followable } = counter.count(scope);
      record.begin();
      record.int(kind);
      record.int(scope.key);
      record.int(links);
      record.int(internal);
      record.int(pages);
      record.int(hosts);
      record.int(domains);
      record.int(followed);
      record.int(followable);
      if (links > HEAVY) {
        record.int(0);
        record.text(JSON.stringify(details.of(scope, kind === TOTAL_KIND.page ? scope.key : null)));
      }
      tree.add(record);
      counted += scope.end - scope.start + 1;
      if (counted < PAUSE_EVERY) continue;
      counted = 0;
      await pause();
    }
  }
  tree.finish();
}
