/**
 * The interface every engine of the link index satisfies. Rows come in one total order, the same in every store:
 * strength of the source page descending, source page key, position, id.
 */
import type { InternalFilter, LinkTag, LostReason, RowPage, Summary, Target } from '../../../shared/backlinks.ts';
import type {
  AnchorCount,
  CommonDomain,
  DayOfChanges,
  EduGovLinks,
  Intersection,
  LinkedPage,
  LinksFrom,
  ListPage,
  ReferringDomain,
  ReferringNetworks,
  RowFilter,
  RowSort,
  ShareList,
  StatedReferrer,
  StrengthSpread,
  TargetStatements,
} from '../../../shared/queries.ts';
import type { ErrorCode } from '../util/errors.ts';

export interface RowQuery {
  readonly target: Target;
  readonly limit: number;
  readonly offset: number;
  readonly internal: InternalFilter;
  /** Absent: every live row. */
  readonly filter?: RowFilter | undefined;
  /** Absent: by strength, the total order above. */
  readonly sort?: RowSort | undefined;
}

/** One slice of a list that sums up a target's backlinks. */
export interface ListQuery {
  readonly target: Target;
  readonly limit: number;
  readonly offset: number;
}

export interface IntersectionQuery extends Intersection {
  readonly limit: number;
  readonly offset: number;
}

/** A slice of the domains that one list names for a target. */
export interface StatedQuery extends ListQuery {
  readonly list: string;
}

/** Which of some domains link to a target. */
export interface LinksFromQuery {
  readonly target: Target;
  /** Registrable domains. */
  readonly domains: readonly string[];
}

export interface SummaryOptions {
  /** False: counts, strength and redirects only; `forms`, `topAnchors`, `strongest` and `viaRedirect` are null. Absent: everything. */
  readonly lists?: boolean | undefined;
}

/** What an index holds, for `index info`, the status item and "none seen in N pages". */
export interface IndexInfo {
  readonly generation: string;
  readonly schema: number;
  /** Pages with a capture, and pages only known because something links to them. */
  readonly pages: number;
  readonly knownUrls: number;
  readonly links: number;
  readonly internalLinks: number;
  /** Hosts and registrable domains met: with a page of their own, or only linked to. */
  readonly hosts: number;
  readonly domains: number;
  /** Earliest and latest capture day, ISO 8601; null in an empty index. */
  readonly firstCapture: string | null;
  readonly lastCapture: string | null;
  /** True once some page was captured at two different times: from then on there is something new, or lost. Absent: false. */
  readonly recaptured?: boolean;
  readonly builtAt: string;
  readonly strength: { readonly iterations: number; readonly delta: number; readonly damping: number } | null;
  /** The strongest pages, at most five, equals by key. Strength is from 0 to 10, as of the latest build or new generation. */
  readonly topPages: readonly { readonly url: string; readonly strength: number }[];
  readonly inputs: readonly { readonly name: string; readonly pages: number; readonly links: number; readonly note: string | null }[];
  /** Domain ranks that it holds; null for none. */
  readonly ranks?: { readonly release: string | null; readonly population: number | null; readonly domains: number } | null;
  /** Targets that lists make statements about. */
  readonly stated?: number;
  /** Why what lies in the index's place now is not what answers; absent where it is. */
  readonly behind?: { readonly code: ErrorCode; readonly message: string };
}

