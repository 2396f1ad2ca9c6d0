/**
 * The words both sides speak: what is asked (Target), what comes back (Backlink, RowPage, Summary), how strong a page is (Strength) and
 * how much of it is known (Known). A value that a source does not give is null here, never an invented 0 or "".
 */

/** What backlinks are asked for. `folder` is our extension of the contract (`example.com/docs/*`). */
export type TargetKind = 'domain' | 'host' | 'page' | 'folder';

/**
 * A target and its matching key. Two targets are the same exactly when their `id` is the same.
 *
 * @example { kind: 'page', name: 'example.com/guide', id: 'page:example.com/guide' }
 */
export interface Target {
  readonly kind: TargetKind;
  /** As a person and the contract write it: `example.com`, `blog.example.com`, `https://example.com/a`, `example.com/docs/*`. */
  readonly name: string;
  /** Kind and key: the identity used by caches, batches and stores. */
  readonly id: string;
}

/** The kind of element a link was made with, in the contract's `tag` words. */
export type LinkTag = 'a' | 'aimg' | 'area' | 'iframe' | 'frame' | 'form' | 'meta' | 'javascript' | 'redirect';

export const LINK_TAGS: readonly LinkTag[] = ['a', 'aimg', 'area', 'iframe', 'frame', 'form', 'meta', 'javascript', 'redirect'];

/** The tags that make up the denominator of the followed share. */
export const FOLLOWABLE_TAGS: readonly LinkTag[] = ['a', 'aimg', 'area'];

/**
 * How strong a page or domain is, always with its basis. `index`, `rank` and `estimated` values lie on 0 to 10 with one decimal;
 * a vendor's score keeps its own name and scale. Values of different bases, indexes or vendors are never compared.
 */
export type Strength =
  | { readonly basis: 'index'; readonly value: number; readonly population: number }
  | {
      readonly basis: 'rank';
      readonly value: number;
      readonly position: number;
      readonly population: number;
      /** The domain whose rank it is, where a host of it was asked for. */
      readonly of?: string;
    }
  | { readonly basis: 'vendor'; readonly value: number; readonly name: string; readonly scale: number }
  | { readonly basis: 'estimated'; readonly value: number };

/** Why a backlink that once stood there is gone; `unknown` where a list says that it is, and not why. */
export type LostReason = 'removed' | 'gone' | 'redirected' | 'noindex' | 'canonicalised' | 'unknown';

/** One link on somebody's page that points to the target: the contract's row in our words. Dates are ISO 8601 days. */
export interface Backlink {
  readonly sourceUrl: string;
  readonly title: string | null;
  /** Link text; `[img]` for an image link without any, `[redirect 301]` for a redirect. */
  readonly anchorText: string | null;
  /** Hyperlinks on the source page that point to another registrable domain, to its own, and in all. */
  readonly externalLinks: number | null;
  readonly internalLinks: number | null;
  readonly totalLinks: number | null;
  /** Strength of the source page. */
  readonly strength: Strength | null;
  /** Number of the link among all hyperlinks of its page, from 1, in document order. */
  readonly position: number | null;
  readonly targetUrl: string;
  readonly tag: LinkTag | null;
  readonly nofollow: boolean | null;
  /** The rel tokens of the link, lower case, in document order. */
  readonly rel: readonly string[] | null;
  readonly ip: string | null;
  readonly countryCode: string | null;
  readonly country: string | null;
  readonly city: string | null;
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  readonly lost: { readonly on: string; readonly reason: LostReason } | null;
}

/** Which backlinks by origin: the common question leaves links inside the target's own registrable domain out. */
export type InternalFilter = 'exclude' | 'include' | 'only';

export const INTERNAL_FILTERS: readonly InternalFilter[] = ['exclude', 'include', 'only'];

/** Rows per page that the contract permits. */
export const PAGE_LIMITS = [10, 25, 50, 100, 250] as const;
export type PageLimit = (typeof PAGE_LIMITS)[number];

/** Rows that came (and still stand) or went on a day or later. */
export interface RowChange {
  readonly status: 'new' | 'lost';
  /** ISO day: the `changesSince` of the target's summary. */
  readonly since: string;
}

