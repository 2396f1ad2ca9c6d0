#!/usr/bin/env node
/** Command-line entry: turns arguments into a command, failures into a sentence and an exit code. */
import { Command, CommanderError } from 'commander';
import { confirmOn } from './commands/confirm.ts';
import { indexCommand } from './commands/index.ts';
import { columnsTold, EXIT, type Io, reportFailure } from './commands/io.ts';
import { lspCommand } from './commands/lsp.ts';
import { queryCommand } from './commands/query.ts';
import { reportCommand } from './commands/report.ts';
import { scanCommand } from './commands/scan.ts';
import { serveCommand } from './commands/serve.ts';
import { stopOnSignals } from './commands/signals.ts';
import { sourcesCommand } from './commands/sources.ts';
import { usageCommand } from './commands/usage.ts';
import { version } from './util/version.ts';

/** Commands inside commands, too, end and complain as the program does. */
function inherit(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent);
  for (const inner of command.commands) inherit(inner, command);
  return command;
}

async function main(): Promise<void> {
  const signal = stopOnSignals();
  const io: Io = {
    out: (text) => process.stdout.write(text),
    error: (text) => process.stderr.write(text),
    columns: process.stdout.columns ?? columnsTold(process.env['COLUMNS']),
    // no-color.org: an empty value counts as none.
    color: process.stdout.isTTY === true && !process.env['NO_COLOR'],
    interactive: process.stderr.isTTY === true,
    confirm: confirmOn(process.stdin, process.stderr, signal),
    locale: Intl.DateTimeFormat().resolvedOptions().locale,
    environment: process.env,
    signal,
    setExitCode: (code) => {
      process.exitCode = code;
    },
  };
  const program = new Command('backlink-lens')
    .description('Who links to the pages that your documents link to, and how strong those pages are.')
    .version(version)
    .showHelpAfterError('(add --help for what is possible)')
    .exitOverride();
  for (const make of [scanCommand, reportCommand, sourcesCommand, usageCommand, indexCommand, queryCommand, serveCommand, lspCommand]) {
    program.addCommand(inherit(make(io), program));
  }
  try {
    await program.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.fine : EXIT.usage;
    else reportFailure(io, error);
  }
}

// A reader that closes early (`| head`) is no failure of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? EXIT.fine);
    if (stream === process.stdout) process.stderr.write(`Could not write the output: ${error.message}. Check the free space. [internal]\n`);
    process.exit(EXIT.sourceFailed);
  });
}
await main();