/** Reading side. Every call may be aborted; nothing here writes. */
export interface BacklinkStore {
  rows(query: RowQuery, signal: AbortSignal): Promise<RowPage>;
  /** One summary a target, in the order asked; zeros mean "none seen in this index". */
  summaries(targets: readonly Target[], signal: AbortSignal, options?: SummaryOptions): Promise<readonly Summary[]>;
  /** Strength of one page or domain, null when the index does not know it. */
  strength(target: Target, signal: AbortSignal): Promise<number | null>;
  /** Link texts. */
  anchors(query: ListQuery, signal: AbortSignal): Promise<ShareList<AnchorCount>>;
  referringDomains(query: ListQuery, signal: AbortSignal): Promise<ListPage<ReferringDomain>>;
  /** The target's own pages that have backlinks. */
  linkedPages(query: ListQuery, signal: AbortSignal): Promise<ShareList<LinkedPage>>;
  strengthSpread(target: Target, signal: AbortSignal): Promise<StrengthSpread>;
  changes(query: ListQuery, signal: AbortSignal): Promise<ListPage<DayOfChanges>>;
  /** Domains that link to all of some targets, and to none of some others. Empty where `to` is. */
  intersection(query: IntersectionQuery, signal: AbortSignal): Promise<ListPage<CommonDomain>>;
  /** From how many servers a target is linked to. */
  networks(target: Target, signal: AbortSignal): Promise<ReferringNetworks>;
  /** What a target gets from the top-level domains edu and gov. */
  eduGov(target: Target, signal: AbortSignal): Promise<EduGovLinks>;
  /** How often each of some domains links to a target. */
  linksFrom(query: LinksFromQuery, signal: AbortSignal): Promise<LinksFrom>;
  /** What lists say of a target as a whole, and a domain's rank. */
  statements(target: Target, signal: AbortSignal): Promise<TargetStatements>;
  /** Domains that a list names for a target. */
  statedDomains(query: StatedQuery, signal: AbortSignal): Promise<ListPage<StatedReferrer>>;
  info(signal: AbortSignal): Promise<IndexInfo>;
  close(): Promise<void>;
}

/** A page as ingested, whatever archive it came from. */
export interface CrawledPage {
  /** Final absolute URL of the capture. */
  readonly url: string;
  readonly title: string | null;
  /** Capture time, epoch milliseconds; null where the input has none. */
  readonly capturedAt: number | null;
  readonly ip: string | null;
  readonly canonical: string | null;
  readonly noindex: boolean;
  /** True when the capture ended before the page did: what else stands on the page is not known. */
  readonly truncated?: boolean | undefined;
  /** External, internal and all hyperlinks of the page. */
  readonly links: readonly CrawledLink[];
}

export interface CrawledLink {
  /** Absolute URL, as resolved. */
  readonly url: string;
  /** What the URL comes down to, where the reader has worked it out. */
  readonly known?: AddressKey | undefined;
  readonly text: string;
  /** Shared by links of one input that have this text. */
  readonly textKey?: TextKey | undefined;
  readonly tag: LinkTag;
  readonly position: number | null;
  readonly nofollow: boolean;
  readonly rel: readonly string[];
}

/** What an address comes down to. Links of one input to one address share one of these. */
export interface AddressKey {
  /** Page key of the address. */
  readonly key: string;
  /** Place in FORM_CODES of what stands before the key in the address; negative where it is not written so. */
  readonly form: number;
  /** By which the one writer that takes it in knows the key; negative until then. */
  number: number;
  /** By which it knows the form, where that is not in FORM_CODES; negative until then. */
  formNumber: number;
}

/** A link text that several links of one input have. */
export interface TextKey {
  /** By which the one writer that takes it in knows the text; negative until then. */
  number: number;
}

/** A capture that was a redirect. */
export interface CrawledRedirect {
  readonly url: string;
  readonly target: string;
  readonly status: number;
  readonly capturedAt: number | null;
  readonly ip: string | null;
}

/** A capture that found nothing any more (404 or 410): the page's links are lost from this day. */
export interface CrawledGone {
  readonly url: string;
  readonly status: number;
  readonly capturedAt: number | null;
}

/** A capture that found the page as it was before (a `revisit` record, or 304 of a conditional request). Of a page never captured it says nothing. */
export interface CrawledUnchanged {
  readonly url: string;
  readonly capturedAt: number | null;
}

/** A link as somebody else's list tells it; null for what the list does not say. A target that is only known by its site is `https://site/*`. */
export interface ListedAnchor extends Omit<CrawledLink, 'text' | 'tag' | 'nofollow'> {
  readonly text: string | null;
  readonly tag: LinkTag | null;
  readonly nofollow: boolean | null;
}

/** One link that somebody else's list names. Of its page nothing else is known, so it feeds no strength and never replaces a capture. */
export interface ListedLink {
  readonly sourceUrl: string;
  readonly sourceTitle: string | null;
  readonly link: ListedAnchor;
  /** Epoch milliseconds. */
  readonly firstSeen: number | null;
  readonly lastSeen: number | null;
  readonly lost: { readonly at: number; readonly reason: LostReason } | null;
  readonly externalLinks: number | null;
  /** The list's own score of the source page, under its own name and scale; of its domain where it scores only that. */
  readonly score: { readonly name: string; readonly value: number; readonly scale: number; readonly of: 'page' | 'domain' } | null;
}

