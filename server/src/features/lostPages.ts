/** Which pages of a site are lost: backlinks point at them, no file of the folder stands there, and no redirect takes their readers on. Pure. */
import type { LinkedPage } from '../../../shared/queries.ts';
import { pageKey } from '../urls/keys.ts';
import { pathMatches } from './ignorePatterns.ts';

/** When a page was deleted or renamed, by the history of the folder. */
export interface Removal {
  /** Abbreviated name of the commit. */
  readonly commit: string;
  /** ISO day. */
  readonly day: string;
  /** The file it became, below the folder; null for one that was deleted, and for one that is gone since. */
  readonly to: string | null;
}

export interface LostPage {
  /** Address on the web, and its path. */
  readonly url: string;
  readonly path: string;
  readonly backlinks: number;
  readonly domains: number;
  /** Domains that link by a followed link; null while nobody has counted them. */
  readonly followedDomains: number | null;
  /** What the latest capture found there, 404 or 410; null where it found a page, and where there is none. */
  readonly status: number | null;
  readonly removal: Removal | null;
}

export interface LostInput {
  /** Address of the site, with a slash at its end. */
  readonly siteUrl: string;
  readonly linked: readonly LinkedPage[];
  /** Whether a file of the folder stands at an address. */
  readonly exists: (url: string) => boolean;
  /** Whether a redirect takes a path on. */
  readonly saved: (path: string) => boolean;
  /** Patterns of paths below the site. */
  readonly excluded: readonly string[];
  /** By page key. */
  readonly removals: ReadonlyMap<string, Removal>;
}

/** The most linked first. */
export function findLostPages({ siteUrl, linked, exists, saved, excluded, removals }: LostInput): LostPage[] {
  const root = URL.parse(siteUrl)?.pathname ?? '/';
  const found = new Map<string, LostPage>();
  for (const { url, backlinks, referringDomains, followed, status } of linked) {
    const bare = withoutQuery(url);
    const path = bare === null ? null : bare.pathname;
    if (bare === null || path === null || backlinks === 0 || !path.startsWith(root) || !isPage(path)) continue;
    // A captured redirect takes readers on already, wherever it is written.
    if (status !== null && status >= 300 && status < 400) continue;
    const below = `/${path.slice(root.length)}`;
    if (excluded.some((pattern) => pathMatches(pattern, below)) || exists(bare.href) || saved(path)) continue;
    const key = pageKey(bare.href) ?? bare.href;
    const before = found.get(key);
    const followedDomains = followed.links === followed.of ? referringDomains : followed.links === 0 ? 0 : null;
    found.set(key, {
      url: before?.url ?? bare.href,
      path,
      backlinks: backlinks + (before?.backlinks ?? 0),
      // The domains of two forms of one address may be the same ones.
      domains: Math.max(referringDomains, before?.domains ?? 0),
      followedDomains: before === undefined ? followedDomains : null,
      status: status ?? before?.status ?? null,
      removal: removals.get(key) ?? null,
    });
  }
  return [...found.values()].sort(byLoss);
}

/** Followed referring domains, then all of them, then links, then the path. */
export function byLoss(a: LostPage, b: LostPage): number {
  const followed = (page: LostPage) => page.followedDomains ?? 0;
  return followed(b) - followed(a) || b.domains - a.domains || b.backlinks - a.backlinks || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
}

function withoutQuery(url: string): URL | null {
  const parsed = URL.parse(url);
  if (parsed === null) return null;
  parsed.search = '';
  parsed.hash = '';
  return parsed;
}

/** What has another extension is a file that a page may hold; which of those were removed on purpose nobody can tell. */
function isPage(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return !name.includes('.') || /\.(?:html?|xhtml|md|markdown|php|aspx?|jsp|cfm)$/i.test(name);
}
