/** A row filter as SQL on `link l`, its page `s`, that page's host `h` and place `g`, and the table of lost links `x`. */
import type { SQLInputValue } from 'node:sqlite';
import { type InternalFilter, LINK_TAGS } from '../../../../shared/backlinks.ts';
import type { RowFilter, RowSort } from '../../../../shared/queries.ts';
import { LAST_FOLLOWABLE_TAG, LINK_STATE, NOT_SAID } from './schema.ts';
import { condition, parametersOf, type Scope } from './scope.ts';
import { type Statements, textOf } from './statements.ts';

const LIVE: Record<InternalFilter, readonly number[]> = {
  exclude: [LINK_STATE.external],
  include: [LINK_STATE.external, LINK_STATE.internal],
  only: [LINK_STATE.internal],
};
const LOST: Record<InternalFilter, readonly number[]> = {
  exclude: [LINK_STATE.lostExternal],
  include: [LINK_STATE.lostExternal, LINK_STATE.lostInternal],
  only: [LINK_STATE.lostInternal],
};

/** States of the links that a filter lets through. */
export function statesOf(internal: InternalFilter, filter: RowFilter | undefined): readonly number[] {
  switch (filter?.status ?? 'live') {
    case 'live':
    case 'new':
      return LIVE[internal];
    case 'lost':
      return LOST[internal];
    case 'all':
      return [...LIVE[internal], ...LOST[internal]];
  }
}

/** True for rows as they are given when nothing is asked: live, in the order of strength. */
export function isPlain(filter: RowFilter | undefined, sort: RowSort | undefined): boolean {
  if (sort === 'date') return false;
  if (filter === undefined) return true;
  const { status = 'live', since: _, onePerDomain, ...rest } = filter;
  return status === 'live' && onePerDomain !== true && Object.values(rest).every((value) => value === undefined);
}

/** The conditions of a filter, `1` where there is none. */
export function filterConditions(filter: RowFilter): { sql: string; parameters: SQLInputValue[] } {
  const conditions: string[] = [];
  const parameters: SQLInputValue[] = [];
  const add = (sql: string, ...values: readonly SQLInputValue[]): void => {
    conditions.push(sql);
    parameters.push(...values);
  };
  const { followed, tag, country, status, since } = filter;
  if (followed !== undefined)
    add(`l.tag <= ${LAST_FOLLOWABLE_TAG} and l.nofollow ${followed ? '= 0' : '<> 0'} and l.nofollow <> ${NOT_SAID.nofollow}`);
  if (tag !== undefined) add('l.tag = ?', LINK_TAGS.indexOf(tag));
  if (country !== undefined) add('s.place in (select id from place where country_code = ?)', country.toUpperCase());
  const from = since === undefined ? null : Date.parse(since) / 1000;
  if (status === 'new') add('l.first_seen is not null and l.first_seen >= ?', from ?? Number.MIN_SAFE_INTEGER);
  if (status === 'lost' && from !== null) add('x.on_second >= ?', from);
  if (status === 'all' && from !== null) add(`(l.state < ${LINK_STATE.lostExternal} or x.on_second >= ?)`, from);
  return { sql: conditions.length === 0 ? '1' : conditions.join(' and '), parameters };
}

/** Ids of the scope's link texts that contain a text, whatever the case. SQLite's own LIKE knows the case of ASCII only. */
export function anchorsWith(statements: Statements, scope: Scope, states: readonly number[], wanted: string): ReadonlySet<number> {
  const needle = folded(wanted);
  const sql = `select a.id, a.text from (select distinct l.anchor as id from link l where ${condition(scope)} and l.state in (${states.join(', ')})) d
    join anchor a on a.id = d.id`;
  const found = new Set<number>();
  for (const [id, text] of statements.each(sql, ...parametersOf(scope))) if (folded(textOf(text) ?? '').includes(needle)) found.add(Number(id));
  return found;
}

/** Both steps are needed: some letters differ only after the first (the Kelvin sign and k), some only after the second (σ and ς). */
function folded(text: string): string {
  return text.normalize('NFC').toLowerCase().toUpperCase();
}
