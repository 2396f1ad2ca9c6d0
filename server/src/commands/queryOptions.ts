/** Options of `query` that narrow and order rows, and what they come to. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { LINK_TAGS, type LinkTag } from '../../../shared/backlinks.ts';
import { ROW_SORTS, type RowFilter, type RowSort } from '../../../shared/queries.ts';

export interface FilterOptions {
  readonly followed?: true;
  readonly nofollow?: true;
  readonly tag?: LinkTag;
  readonly country?: string;
  readonly new?: true;
  readonly lost?: true;
  readonly withLost?: true;
  readonly since?: string;
  readonly onePerDomain?: true;
  readonly anchor?: string;
  readonly sort?: RowSort;
}

/** Adds the options; only an index file can answer them. */
export function addFilterOptions(command: Command): Command {
  return command
    .addOption(new Option('--followed', 'followed links only').conflicts('nofollow'))
    .option('--nofollow', 'links that are not followed only')
    .addOption(new Option('--tag <kind>', 'links made with this element only').choices(LINK_TAGS))
    .addOption(new Option('--country <code>', 'pages on servers of this country only, as DE').argParser(readCountry))
    .addOption(new Option('--new', 'links first seen after their page was').conflicts(['lost', 'withLost']))
    .addOption(new Option('--lost', 'links that are gone, with the day and the reason').conflicts('withLost'))
    .option('--with-lost', 'links that stand and links that are gone')
    .addOption(new Option('--since <day>', 'new ones first seen, and lost ones lost, on this day or later, as 2026-10-01').argParser(readDay))
    .option('--one-per-domain', 'the strongest link of each domain only')
    .addOption(new Option('--anchor <text>', 'links whose text contains this, whatever the case').argParser(readAnchor))
    .addOption(new Option('--sort <order>', 'strongest first, or latest first').choices(ROW_SORTS));
}

/** Undefined where nothing is narrowed. */
export function filterOf(options: FilterOptions): RowFilter | undefined {
  const { followed, nofollow, tag, country, since, onePerDomain, anchor } = options;
  const filter: RowFilter = {
    ...(followed === true || nofollow === true ? { followed: followed === true } : {}),
    ...(tag === undefined ? {} : { tag }),
    ...(country === undefined ? {} : { country }),
    ...statusOf(options),
    ...(since === undefined ? {} : { since }),
    ...(onePerDomain === undefined ? {} : { onePerDomain }),
    ...(anchor === undefined ? {} : { anchor }),
  };
  return Object.keys(filter).length === 0 ? undefined : filter;
}

function statusOf({ new: fresh, lost, withLost }: FilterOptions): Pick<RowFilter, 'status'> {
  if (fresh === true) return { status: 'new' };
  if (lost === true) return { status: 'lost' };
  return withLost === true ? { status: 'all' } : {};
}

function readCountry(text: string): string {
  if (!/^[a-z]{2}$/i.test(text)) throw new InvalidArgumentError('Write the two letters of ISO 3166, as DE.');
  return text.toUpperCase();
}

/** A day that there is. */
function readDay(text: string): string {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text) throw new InvalidArgumentError('Write a day like 2026-10-01.');
  return text;
}

function readAnchor(text: string): string {
  if (text === '') throw new InvalidArgumentError('Write the text to look for.');
  return text;
}
