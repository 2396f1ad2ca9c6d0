/**
 * What a source is, once. A source turns targets into summaries and rows; it knows nothing of documents, caches or batches.
 * Each lives in a folder of its own and is named only in registry.ts.
 */
import type { Backlink, InternalFilter, RowChange, RowPage, Summary, Target, TargetKind } from '../../../shared/backlinks.ts';
import type { LinkedPage } from '../../../shared/queries.ts';
import type { BacklinkLensError } from '../util/errors.ts';

/** What a source can do and what it costs, so that batcher, budget and picker need not know which one it is. */
export interface SourceCapabilities {
  /** Stable id as in the settings: `index`, `searchmetrics`. */
  readonly id: string;
  readonly label: string;
  /** True when asking it sends anything off this machine. */
  readonly remote: boolean;
  /** True where no reply of the real service could be captured. */
  readonly experimental: boolean;
  readonly targetKinds: readonly TargetKind[];
  /** Rows per page that may be asked for, ascending. */
  readonly pageLimits: readonly number[];
  /** Targets per summary call. */
  readonly summaryBatch: number;
  /** True where a call takes targets of one kind: a batch of several kinds takes a call for each. */
  readonly oneKindPerCall?: true;
  /** Summary calls that may run at once; absent: one. */
  readonly concurrency?: number;
  /** Rows that one call brings at most where many are wanted; absent: as many as a page has. */
  readonly rowsPerCall?: number;
  /** True where a row page carries the total. */
  readonly knowsTotals: boolean;
  /** Names of the Backlink fields that it fills. */
  readonly fields: readonly (keyof Backlink)[];
  /** Null where asking is free. */
  readonly cost: SourceCost | null;
  /** The documented limit, kept by whoever sends; null where there is none. */
  readonly rate: RateLimit | null;
}

/** What asking costs, in the unit that the source counts in. A price said beforehand is an estimate: a source may bill fewer rows. */
export interface SourceCost {
  readonly unit: 'USD' | 'credits' | 'units' | 'rows' | 'calls';
  /** For each summary call, and for each target in it. */
  readonly perCall: number;
  readonly perTarget: number;
  /** For each call for a page of rows, and for each row in it. */
  readonly perPage: number;
  readonly perRow: number;
  /** The least that any call costs, however little it brings; absent: nothing. */
  readonly atLeast?: number;
}

/** What is left in an account, as the other side says it, in the unit of its cost. */
export interface Balance {
  /** Null where there is no limit or it is not said. */
  readonly left: number | null;
  readonly limit: number | null;
  /** ISO day on which it begins anew; null where that is not said. */
  readonly renews: string | null;
}

export interface RateLimit {
  /** Calls permitted within `milliseconds`. */
  readonly calls: number;
  readonly milliseconds: number;
}

/** What was really sent and billed since the source was made: counted by the source itself, call by call, failed calls included. */
export interface Spent {
  readonly calls: number;
  /** Rows received. */
  readonly rows: number;
  /** In the unit of `SourceCost`; as the replies tell, else by its formula. */
  readonly amount: number;
}

/** The Backlink fields that a row of the contract carries. */
export const CONTRACT_FIELDS: readonly (keyof Backlink)[] = [
  'sourceUrl',
  'title',
  'anchorText',
  'externalLinks',
  'internalLinks',
  'totalLinks',
  'strength',
  'position',
  'targetUrl',
  'tag',
  'nofollow',
  'ip',
  'countryCode',
  'country',
  'city',
];

/** Which rows of a target. Offsets are multiples of the limit. */
export interface PageRequest {
  readonly limit: number;
  readonly offset: number;
  readonly internal: InternalFilter;
  /** Rows from the first on that will be asked for in all, page after page, where that is known: a source may fetch more at once. */
  readonly upTo?: number;
  /** Rows that came or went, instead of those that stand: asked only where the summary tells that there are any. */
  readonly changed?: RowChange | undefined;
}

/** Some rows with the number of all; null where that is not known. */
export interface SomeRows {
  readonly rows: readonly Backlink[];
  readonly total: number | null;
}

/** One target's outcome inside a batch: partial failure is normal. */
export type SummaryResult = { readonly target: Target; readonly summary: Summary } | { readonly target: Target; readonly error: BacklinkLensError };

/** Where the data stands: shown beside every answer (`embedded index of 1,204,331 pages, crawled 2 Nov`). */
export interface SourceInfo {
  readonly id: string;
  readonly label: string;
  /** Pages known, for an index; null elsewhere. */
  readonly pages: number | null;
  readonly asOf: string | null;
  readonly generation: string | null;
  /** False where the source gives no rows at all; absent: it does. */
  readonly rows?: false;
}

export interface Source {
  /**
   * Names the data and the account behind it, for a cache that outlives the process: two sources with the same one give the same answers.
   * Holds no key, only a hash where one matters; null where nothing is to be kept (a local source).
   */
  readonly account: string | null;
  /** Grows with every call; the same object's numbers never go down. */
  readonly spent: Spent;
  /** Read anew before each decision: what an endpoint turns out to be able to do may change it. */
  readonly capabilities: SourceCapabilities;
  /** Answers every target in the order asked. Rejects only when the whole call failed (a SourceError). */
  summaries(targets: readonly Target[], signal: AbortSignal): Promise<readonly SummaryResult[]>;
  /** One page of rows. Beyond the end it is empty with the true total. */
  rows(target: Target, page: PageRequest, signal: AbortSignal): Promise<RowPage>;
  /** Where the data stands now. A remote source answers from what it knows: this sends nothing. */
  info(signal: AbortSignal): Promise<SourceInfo>;
  /** Pages of a folder that have backlinks, most linked first; absent where asking for that would send or cost anything. */
  linkedPages?(folder: Target, most: number, signal: AbortSignal): Promise<readonly LinkedPage[]>;
  /** Domains that link to a page by a followed link; absent likewise. */
  followedDomains?(page: Target, signal: AbortSignal): Promise<number>;
  /** What is left in the account; absent where asking that would cost something or cannot be asked. Rejects as the other calls do. */
  balance?(signal: AbortSignal): Promise<Balance>;
  close(): Promise<void>;
}
