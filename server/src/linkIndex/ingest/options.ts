/** What a build or an addition is told. */
import type { HttpSettings } from '../../../../shared/protocol.ts';
import type { Log } from '../../util/log.ts';
import type { CrawlSettings } from './crawl/options.ts';
import type { KindOptions } from './inputs/inputReader.ts';
import type { PlannedInput } from './inputs/plan.ts';
import type { BuildProgress } from './progress.ts';

/** The part that can cross to another process. */
export interface IngestTask extends Omit<KindOptions, 'now'> {
  /** The index as the user names it (`web.db`). */
  readonly out: string;
  /** Archives, folders, lists: paths, patterns, http(s) addresses, and files that name these. */
  readonly inputs: readonly string[];
  /** A site to crawl first, into an archive beside the index. */
  readonly crawl?: CrawlSettings | undefined;
  /** What the relative entries of list files lie below: an address or a folder. */
  readonly prefix?: string | undefined;
  /** An MMDB city or country database; by default the country database that comes along. */
  readonly geoDatabase?: string | undefined;
  /** `--yes`: somebody has agreed to fetch a web graph. */
  readonly agreed?: boolean | undefined;
  /** What an addition computes anew when all is in: with false the strengths stay as of their date. Default true. */
  readonly strength?: boolean | undefined;
  /**
   * Processes that read and scan, and threads that write; with one the reading is done where the writing is. Where
   * there are two of them and two cores, the writing process is one of those that read. Default 1.
   */
  readonly workers?: number | undefined;
  /** The editor's proxy and certificates; without a proxy in them the environment decides. */
  readonly http?: HttpSettings | undefined;
  /** Epoch milliseconds that count as the capture time of a folder's files and as the build's time; default now. */
  readonly now?: number | undefined;
  /** See DownloadOptions. */
  readonly patience?: number | undefined;
}

export interface IngestOptions extends IngestTask {
  readonly log?: Log | undefined;
  /** Told once, before anything is read: the inputs, with the sizes that are known. */
  readonly onPlan?: ((inputs: readonly PlannedInput[]) => void) | undefined;
  readonly onProgress?: ((progress: BuildProgress) => void) | undefined;
  /** Stops at once and leaves everything as it was. */
  readonly signal?: AbortSignal | undefined;
  /** Stops reading; what was read whole is written. */
  readonly stop?: AbortSignal | undefined;
}
