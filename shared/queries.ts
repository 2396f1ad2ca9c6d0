/**
 * What can be asked of an index beyond one page of rows: filters and orders of rows, and lists that sum up a target's backlinks. Lists count
 * live links from other registrable domains, and each has one total order, the same in every store.
 */
import type { LinkTag, Strength, Target } from './backlinks.ts';

/**
 * `live`: links that stand. `new`: live ones first seen by a capture later than an earlier capture of their page. `lost`: those that stood
 * once. `all`: live and lost.
 */
export type RowStatus = 'live' | 'new' | 'lost' | 'all';

export const ROW_STATUSES: readonly RowStatus[] = ['live', 'new', 'lost', 'all'];

/** Which rows. What is absent does not narrow. */
export interface RowFilter {
  /** True: followed links of kind a, aimg and area, as the followed share counts them; false: the others of these kinds. */
  readonly followed?: boolean | undefined;
  readonly tag?: LinkTag | undefined;
  /** ISO 3166-1 country code of the source page's server, in any case. */
  readonly country?: string | undefined;
  /** Absent: live. */
  readonly status?: RowStatus | undefined;
  /** ISO day: new ones first seen, and lost ones lost, on this day or later. Live links are there whenever they were first seen. */
  readonly since?: string | undefined;
  /** Only the first row of each referring domain; RowPage.more then says how many more it has. */
  readonly onePerDomain?: boolean | undefined;
  /** The link text contains this, whatever the case. */
  readonly anchor?: string | undefined;
}

/** `date`: latest first seen first, those without a date last, the rest in the order of strength. */
export type RowSort = 'strength' | 'date';

export const ROW_SORTS: readonly RowSort[] = ['strength', 'date'];

/** One slice of a list. */
export interface ListPage<T> {
  readonly items: readonly T[];
  readonly offset: number;
  readonly total: number;
  /** As in RowPage. */
  readonly generation: string;
}

/** A slice of a list whose entries share a target's backlinks among them: each backlink is in one entry. */
export interface ShareList<T> extends ListPage<T> {
  /** Backlinks of all entries together, those outside this slice, too. */
  readonly backlinks: number;
}

/** Followed links among those of kind a, aimg and area. */
export interface FollowedShare {
  readonly links: number;
  readonly of: number;
}

/** A link text of a target. Order: most links first, then by the bytes of the text. */
export interface AnchorCount {
  /** Null where lists name links without their text. */
  readonly text: string | null;
  readonly backlinks: number;
  readonly referringDomains: number;
  readonly followed: FollowedShare;
}

/** A registrable domain that links to a target. Order: strength descending, most links first, name. */
export interface ReferringDomain {
  readonly domain: string;
  readonly strength: Strength;
  readonly backlinks: number;
  readonly followed: FollowedShare;
  /** ISO day its first link was seen; null without a date. */
  readonly firstSeen: string | null;
}

/** A page of a target that has backlinks. Order: most links first, then page key. */
export interface LinkedPage {
  readonly url: string;
  readonly strength: Strength;
  readonly backlinks: number;
  readonly referringDomains: number;
  readonly followed: FollowedShare;
  /** Status of the latest capture where it found nothing (404, 410) or a redirect; null for a page, and for a URL never captured. */
  readonly status: number | null;
}

/** Rows of a target by the strength of their source page. */
export interface StrengthSpread {
  /** Eleven counts: strength below 1, below 2 … below 10, and 10 itself. */
  readonly counts: readonly number[];
  readonly generation: string;
}

/** Servers that a target's backlinks come from, by the addresses that their pages were captured from. */
export interface ReferringNetworks {
  /** Different IP addresses; null where not one address is known and there are backlinks. */
  readonly addresses: number | null;
  /** Their C nets: the first three bytes of an IPv4 address, 48 bits of an IPv6 address. Null as above. */
  readonly netsC: number | null;
  /** Their B nets: two bytes, 32 bits. */
  readonly netsB: number | null;
  /** Referring pages, and those of them whose address is known. */
  readonly pages: number;
  readonly known: number;
  readonly generation: string;
}

/** Backlinks from pages under the top-level domains edu and gov. */
export interface EduGovLinks {
  readonly backlinks: number;
  readonly referringDomains: number;
  readonly generation: string;
}

/** Backlinks from each domain that was asked about. */
export interface LinksFrom {
  /** In the order asked; 0 for a domain that does not link, and for the target's own. */
  readonly backlinks: readonly number[];
  readonly generation: string;
}

/** What changed on one day. Order: latest day first. A link that was new on one day and lost on a later one counts on both. */
export interface DayOfChanges {
  /** ISO day. */
  readonly day: string;
  readonly new: number;
  readonly lost: number;
}

/** Domains that link to every target of `to` and to none of `butNot`; the domains of `butNot` themselves are never among them. */
export interface Intersection {
  /** At least one. */
  readonly to: readonly Target[];
  readonly butNot: readonly Target[];
}

/** Order: strength descending, name. */
export interface CommonDomain {
  readonly domain: string;
  readonly strength: Strength;
  /** Links to each target of `to`, in their order. */
  readonly backlinks: readonly number[];
}

/** What somebody's list says of a target as a whole: the totals of a Search Console export, the referring domains of a web graph. */
export interface Statement {
  /** Whose statement it is. */
  readonly list: string;
  /** ISO day; null where the list has none. */
  readonly asOf: string | null;
  readonly backlinks: number | null;
  /** What `backlinks` counts. */
  readonly unit: 'links' | 'pages';
  readonly referringDomains: number | null;
  /** Referring domains that the list names, which may be fewer than it counts. */
  readonly named: number;
}

/** A domain's place in Common Crawl's ranks. */
export interface DomainRank {
  /** From 1. */
  readonly position: number;
  /** Domains ranked in all, and what of it follows; null where nobody knows how many these are. */
  readonly population: number | null;
  readonly strength: Strength | null;
  /** `cc-main-2026-mar-apr-may`; null where the list did not say. */
  readonly release: string | null;
}

export interface TargetStatements {
  /** The newest first; empty for a target that no list speaks of. */
  readonly statements: readonly Statement[];
  /** Of a domain; null for other targets, and for one that is not among the domains kept. */
  readonly rank: DomainRank | null;
  readonly generation: string;
}

/** A domain that a list names as linking to a target. Order: best harmonic place first, then most pages, then name. */
export interface StatedReferrer {
  readonly domain: string;
  /** Its pages that link to the target, and the target's pages it links to. */
  readonly pages: number | null;
  readonly targetPages: number | null;
  /** Its places in the ranks of the list's release, from 1. */
  readonly harmonic: number | null;
  readonly pageRank: number | null;
}
