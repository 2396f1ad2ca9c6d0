/** `backlink-lens query`: one page of rows, printed in the contract's envelope, from an index or from an endpoint alike. */
import { Command, Option } from 'commander';
import { INTERNAL_FILTERS, type InternalFilter, type PageLimit, type Target } from '../../../shared/backlinks.ts';
import { toWireList } from '../api/contract.ts';
import { readLimit, readOffset, readTargetArgument } from './arguments.ts';
import type { Io } from './io.ts';
import { openSource } from './source.ts';

interface QueryOptions {
  readonly limit: PageLimit;
  readonly offset: number;
  readonly internal: InternalFilter;
}

export function queryCommand(io: Io): Command {
  return new Command('query')
    .description('Print one page of the backlinks of a target as the contract writes them.')
    .argument('<source>', 'an index file, or the address of an endpoint (http…)')
    .argument(
      '<target>',
      'a domain, host, page or folder: example.com, blog.example.com, example.com/page.html, example.com/docs/*',
      readTargetArgument,
    )
    .addOption(new Option('--limit <rows>', 'rows to print: 10, 25, 50, 100 or 250').argParser(readLimit).default(10))
    .addOption(new Option('--offset <row>', 'first row; a multiple of a permitted limit').argParser(readOffset).default(0))
    .addOption(new Option('--internal <which>', "links inside the target's own domain").choices(INTERNAL_FILTERS).default('exclude'))
    .action(async (named: string, target: Target, options: QueryOptions) => query(io, named, target, options));
}

async function query(io: Io, named: string, target: Target, options: QueryOptions): Promise<void> {
  const source = openSource(io, named);
  try {
    const started = performance.now();
    const page = await source.rows(target, options, io.signal);
    const list = toWireList(page.rows, page.total, performance.now() - started);
    io.out(`${JSON.stringify(list, null, 2)}\n`);
  } finally {
    await source.close();
  }
}
