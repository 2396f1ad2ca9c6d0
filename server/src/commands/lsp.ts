/** `backlink-lens lsp`: the language server for any editor that speaks LSP over standard input and output. */
import { Command } from 'commander';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from '../assemble.ts';
import { BacklinkLensError } from '../util/errors.ts';
import { EXIT, type Io } from './io.ts';

export function lspCommand(io: Io): Command {
  return new Command('lsp')
    .description('Run the language server for an editor.')
    .option('--stdio', 'speak over standard input and output (the only way for now)')
    .action((options: { readonly stdio?: true }) => {
      if (options.stdio !== true) throw new BacklinkLensError('usage.invalid', 'Say how to speak: backlink-lens lsp --stdio.');
      // A language server that has lost its editor has nothing to finish.
      io.signal.addEventListener('abort', () => process.exit(EXIT.interrupted), { once: true });
      startServer(createConnection(ProposedFeatures.all, process.stdin, process.stdout));
    });
}
