/** Builds an index from archives and folders: a new generation beside the old one, then one atomic switch of the pointer. */
import { BacklinkLensError, type ErrorCode } from '../../util/errors.ts';
import type { Log } from '../../util/log.ts';
import type { IndexInfo } from '../store.ts';

export interface BuildOptions {
  /** The index as the user names it (`web.db`). */
  readonly out: string;
  /** WARC files and folders of HTML and Markdown. */
  readonly inputs: readonly string[];
  /** Address of the site a folder holds; without it the folder's first level must be named by host. */
  readonly baseUrl?: string | undefined;
  /** An MMDB city or country database; by default the country database that comes along. */
  readonly geoDatabase?: string | undefined;
  readonly log?: Log | undefined;
  readonly onProgress?: ((progress: BuildProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Epoch milliseconds that count as the capture time of a folder's files and as the build's time; default now. */
  readonly now?: number | undefined;
}

export interface BuildProgress {
  readonly phase: 'reading' | 'strength' | 'writing';
  /** The input being read; empty in the later phases. */
  readonly input: string;
  readonly pages: number;
  readonly links: number;
  /** Bytes of the inputs read so far, and in all. */
  readonly bytes: number;
  readonly totalBytes: number;
}

/** An input that could not be read whole. What came before the damage is in the index. */
export interface BuildProblem {
  readonly input: string;
  readonly code: ErrorCode;
  readonly message: string;
}

export interface BuildResult {
  readonly file: string;
  readonly generation: string;
  readonly info: IndexInfo;
  readonly problems: readonly BuildProblem[];
}

/**
 * Reads the inputs and switches `out` to a new generation. An abort or an error leaves the old index as it was.
 *
 * @throws BacklinkLensError usage.invalid (folder without a base URL), input.unreadable, input.not-an-archive (nothing readable at all),
 *   index.not-writable, index.busy, index.no-sqlite
 */
export async function buildIndex(options: BuildOptions): Promise<BuildResult> {
  throw new BacklinkLensError('index.not-writable', `Not built yet: ${options.out}`);
}
