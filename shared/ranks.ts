/** Where everybody gets domain ranks for nothing: Common Crawl's list of domains, of which the first million are read. */

/** The newest release that is known to rank domains. */
export const RANKS_RELEASE = 'cc-main-2026-jun-jul-aug';

/** Megabytes that reading the first million domains fetches, about. */
export const RANKS_MEGABYTES = 30;

/** Address of a release's list. Source: Common Crawl's announcements of its web graphs. */
export function ranksAddress(release = RANKS_RELEASE): string {
  return `https://data.commoncrawl.org/projects/hyperlinkgraph/${release}/domain/${release}-domain-ranks.txt.gz`;
}
