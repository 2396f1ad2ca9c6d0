/**
 * The interface every engine of the link index satisfies. Rows come in one total order, the same in every store:
 * strength of the source page descending, source page key, position, id.
 */
import type { InternalFilter, LinkTag, RowPage, Summary, Target } from '../../../shared/backlinks.ts';

export interface RowQuery {
  readonly target: Target;
  readonly limit: number;
  readonly offset: number;
  readonly internal: InternalFilter;
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
  readonly builtAt: string;
  readonly strength: { readonly iterations: number; readonly delta: number; readonly damping: number } | null;
  readonly inputs: readonly { readonly name: string; readonly pages: number; readonly links: number; readonly note: string | null }[];
}

/** Reading side. Every call may be aborted; nothing here writes. */
export interface BacklinkStore {
  rows(query: RowQuery, signal: AbortSignal): Promise<RowPage>;
  /** One summary a target, in the order asked; zeros mean "none seen in this index". */
  summaries(targets: readonly Target[], signal: AbortSignal): Promise<readonly Summary[]>;
  /** Strength of one page or domain, null when the index does not know it. */
  strength(target: Target, signal: AbortSignal): Promise<number | null>;
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
  /** External, internal and all hyperlinks of the page. */
  readonly links: readonly CrawledLink[];
}

export interface CrawledLink {
  /** Absolute URL, as resolved. */
  readonly url: string;
  readonly text: string;
  readonly tag: LinkTag;
  readonly position: number | null;
  readonly nofollow: boolean;
  readonly rel: readonly string[];
}

/** A capture that was a redirect. */
export interface CrawledRedirect {
  readonly url: string;
  readonly target: string;
  readonly status: number;
  readonly capturedAt: number | null;
  readonly ip: string | null;
}

/** What every input is read into, one at a time. */
export type Capture = { readonly kind: 'page'; readonly page: CrawledPage } | { readonly kind: 'redirect'; readonly redirect: CrawledRedirect };

/** Writing side: one new generation, complete or not at all. Readers see nothing of it before `finish`. */
export interface GenerationWriter {
  /** Starts an input; the captures that follow are counted as its own. */
  beginInput(name: string, bytes: number): void;
  /**
   * Takes a capture in. Of several captures of one page key the latest wins, of equally old ones the last; a redirect to its own key is dropped.
   */
  add(capture: Capture): void;
  /** @param note what a person should know of the input, such as where it was damaged */
  endInput(note: string | null): void;
  /** Computes strength and totals, writes the generation and switches to it. */
  finish(options: FinishOptions): Promise<IndexInfo>;
  /** Throws everything away; the old generation stays. Harmless after `finish`. */
  discard(): void;
}

export interface FinishOptions {
  readonly signal: AbortSignal;
  readonly onPhase: (phase: 'strength' | 'writing') => void;
}
