/** `backlink-lens query`: rows of a target, from any source alike, and from an index also lists that sum them up. */
import { Command, Option } from 'commander';
import {
  type Backlink,
  INTERNAL_FILTERS,
  type InternalFilter,
  PAGE_LIMITS,
  type PageLimit,
  type RowPage,
  type Target,
} from '../../../shared/backlinks.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings.ts';
import { toWireList, toWireRow } from '../api/contract.ts';
import { rowsCost, walkCost } from '../facts/price.ts';
import { pages } from '../sources/pager.ts';
import type { Source } from '../sources/source.ts';
import { advisedError } from './advice.ts';
import { readCount, readLimit, readOffset, readTargetArgument } from './arguments.ts';
import type { Io } from './io.ts';
import { addPriceOptions, agreeTo, type PriceOptions, tellPrice } from './price.ts';
import { queryIndex } from './queryIndex.ts';
import { addListOptions, type ListOptions, listOf } from './queryLists.ts';
import { addFilterOptions, type FilterOptions, filterOf } from './queryOptions.ts';
import { openSource, SOURCE_WORDS, sourceSettings } from './source.ts';

const LARGEST_PAGE = Math.max(...PAGE_LIMITS);

export interface QueryOptions extends FilterOptions, ListOptions, PriceOptions {
  readonly limit: PageLimit;
  readonly offset: number;
  readonly internal: InternalFilter;
  readonly all?: true;
  readonly maxRows: number;
  readonly text?: true;
  readonly json?: true;
}

export function queryCommand(io: Io): Command {
  const command = new Command('query')
    .description('Print the backlinks of a target as the contract writes them, or what sums them up.')
    .argument('<source>', SOURCE_WORDS)
    .argument(
      '<target>',
      'a domain, host, page or folder: example.com, blog.example.com, example.com/page.html, example.com/docs/*',
      readTargetArgument,
    )
    .addOption(new Option('--limit <rows>', 'rows to print: 10, 25, 50, 100 or 250').argParser(readLimit).default(10))
    .addOption(new Option('--offset <row>', 'first row; a multiple of a permitted limit').argParser(readOffset).default(0))
    .addOption(new Option('--internal <which>', "links inside the target's own domain").choices(INTERNAL_FILTERS).default('exclude'))
    .addOption(new Option('--all', 'every row from the first on, read page by page').conflicts(['limit', 'offset']))
    .addOption(new Option('--max-rows <rows>', 'with --all: rows at most').argParser(readCount).default(DEFAULT_SETTINGS.maxRows))
    .addOption(new Option('--text', 'rows as a table; lists are one anyway').conflicts('json'))
    .option('--json', 'everything that is known, in our own words, with the exact total');
  return addPriceOptions(addListOptions(addFilterOptions(command)))
    .addHelpText('after', '\nAll but an index file give rows as the contract has them; whatever narrows, orders or sums up needs an index file.')
    .action(async (named: string, target: Target, options: QueryOptions) => query(io, named, target, options));
}

async function query(io: Io, named: string, target: Target, options: QueryOptions): Promise<void> {
  const list = listOf(target, options);
  const filter = filterOf(options);
  const plain = list === null && filter === undefined && options.sort === undefined && options.text !== true && options.json !== true;
  if (!plain) {
    await queryIndex(io, named, target, { ...options, list, filter });
    return;
  }
  const source = openSource(io, named);
  try {
    if (options.all === true) await agreeToAll(source, options, io);
    else sayPrice(source, options, io);
    const started = performance.now();
    const page = options.all === true ? await everyPage(source, target, options, io.signal) : await source.rows(target, options, io.signal);
    const list = { ...toWireList(page.rows.map(toWireRow), page.total, performance.now() - started), balance: null };
    io.out(`${JSON.stringify(list, null, 2)}\n`);
  } catch (error) {
    throw advisedError(error, sourceSettings(io, named).source);
  } finally {
    await source.close();
  }
}

/** One page is what was asked for: its price is said, and nobody is asked. Throws `budget.spent` where it may not cost that much. */
function sayPrice({ capabilities: { cost, label, remote } }: Source, { limit, maxCost }: QueryOptions, io: Io): void {
  if (!remote || cost === null) return;
  const price = { targets: 1, calls: 1, amount: rowsCost(cost, limit), unit: cost.unit, free: false, budgetLeft: null };
  tellPrice(price, label, maxCost, io);
}

/** How many rows there are is not known before: the price is that of the most that are read. */
async function agreeToAll({ capabilities }: Source, options: QueryOptions, io: Io): Promise<void> {
  const { cost, label, remote } = capabilities;
  if (!remote || cost === null) return;
  const price = { targets: 1, ...walkCost(capabilities, options.maxRows, LARGEST_PAGE), unit: cost.unit, free: false, budgetLeft: null };
  await agreeTo(price, `${label}, up to ${options.maxRows.toLocaleString(io.locale)} rows`, options, io);
}

/** All rows as one page; what came before a change of the data is forgotten. */
async function everyPage(source: Source, target: Target, { internal, maxRows }: QueryOptions, signal: AbortSignal): Promise<RowPage> {
  let rows: Backlink[] = [];
  let last: RowPage = { rows, offset: 0, total: null, generation: null };
  for await (const page of pages(source, target, { limit: LARGEST_PAGE, maxRows, internal }, signal)) {
    if (page.offset === 0) rows = [];
    rows.push(...page.rows);
    last = page;
  }
  return { ...last, rows, offset: 0 };
}
