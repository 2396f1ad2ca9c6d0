/** What a target's total and first rows tell about it, where an endpoint gives no summaries: only what follows for certain, null for the rest. */
import { type Backlink, FOLLOWABLE_TAGS, type Summary, type Target } from '../../../../shared/backlinks.ts';
import { registrableDomain } from '../../urls/domains.ts';

/**
 * @param rows the target's first rows, in the endpoint's order
 * @param total rows available in all, null where the endpoint does not say
 * @param limit rows that were asked for: fewer are all there are
 */
export function summaryOf(target: Target, rows: readonly Backlink[], total: number | null, limit: number): Summary {
  const complete = total === null ? rows.length < limit : rows.length >= total;
  const hosts = rows.map((row) => URL.parse(row.sourceUrl)?.hostname ?? null);
  const known = complete && !hosts.includes(null);
  const domains = hosts.map((host) => (host === null ? null : registrableDomain(host)));
  return {
    target,
    backlinks: total ?? (complete ? rows.length : null),
    unit: 'links',
    internalBacklinks: null,
    referringPages: complete ? new Set(rows.map((row) => row.sourceUrl)).size : null,
    referringHosts: known ? new Set(hosts).size : null,
    referringDomains: known ? new Set(domains).size : null,
    followed: complete ? followedOf(rows) : null,
    forms: complete ? tally(rows.map((row) => row.targetUrl)).map(([url, backlinks]) => ({ url, backlinks })) : null,
    strength: null,
    topAnchors: complete ? tally(rows.map((row) => row.anchorText ?? '')).map(([text, count]) => ({ text, count })) : null,
    redirectsTo: null,
    strongest: strongestOf(rows, domains, complete),
    asOf: null,
  };
}

/** Null as soon as one row does not say what it is. */
function followedOf(rows: readonly Backlink[]): Summary['followed'] {
  if (rows.some((row) => row.tag === null || row.nofollow === null)) return null;
  const links = rows.filter((row) => row.tag !== null && FOLLOWABLE_TAGS.includes(row.tag));
  return { links: links.filter((row) => row.nofollow === false).length, of: links.length };
}

/** One row a domain. The contract promises no order: of an incomplete list they are the strongest only if it comes strongest first. */
function strongestOf(rows: readonly Backlink[], domains: readonly (string | null)[], complete: boolean): Summary['strongest'] {
  if (!complete && !descends(rows)) return null;
  const groups = new Map<string, Backlink[]>();
  for (const [index, row] of rows.entries()) {
    const domain = domains[index] ?? row.sourceUrl;
    const group = groups.get(domain);
    if (group === undefined) groups.set(domain, [row]);
    else group.push(row);
  }
  const best = [...groups.values()].flatMap((group) => {
    const [row] = group.sort(byStrength);
    return row === undefined ? [] : [{ row, more: complete ? group.length - 1 : null }];
  });
  return best.sort((a, b) => byStrength(a.row, b.row));
}

function byStrength(a: Backlink, b: Backlink): number {
  return (b.strength?.value ?? -1) - (a.strength?.value ?? -1);
}

function descends(rows: readonly Backlink[]): boolean {
  return rows.every((row, index) => row.strength !== null && byStrength(rows[index - 1] ?? row, row) <= 0);
}

/** Values with their number, most frequent first, then in order of appearance. */
function tally(values: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}
