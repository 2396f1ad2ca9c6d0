/** `backlink-lens index build|info`: makes an index from archives and folders, and tells what one holds. */
import { Command } from 'commander';
import type { BuildResult } from '../linkIndex/ingest/build.ts';
import type { BuildProgress } from '../linkIndex/ingest/progress.ts';
import { buildIndexInWorker } from '../linkIndex/ingest/runInWorker.ts';
import { openIndex } from '../linkIndex/sqlite/openIndex.ts';
import type { IndexInfo } from '../linkIndex/store.ts';
import { safeText } from '../util/terminal.ts';
import { readFolderUrl, readPath } from './arguments.ts';
import { EXIT, type Io, logTo } from './io.ts';
import { progressBar } from './progress.ts';

interface BuildCommandOptions {
  readonly baseUrl?: string;
  readonly geoDb?: string;
  readonly verbose?: true;
}

export function indexCommand(io: Io): Command {
  const build = new Command('build')
    .description('Build an index from WARC archives and folders of HTML or Markdown. An existing one is replaced when all is done.')
    .argument('<out>', 'the index file to make', readPath)
    .argument('<inputs...>', 'WARC files (.warc, .warc.gz) and folders')
    .option('--base-url <url>', 'address on the web of a folder that holds one site', readFolderUrl)
    .option('--geo-db <file>', 'MMDB database for the place of an address (default: the country database that comes along)')
    .option('--verbose', 'say more')
    .action(async (out: string, inputs: string[], options: BuildCommandOptions) => buildIndexFile(io, out, inputs, options));
  const info = new Command('info')
    .description('Tell what an index holds.')
    .argument('<index>', 'the index file', readPath)
    .option('--json', 'as JSON')
    .action(async (file: string, options: { json?: true }) => printInfo(io, file, options.json === true));
  return new Command('index').description('Build an index of crawled links, or look into one.').addCommand(build).addCommand(info);
}

async function buildIndexFile(io: Io, out: string, inputs: readonly string[], options: BuildCommandOptions): Promise<void> {
  const bar = progressBar(io, 'Indexing');
  const started = performance.now();
  let result: BuildResult;
  try {
    result = await buildIndexInWorker({
      out,
      inputs,
      baseUrl: options.baseUrl,
      geoDatabase: options.geoDb,
      log: logTo(io, options.verbose === true),
      onProgress: (progress) => bar.update(progress.bytes, progress.totalBytes, progressWords(progress, io.locale)),
      signal: io.signal,
    });
  } finally {
    bar.stop();
  }
  for (const problem of result.problems) io.error(`${safeText(problem.message)} [${problem.code}]\n`);
  if (result.problems.length > 0) io.setExitCode(EXIT.unreadable);
  const seconds = (performance.now() - started) / 1000;
  io.out(`${infoLine(result.info, io.locale)} in ${seconds.toFixed(1)} s: ${result.file}\n`);
}

function progressWords({ phase, pages, links }: BuildProgress, locale: string): string {
  const counts = `${pages.toLocaleString(locale)} pages, ${links.toLocaleString(locale)} links`;
  return phase === 'reading' ? counts : `${counts}, ${phase === 'strength' ? 'computing strength' : 'writing'}`;
}

async function printInfo(io: Io, file: string, json: boolean): Promise<void> {
  const store = openIndex(file);
  try {
    const info = await store.info(io.signal);
    io.out(json ? `${JSON.stringify(info, null, 2)}\n` : infoText(file, info, io.locale));
  } finally {
    await store.close();
  }
}

function infoLine(info: IndexInfo, locale: string): string {
  const n = (value: number) => value.toLocaleString(locale);
  return `${n(info.pages)} pages, ${n(info.links)} links (${n(info.internalLinks)} internal)`;
}

function infoText(file: string, info: IndexInfo, locale: string): string {
  const dates =
    info.firstCapture === null
      ? 'no dates'
      : info.firstCapture === info.lastCapture
        ? info.firstCapture
        : `${info.firstCapture} to ${info.lastCapture}`;
  const strength = info.strength === null ? 'not computed' : `PageRank, damping ${info.strength.damping}, ${info.strength.iterations} iterations`;
  const facts: readonly (readonly [string, string])[] = [
    ['index', file],
    ['holds', infoLine(info, locale)],
    [
      'knows',
      `${info.knownUrls.toLocaleString(locale)} URLs on ${info.hosts.toLocaleString(locale)} hosts of ${info.domains.toLocaleString(locale)} domains`,
    ],
    ['captured', dates],
    ['built', info.builtAt],
    ['strength', strength],
    ['generation', info.generation],
    ...info.inputs.map(
      ({ name, pages, links, note }) =>
        [
          'input',
          `${name}: ${pages.toLocaleString(locale)} pages, ${links.toLocaleString(locale)} links${note === null ? '' : `; ${note}`}`,
        ] as const,
    ),
  ];
  return facts.map(([name, value]) => `${name.padEnd(11)} ${safeText(value)}\n`).join('');
}
