/** A crawl on the way to an index: fetches the site into archives beside the index, which are then read as any other. */
import { BacklinkLensError } from '../../util/errors.ts';
import type { Log } from '../../util/log.ts';
import { crawl } from './crawl/crawl.ts';
import type { IngestOptions } from './options.ts';
import type { BuildProblem } from './progress.ts';

export interface Crawled {
  /** Archives to read behind the other inputs. */
  readonly archives: readonly string[];
  readonly problems: readonly BuildProblem[];
  /** To be called when the index holds them: the next crawl begins anew then. */
  readonly indexed: () => Promise<void>;
}

/**
 * Crawls what the task names; nothing where it names nothing.
 *
 * @param log told what the crawl left out, and why
 * @throws BacklinkLensError as crawl; the signal's reason: what was fetched is kept, and the same task goes on with it
 */
export async function crawlFirst(options: IngestOptions, signal: AbortSignal, log: Log): Promise<Crawled> {
  const { crawl: settings, out, http, onProgress } = options;
  if (settings === undefined) return { archives: [], problems: [], indexed: async () => {} };
  const { archives, problems, counts, indexed } = await crawl({
    ...settings,
    http: settings.http ?? http,
    out,
    signal,
    log,
    onProgress: ({ pages, fetched, waiting, bytes, host }) =>
      onProgress?.({
        phase: 'crawling',
        input: host,
        inputs: fetched,
        totalInputs: fetched + waiting,
        pages,
        links: 0,
        bytes,
        domains: 0,
        totalBytes: 0,
      }),
  });
  const left = Object.entries(counts.leftOut).map(([reason, count]) => `${count.toLocaleString('en')} ${LEFT_OUT[reason] ?? reason}`);
  if (left.length > 0) log.info(`Links that the crawl did not follow: ${left.join(', ')}.`);
  const [first] = problems;
  if (first !== undefined && archives.length === 0 && options.inputs.length === 0) throw new BacklinkLensError(first.code, first.message);
  return { archives, problems, indexed };
}

const LEFT_OUT: Readonly<Record<string, string>> = {
  scope: 'to other sites',
  file: 'to files that are no pages',
  trap: 'that look endless',
  depth: 'beyond the depth',
  limit: 'beyond the number of pages',
  robots: 'that robots.txt forbids',
};
