/** `backlink-lens lsp`: the language server for any editor that speaks LSP over standard input and output. */
import { Command } from 'commander';
import type { Io } from './io.ts';
export function lspCommand(_io: Io): Command {
  return new Command('lsp');
}
