/** A target's totals out of the link counts of its pages. */
import type { Summary, Target } from '../../../../shared/backlinks.ts';
import { blankSummary } from '../blank.ts';
import type { SiteCounts } from './counts.ts';
import { isTarget } from './sites.ts';
import type { Listed } from './walk.ts';
import type { LinkedPage, Site } from './wire.ts';

/** Counts of one site. */
export interface Counted {
  readonly site: Site;
  readonly counts: SiteCounts;
}

/** The pages of a target that have links, the most linked first; one that two sites tell of is there once. */
export function listsOf(target: Target, counted: readonly Counted[]): readonly Listed[] {
  const byUrl = new Map<string, Listed>();
  for (const { site, counts } of counted) {
    for (const page of counts.pages) {
      if (!isTarget(target, page)) continue;
      const known = byUrl.get(page.url);
      if (known === undefined || known.page.count < page.count) byUrl.set(page.url, { site, page });
    }
  }
  return [...byUrl.values()].sort((a, b) => b.page.count - a.page.count || (a.page.url < b.page.url ? -1 : 1));
}

/**
 * Bing lists the pages of a site that have links: one that is not among them has none, unless the list was too long to be read. Its forms are
 * the addresses that have the page's key.
 */
export function summaryOf(target: Target, counted: readonly Counted[]): Summary {
  const pages: readonly LinkedPage[] = listsOf(target, counted).map(({ page }) => page);
  const complete = counted.every(({ counts }) => counts.complete);
  const backlinks = pages.reduce((sum, { count }) => sum + count, 0);
  return {
    ...blankSummary(target),
    backlinks: complete || (target.kind === 'page' && pages.length > 0) ? backlinks : null,
    forms: target.kind === 'page' && complete ? pages.map(({ url, count }) => ({ url, backlinks: count })) : null,
  };
}
