/** The table of totals: every scope that has links, counted over the links in typed arrays. */

import { folderKind, TOTAL_KIND } from '../schema.ts';
import { HEAVY } from '../totals.ts';
import type { Generation } from './generation.ts';
import { heavyFolders } from './heavyFolders.ts';
import type { Trees } from './linkTask.ts';
import { PAUSE_EVERY, type Pause } from './pause.ts';
import { ScopeCounter } from './scopeCounts.ts';
import { ScopeDetails } from './scopeDetails.ts';
import { hostTrees, type LinkGroups, type Scope, scopesOf } from './scopes.ts';

/** @returns the rows written */
export async function writeTotals({ record, index }: Trees, generation: Generation, groups: LinkGroups, pause: Pause): Promise<number> {
  const counter = new ScopeCounter(generation);
  const details = new ScopeDetails(generation);
  const tree = index('total');
  let counted = 0;
  let written = 0;
  for (const [kind, scope] of scopesByKind(generation, groups)) {
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
    if (links > HEAVY || kind > TOTAL_KIND.domain) {
      record.int(0);
      record.text(JSON.stringify(details.of(scope, kind === TOTAL_KIND.page ? scope.key : null)));
    }
    tree.add(record);
    written++;
    counted += scope.end - scope.start + 1;
    if (counted < PAUSE_EVERY) continue;
    counted = 0;
    await pause();
  }
  tree.finish();
  return written;
}

/** In the order of the table. */
function* scopesByKind({ numbering, staging }: Generation, groups: LinkGroups): Generator<readonly [kind: number, scope: Scope], void, void> {
  for (const scope of scopesOf(groups.page)) yield [TOTAL_KIND.page, scope];
  for (const scope of hostTrees(numbering, groups.host)) yield [TOTAL_KIND.host, scope];
  for (const scope of scopesOf(groups.domain)) yield [TOTAL_KIND.domain, scope];
  const keyOf = (page: number): string => staging.urls.keys[numbering.order[page - 1] as number] as string;
  for (const folder of heavyFolders(numbering, keyOf, groups.page)) yield [folderKind(folder.depth), folder];
}
