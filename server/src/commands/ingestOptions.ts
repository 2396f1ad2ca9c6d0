/** The options of `index build` and `index add`: what the inputs are, and how they are read. */
import { availableParallelism } from 'node:os';
import { type Command, Option } from 'commander';
import type { CrawlScope, CrawlSettings } from '../linkIndex/ingest/crawl/options.ts';
import { DEFAULTS as CRAWL } from '../linkIndex/ingest/crawl/options.ts';
import type { IngestTask } from '../linkIndex/ingest/options.ts';
import { readCount, readDelay, readDepth, readFolderUrl, readWebUrl } from './arguments.ts';
import { readTargets } from './targets.ts';

export interface IngestCommandOptions {
  readonly baseUrl?: string;
  readonly prefix?: string;
  readonly geoDb?: string;
  readonly workers: number;
  readonly crawl?: readonly string[];
  readonly crawlScope?: CrawlScope;
  readonly crawlDepth?: number;
  readonly crawlPages?: number;
  readonly crawlDelay?: number;
  readonly allowPrivate?: true;
  readonly site?: string;
  readonly ranksTop?: number;
  readonly ranksPopulation?: number;
  readonly targets?: readonly string[];
  readonly vertices?: string;
  readonly ranks?: string;
  readonly yes?: true;
  /** False with `--no-strength`. */
  readonly strength?: boolean;
  readonly verbose?: true;
}

const INPUTS = 'archives, folders, exports, ranks, web graphs, or lists of them: paths, patterns in quotes, http(s) addresses';

/** All cores but one, which writes; of two cores both, as one of the two then reads and writes. */
export function defaultWorkers(): number {
  const cores = availableParallelism();
  return cores <= 2 ? cores : cores - 1;
}

/** Adds the inputs and every option to a command. */
export function withIngestOptions(command: Command): Command {
  return command
    .argument('[inputs...]', INPUTS)
    .option('--base-url <url>', 'address on the web of a folder that holds one site', readFolderUrl)
    .option('--prefix <address-or-folder>', 'what the relative entries of a list lie below, like https://data.commoncrawl.org/')
    .option('--geo-db <file>', 'MMDB database for the place of an address (default: the country database that comes along)')
    .addOption(
      new Option('--workers <n>', 'processes that read archives, and threads that write')
        .argParser(readCount)
        .default(defaultWorkers(), `${defaultWorkers()}, for the cores of this machine`),
    )
    .option(
      '--crawl <url>',
      'crawl a site first, into an archive beside the index; crawled again, only what changed is fetched; may be given several times',
      collect(readWebUrl),
    )
    .addOption(new Option('--crawl-scope <which>', 'pages that belong to a crawl').choices(['host', 'domain', 'folder']).default(CRAWL.scope))
    .option('--crawl-depth <links>', 'links away from a start address (default: no limit)', readDepth)
    .addOption(new Option('--crawl-pages <n>', 'pages at most').argParser(readCount).default(CRAWL.maxPages))
    .addOption(
      new Option('--crawl-delay <ms>', 'between two requests to a host; its robots.txt may ask for more').argParser(readDelay).default(CRAWL.delay),
    )
    .option('--allow-private', 'crawl addresses of your own network and machine too')
    .option('--site <property>', 'the site of a Search Console export that does not name it: example.com or https://example.com/blog/')
    .option('--ranks-top <n>', 'domains to take from a list of ranks (default: 1,000,000)', readCount)
    .option('--ranks-population <n>', 'domains that the release ranks in all, where this program does not know it', readCount)
    .option('--targets <domains>', 'domains whose referring domains are wanted from a web graph: a.com,b.org, or a file of them', readTargets)
    .option('--vertices <file>', 'the vertices of a web graph (default: the file beside its edges)')
    .option('--ranks <file>', 'the ranks of a web graph, for the places of its referring domains')
    .option('--yes', 'fetch a web graph, of many gigabytes')
    .option('--verbose', 'say more');
}

/** The options as a task takes them. */
export function ingestTask(out: string, inputs: readonly string[], options: IngestCommandOptions): IngestTask {
  const { baseUrl, prefix, workers, site, ranksTop, ranksPopulation, targets, vertices, ranks, yes: agreed, strength } = options;
  const crawl = crawlSettings(options);
  return {
    out,
    inputs,
    baseUrl,
    prefix,
    geoDatabase: options.geoDb,
    workers,
    crawl,
    site,
    ranksTop,
    ranksPopulation,
    targets,
    vertices,
    ranks,
    agreed,
    strength,
  };
}

function crawlSettings(options: IngestCommandOptions): CrawlSettings | undefined {
  if (options.crawl === undefined) return undefined;
  const { crawl: starts, crawlScope: scope, crawlDepth: depth, crawlPages: maxPages, crawlDelay: delay, allowPrivate } = options;
  return { starts, scope, depth, maxPages, delay, allowPrivate };
}

/** For options that may be named several times. */
function collect<T>(read: (text: string) => T): (text: string, before: readonly T[] | undefined) => readonly T[] {
  return (text, before = []) => [...before, read(text)];
}
