/** `backlink-lens scan`: every URL of the given files, with its exact place. */

import { pathToFileURL } from 'node:url';
import { Command, Option } from 'commander';
import { scannerOfFile } from '../scan/languages.ts';
import type { Link } from '../scan/link.ts';
import { SCANNERS } from '../scan/scanners.ts';
import { fileUrl } from '../urls/site.ts';
import { lineIndex } from '../util/lineIndex.ts';
import { safeText } from '../util/terminal.ts';
import { readFolderUrl } from './arguments.ts';
import { eachDocument } from './files.ts';
import { type Io, reportFailure } from './io.ts';

interface ScanOptions {
  readonly format: 'json' | 'terminal';
  /** As folderUrl gives it. */
  readonly baseUrl?: string;
}

export function scanCommand(io: Io): Command {
  return new Command('scan')
    .description('List every URL of HTML and Markdown files with its exact range.')
    .argument('<paths...>', 'files, or folders with HTML and Markdown in them')
    .addOption(new Option('--format <format>', 'how to print').choices(['json', 'terminal']).default('terminal'))
    .option('--base-url <url>', 'address of the folder on the web: relative links are resolved against it', readFolderUrl)
    .action(async (paths: string[], options: ScanOptions) => scan(io, paths, options));
}

async function scan(io: Io, paths: readonly string[], options: ScanOptions): Promise<void> {
  const print = options.format === 'json' ? jsonList(io) : lines(io);
  for await (const document of eachDocument(paths, io.signal)) {
    if ('error' in document) {
      reportFailure(io, document.error);
      continue;
    }
    const url = options.baseUrl === undefined ? pathToFileURL(document.path).href : fileUrl(document.relative, options.baseUrl);
    const at = lineIndex(document.text);
    // A file that was named in full is scanned whatever it is called: plain text is Markdown enough.
    const scanner = SCANNERS[scannerOfFile(document.path) ?? 'markdown'];
    for (const link of scanner(document.text, { url }).links) print.entry(toEntry(document.path, link, at));
  }
  print.end();
}

interface Printer {
  entry(entry: Entry): void;
  end(): void;
}

function lines(io: Io): Printer {
  return {
    entry({ file, range: { start }, url, text }) {
      io.out(`${safeText(file)}:${start.line + 1}:${start.character + 1}  ${safeText(url)}  ${safeText(text)}\n`);
    },
    end() {},
  };
}

/** One list, written entry by entry: all of them together may be longer than a string can be. */
function jsonList(io: Io): Printer {
  let before = '[\n';
  return {
    entry(entry) {
      io.out(before + JSON.stringify(entry, null, 2).replace(/^/gm, '  '));
      before = ',\n';
    },
    end: () => io.out(before === '[\n' ? '[]\n' : '\n]\n'),
  };
}

type Entry = ReturnType<typeof toEntry>;

/** Lines and characters are 0-based UTF-16, as in LSP; `resolved` is null for what leads nowhere on the web. */
function toEntry(file: string, link: Link, at: ReturnType<typeof lineIndex>) {
  const { url, resolved, text, tag, rel, role, element, attribute, position } = link;
  const range = { start: at(link.span.start), end: at(link.span.end) };
  return { file, range, url, resolved: resolved?.startsWith('file:') ? null : resolved, text, tag, rel, role, element, attribute, position };
}
