/** What a crawl is told, what it tells on its way, and what became of it. */
import type { HttpSettings } from '../../../../../shared/protocol.ts';
import type { ErrorCode } from '../../../util/errors.ts';
import type { Log } from '../../../util/log.ts';

/**
 * Which discovered pages belong to a crawl: those on the hosts of the start URLs (`www.` before a domain is that domain), on any host of their
 * registrable domains, or below the folder of a start URL.
 */
export type CrawlScope = 'host' | 'domain' | 'folder';

/** All of it can cross to a thread or a process. */
export interface CrawlSettings {
  /** Absolute http(s) URLs. */
  readonly starts: readonly string[];
  /** Default `host`. */
  readonly scope?: CrawlScope | undefined;
  /** Links away from a start URL; what a sitemap names is one away. Default: no limit. */
  readonly depth?: number | undefined;
  /** Pages read at most. Default 10,000. Ten times as many URLs are fetched at most, pages or not. */
  readonly maxPages?: number | undefined;
  /** Milliseconds between two requests to a host; its own crawl-delay may ask for more. Default 500. */
  readonly delay?: number | undefined;
  /** Requests to a host at the same time. Default 2. */
  readonly connections?: number | undefined;
  /** Also addresses of networks of one's own, and this machine. */
  readonly allowPrivate?: boolean | undefined;
  /** Bytes of a page as it is sent; the rest is cut off. Default 8 MiB. */
  readonly maxBytes?: number | undefined;
  /** Milliseconds for one reply from the first to the last byte. Default 30,000. */
  readonly timeout?: number | undefined;
  /** Milliseconds before the first retry of a request that failed, doubled with every further one. Default 2,000. */
  readonly retryDelay?: number | undefined;
  /** The editor's proxy and certificates; without a proxy in them the environment decides. */
  readonly http?: HttpSettings | undefined;
}

export interface CrawlOptions extends CrawlSettings {
  /** The index as the user names it (`web.db`): the archives of its crawls lie beside it. */
  readonly out: string;
  readonly signal: AbortSignal;
  readonly onProgress?: ((progress: CrawlProgress) => void) | undefined;
  readonly log?: Log | undefined;
  /** Read for HTTPS_PROXY, HTTP_PROXY and NO_PROXY; by default the process's own. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}

export interface CrawlProgress {
  /** Pages in the archive: those that an interrupted crawl had fetched already, and those that are as they were last time, among them. */
  readonly pages: number;
  /** URLs asked for in this run, pages or not, and the bytes that came. */
  readonly fetched: number;
  readonly bytes: number;
  /** URLs known and not asked for yet. */
  readonly waiting: number;
  /** The host that answered last. */
  readonly host: string;
}

/** What could not be fetched, one a host and kind of failure. */
export interface CrawlProblem {
  /** Host with port, or a start URL. */
  readonly input: string;
  readonly code: ErrorCode;
  readonly message: string;
}

export interface CrawlOutcome {
  /** The archives of this crawl and of those before it, oldest first: together they are what the index should hold. */
  readonly archives: readonly string[];
  readonly problems: readonly CrawlProblem[];
  readonly counts: CrawlCounts;
  /** False when every host went away before it was read to its end: the next crawl goes on with this archive. */
  readonly complete: boolean;
  /** To be called when an index holds the archives. Until then the next crawl goes on with this one instead of asking for everything anew. */
  readonly indexed: () => Promise<void>;
}

export interface CrawlCounts {
  /** Pages in this crawl's archive, of which so many came with 304. */
  readonly pages: number;
  readonly unchanged: number;
  /** Records that an interrupted crawl had left: nothing of them was fetched again. */
  readonly resumed: number;
  readonly fetched: number;
  readonly bytes: number;
  /** Links and sitemap entries that were not followed, by reason. */
  readonly leftOut: Readonly<Partial<Record<LeftOut, number>>>;
}

/**
 * Why a URL was not followed. `scope` belongs to another site, `file` is no page by its name, `trap` looks endless, `depth` and `limit` are the
 * user's own bounds, `robots` the host's.
 */
export type LeftOut = 'scope' | 'file' | 'trap' | 'depth' | 'limit' | 'robots';

export const DEFAULTS = {
  scope: 'host',
  maxPages: 10_000,
  delay: 500,
  connections: 2,
  maxBytes: 8 << 20,
  timeout: 30_000,
  retryDelay: 2000,
} as const;
