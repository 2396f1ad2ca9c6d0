/** Lists that `query` prints of what others state: totals by list with the domain's rank, and the referring domains that a list names. */
import type { Target } from '../../../shared/backlinks.ts';
import type { DomainRank, ListPage, StatedReferrer, Statement } from '../../../shared/queries.ts';
import type { ListReading, Printed } from './queryLists.ts';
import { type Column, day, drawn, number } from './queryText.ts';

const STATEMENTS: readonly Column<Statement>[] = [
  { head: 'list', of: ({ list }) => list },
  day('as of', ({ asOf }) => asOf),
  number('links', ({ backlinks, unit }) => (unit === 'links' ? backlinks : null)),
  number('pages', ({ backlinks, unit }) => (unit === 'pages' ? backlinks : null)),
  number('domains', ({ referringDomains }) => referringDomains),
  number('named', ({ named }) => named),
];

const REFERRERS: readonly Column<StatedReferrer>[] = [
  number('pages', ({ pages }) => pages),
  number('of pages here', ({ targetPages }) => targetPages),
  number('harmonic', ({ harmonic }) => harmonic),
  number('PageRank', ({ pageRank }) => pageRank),
  { head: 'domain', of: ({ domain }) => domain },
];

/** What lists state of a target as a whole. */
export async function printStatements(target: Target, { store, signal, screen }: ListReading): Promise<Printed> {
  const found = await store.statements(target, signal);
  const { statements, rank } = found;
  const table = drawn(STATEMENTS, statements, { entries: 'statements of lists', offset: 0, total: statements.length }, screen);
  return { json: found, text: rank === null ? table : table + rankLine(rank, screen.locale) };
}

/** The referring domains of the newest list that names some. */
export async function printStatedDomains(target: Target, { store, signal, screen, gather }: ListReading): Promise<Printed> {
  const { statements, generation } = await store.statements(target, signal);
  const list = statements.find(({ named }) => named > 0)?.list ?? null;
  const none: ListPage<StatedReferrer> = { items: [], offset: 0, total: 0, generation };
  const page = list === null ? none : await gather((slice) => store.statedDomains({ target, list, ...slice }, signal));
  const entries = list === null ? 'domains that lists name' : `domains that ${list} names`;
  return { json: { list, ...page }, text: drawn(REFERRERS, page.items, { entries, offset: page.offset, total: page.total }, screen) };
}

function rankLine({ position, population, release, strength }: DomainRank, locale: string): string {
  const of = population === null ? '' : ` of ${population.toLocaleString(locale)} domains`;
  const worth = strength === null ? '' : `, strength ${strength.value.toFixed(1)}`;
  return `rank ${position.toLocaleString(locale)}${of}${worth}${release === null ? '' : ` (${release})`}\n`;
}