/** What a list says of one target as a whole. Kept under the list's name, shown as its statement, never added to what was counted here. */
export interface StatedTotal {
  readonly target: Target;
  /** Whose statement it is: `Google Search Console`. A newer one of the same name replaces it. */
  readonly list: string;
  /** Epoch milliseconds. */
  readonly asOf: number | null;
  readonly links: number | null;
  /** What `links` counts. */
  readonly unit: 'links' | 'pages';
  readonly domains: number | null;
}

/** Domains that a list names as linking to a target; parts of one statement may follow each other. Together they replace an older one. */
export interface StatedDomains {
  readonly target: Target;
  readonly list: string;
  /** Epoch milliseconds. */
  readonly asOf: number | null;
  readonly domains: readonly StatedDomain[];
}

export interface StatedDomain {
  readonly name: string;
  /** Its pages that link to the target, and the target's pages it links to. */
  readonly pages: number | null;
  readonly targetPages: number | null;
}

/** A domain's places in the ranks of Common Crawl's release, from 1. Of domains that the input has not stated they say nothing. */
export interface DomainPlaces {
  readonly name: string;
  readonly harmonic: number;
  readonly pageRank: number;
}

/** A part of a list of domains by rank. The parts of one input follow each other; together they replace the ranks there were. */
export interface DomainRanks {
  /** The release, `cc-main-2025-26-nov-dec-jan`; null where neither file nor address says. */
  readonly release: string | null;
  /** Domains that the release ranks in all; null where nobody knows. */
  readonly population: number | null;
  /** Registrable domains with their places, from 1. */
  readonly domains: readonly (readonly [name: string, position: number])[];
}

/** What every input is read into, one at a time. */
export type Capture =
  | { readonly kind: 'page'; readonly page: CrawledPage }
  | { readonly kind: 'redirect'; readonly redirect: CrawledRedirect }
  | { readonly kind: 'gone'; readonly gone: CrawledGone }
  | { readonly kind: 'unchanged'; readonly unchanged: CrawledUnchanged }
  | { readonly kind: 'listed'; readonly listed: ListedLink }
  | { readonly kind: 'statedTotal'; readonly stated: StatedTotal }
  | { readonly kind: 'statedDomains'; readonly stated: StatedDomains }
  | { readonly kind: 'places'; readonly places: readonly DomainPlaces[] }
  | { readonly kind: 'ranks'; readonly ranks: DomainRanks };

/** What an input turned out to be, when it was read to its end or to its damage. */
export interface InputEnd {
  /** What a person should know of the input, such as where it was damaged. */
  readonly note: string | null;
  /** Bytes that were read; what `beginInput` was told where the input names no size. */
  readonly bytes: number;
  /** SHA-256 of the stored bytes, hex; null for a folder and for what was not read whole. */
  readonly hash: string | null;
}

/** Writing side: one new generation, complete or not at all. Readers see nothing of it before `finish`. */
export interface GenerationWriter {
  /**
   * Starts an input. Several may be open at a time: worker processes read side by side. Which captures win never depends on that.
   *
   * @param bytes as known before it is read; 0 where unknown
   * @returns the input's number, counted from 0 in the order of the calls, which is the order the user named them in
   */
  beginInput(name: string, bytes: number): number;
  /**
   * Takes a capture of an open input in. Of several captures of one page key the latest wins; of equally old ones that of the later input, and
   * within an input the last. A redirect to its own key is dropped.
   */
  add(capture: Capture, input: number): void;
  endInput(input: number, end: InputEnd): void;
  /** Computes strength and totals, writes the generation and switches to it. */
  finish(options: FinishOptions): Promise<IndexInfo>;
  /** Throws everything away; the old generation stays. Harmless after `finish`. */
  discard(): void;
}

export interface FinishOptions {
  readonly signal: AbortSignal;
  readonly onPhase: (phase: 'strength' | 'writing') => void;
}
