/** `backlink-lens index build|info`: makes an index from archives, folders and lists, and tells what one holds. */
import { Command } from 'commander';
import { readPath } from './arguments.ts';
import { printInfo } from './indexInfo.ts';
import { runIngest } from './ingest.ts';
import { type IngestCommandOptions, ingestTask, withIngestOptions } from './ingestOptions.ts';
import type { Io } from './io.ts';

export function indexCommand(io: Io): Command {
  const build = withIngestOptions(
    new Command('build')
      .description('Build an index from web archives, folders of HTML or Markdown, crawls and lists. An existing one is replaced when all is done.')
      .argument('<out>', 'the index file to make', readPath),
  ).action(async (out: string, inputs: string[], options: IngestCommandOptions) =>
    runIngest(io, ingestTask(out, inputs, options), options.verbose === true),
  );
  const info = new Command('info')
    .description('Tell what an index holds.')
    .argument('<index>', 'the index file', readPath)
    .option('--json', 'as JSON')
    .action(async (file: string, options: { json?: true }) => printInfo(io, file, options.json === true));
  return new Command('index').description('Build an index of crawled links, or look into one.').addCommand(build).addCommand(info);
}
