/** How many backlinks of a target are new, and how many were lost, in the weeks before the latest capture. */
import type { IndexInfo } from '../store.ts';
import { nameOfScope } from './counts.ts';
import type { ReadState } from './readState.ts';
import { LINK_STATE } from './schema.ts';
import { condition, domainOf, parametersOf, type Scope } from './scope.ts';
import { HEAVY } from './totals.ts';

export interface ChangeCounts {
  readonly new: number;
  readonly lost: number;
}

export const NO_CHANGES: ChangeCounts = { new: 0, lost: 0 };

/** As long as the vendors' longest. */
const DAYS = 90;
const DAY = 86_400_000;
/** Rows of links that are looked at in the time of one with its page and host. */
const LIGHTNESS = 4;

/**
 * The day that changes are counted from: DAYS before the latest capture, or that of the first where it is later.
 *
 * @returns an ISO day; null while no page was captured twice
 */
export function changesSince({
  recaptured,
  firstCapture,
  lastCapture,
}: Pick<IndexInfo, 'recaptured' | 'firstCapture' | 'lastCapture'>): string | null {
  if (recaptured !== true || firstCapture === null || lastCapture === null) return null;
  const start = new Date(Date.parse(lastCapture) - DAYS * DAY).toISOString().slice(0, 10);
  return start > firstCapture ? start : firstCapture;
}

/**
 * Counts what `rows` gives with the status `new` or `lost` since a day.
 *
 * @param links how many backlinks the scope has
 * @param since ISO day
 * @throws TooHeavy
 */
export function countChanges(state: ReadState, scope: Scope, links: number, since: string): ChangeCounts {
  const from = Date.parse(since) / 1000;
  if (links <= HEAVY) return { new: links === 0 ? 0 : countLight(state, scope, from), lost: countLost(state, scope, from) };
  const [fresh = 0, lost = 0] = state.lists.get(`change counts ${nameOfScope(scope)}`, () =>
    Float64Array.of(countHeavy(state, scope, from), countLost(state, scope, from)),
  );
  return { new: fresh, lost };
}

function countLight({ statements }: ReadState, scope: Scope, from: number): number {
  const sql = `select count(*) from link l where ${condition(scope)} and l.state = ${LINK_STATE.external} and l.first_seen >= ?`;
  return Number(statements.first(sql, ...parametersOf(scope), from)?.[0] ?? 0);
}

/** Not all links of the scope are looked at, but the new ones of its domain. */
function countHeavy(state: ReadState, scope: Scope, from: number): number {
  const domain = domainOf(state.statements, scope);
  const fresh = 'l.target_domain = ? and l.first_seen >= ?';
  state.weighLinks(fresh, [domain, from], LIGHTNESS);
  const sql = `select count(*) from link l indexed by link_new where ${fresh} and l.state = ${LINK_STATE.external} and ${condition(scope)}`;
  return Number(state.statements.first(sql, domain, from, ...parametersOf(scope))?.[0] ?? 0);
}

/** They have a state of their own in the indexes. */
function countLost(state: ReadState, scope: Scope, from: number): number {
  const lost = `${condition(scope)} and l.state = ${LINK_STATE.lostExternal}`;
  state.weighLinks(lost, parametersOf(scope), LIGHTNESS);
  const sql = `select count(*) from link l cross join lost x on x.link = l.id where ${lost} and x.on_second >= ?`;
  return Number(state.statements.first(sql, ...parametersOf(scope), from)?.[0] ?? 0);
}
