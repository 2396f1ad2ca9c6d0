/** `backlink-lens index build|add|strength|info`: makes an index from archives, folders and lists, and tells what one holds. */
import { Command } from 'commander';
import { readPath } from './arguments.ts';
import { printInfo } from './indexInfo.ts';
import { runIngest, runStrength } from './ingest.ts';
import { type IngestCommandOptions, ingestTask, withIngestOptions } from './ingestOptions.ts';
import type { Io } from './io.ts';

export function indexCommand(io: Io): Command {
  const build = withIngestOptions(
    new Command('build')
      .description('Build an index from web archives, folders of HTML or Markdown, crawls and lists. An existing one is replaced when all is done.')
      .argument('<out>', 'the index file to make', readPath),
  ).action(async (out: string, inputs: string[], options: IngestCommandOptions) =>
    runIngest(io, ingestTask(out, inputs, options), { verbose: options.verbose === true, addition: false }),
  );
  const add = withIngestOptions(
    new Command('add')
      .description(
        'Add to an index, one input after the other: each is in when it is read, and what is in already is passed over. Then strengths are computed anew.',
      )
      .argument('<index>', 'the index file', readPath),
  )
    .option('--no-strength', 'leave strengths as of their date: backlink-lens index strength makes up for it')
    .action(async (out: string, inputs: string[], options: IngestCommandOptions) =>
      runIngest(io, ingestTask(out, inputs, options), { verbose: options.verbose === true, addition: true }),
    );
  const strength = new Command('strength')
    .description('Compute the strengths of an index anew, after additions with --no-strength.')
    .argument('<index>', 'the index file', readPath)
    .action(async (file: string) => runStrength(io, file));
  const info = new Command('info')
    .description('Tell what an index holds.')
    .argument('<index>', 'the index file', readPath)
    .option('--json', 'as JSON')
    .action(async (file: string, options: { json?: true }) => printInfo(io, file, options.json === true));
  return new Command('index')
    .description('Build an index of crawled links, add to one, or look into it.')
    .addCommand(build)
    .addCommand(add)
    .addCommand(strength)
    .addCommand(info);
}