/** One slice of a target's rows. */
export interface RowPage {
  readonly rows: readonly Backlink[];
  readonly offset: number;
  /** Rows available in all; null where the source gives no total. */
  readonly total: number | null;
  /** Changes when the data behind the rows changed: paging must then start again. Null where the source has no such thing. */
  readonly generation: string | null;
  /** Of rows that are one a domain: how many more each one's domain has. */
  readonly more?: readonly number[];
}

/** A target's totals. Every number is null where the source does not give it. */
export interface Summary {
  readonly target: Target;
  /** Links from other registrable domains. */
  readonly backlinks: number | null;
  /** What `backlinks` counts at this source. */
  readonly unit: 'links' | 'pages';
  readonly internalBacklinks: number | null;
  readonly referringPages: number | null;
  readonly referringHosts: number | null;
  readonly referringDomains: number | null;
  /** Followed links among the links of kind a, aimg and area. */
  readonly followed: { readonly links: number; readonly of: number } | null;
  /** The written forms behind one page key, most linked first. */
  readonly forms: readonly { readonly url: string; readonly backlinks: number }[] | null;
  readonly strength: Strength | null;
  /** Of a domain or host without a strength, at a source that knows the first so many domains by rank: how many these are. It is none of them. */
  readonly notAmongFirst?: number | null;
  readonly topAnchors: readonly { readonly text: string; readonly count: number }[] | null;
  /** Where the target itself redirects, as captured. */
  readonly redirectsTo: { readonly url: string; readonly status: number; readonly on: string | null } | null;
  /**
   * Of a page: the URLs that redirect to it, as captured, directly or over others, and have backlinks of their own, most linked first, at most 50.
   * Their links stay with them and are not among this page's. Absent or null where the source gives no such thing.
   */
  readonly viaRedirect?: readonly { readonly url: string; readonly backlinks: number }[] | null;
  /** Strongest rows, one per referring domain, with how many more rows that domain has; null where the source gives rows but not that. */
  readonly strongest: readonly { readonly row: Backlink; readonly more: number | null }[] | null;
  /**
   * Backlinks that stand and were first seen, and that were lost, on the day `changesSince` or later. Absent or null where the source does not say;
   * of an index also while none of its pages was captured twice: a first capture is the baseline, not news.
   */
  readonly newBacklinks?: number | null;
  readonly lostBacklinks?: number | null;
  /** ISO day. */
  readonly changesSince?: string | null;
  /** The ISO day of the data. */
  readonly asOf: string | null;
  /** Whose statement the counts are, where the source has none of its own and passes on a list's ("Google Search Console"). */
  readonly statedBy?: string | null;
}

/** Why a look-up failed; each names what the user can do about it (see server/src/util/errors.ts). */
export type FailureReason = 'auth' | 'quota' | 'throttled' | 'offline' | 'timeout' | 'refused-target' | 'bad-reply' | 'unavailable';

/** Why a target was not asked for at all; `kind`: the source tells nothing about such targets, as one of domains does about pages. */
export type SkipReason = 'private' | 'reserved' | 'ignored' | 'budget' | 'manual' | 'kind' | 'no-source';

/** A value with the moment it was learned (epoch milliseconds). */
export interface Dated<T> {
  readonly value: T;
  readonly at: number;
}

/** How much is known of something. There is no zero in here: absence of knowledge has its own names. */
export type Known<T> =
  | ({ readonly state: 'fresh' } & Dated<T>)
  | ({ readonly state: 'stale' } & Dated<T>)
  | { readonly state: 'pending'; readonly last: Dated<T> | null }
  | {
      readonly state: 'failed';
      readonly reason: FailureReason;
      /** Stable code, what happened, to which input, what to do. */
      readonly code: string;
      readonly message: string;
      /** Epoch milliseconds before which it is not asked again; null where a person must act first. */
      readonly retryAt: number | null;
      readonly last: Dated<T> | null;
    }
  | { readonly state: 'skipped'; readonly reason: SkipReason }
  | { readonly state: 'unknown' };

/**
 * The value behind a Known, however old, for surfaces that show what there is.
 *
 * @returns the value with its age, or null when nothing was ever learned
 */
export function lastKnown<T>(known: Known<T>): Dated<T> | null {
  switch (known.state) {
    case 'fresh':
    case 'stale':
      return { value: known.value, at: known.at };
    case 'pending':
    case 'failed':
      return known.last;
    case 'skipped':
    case 'unknown':
      return null;
  }
}
