/** Details of one heavily linked target: its links are visited once, without their pages, and the counting is done here. */
import { countForms, type Details, STRONGEST } from './details.ts';
import { formText, mostFrequent, topAnchors } from './lightDetails.ts';
import { NumberList } from './numberList.ts';
import { namesById } from './queries/names.ts';
import type { ReadState } from './readState.ts';
import { ADDED_FROM, FORM_CODES, LINK_STATE, NOT_SAID, TOTAL_KIND } from './schema.ts';
import { condition, parametersOf, type Scope } from './scope.ts';
import { textOf } from './statements.ts';

/** Live links from other domains, by their ids: a column each. */
interface Visited {
  readonly ids: Float64Array;
  readonly sources: Float64Array;
  readonly anchors: ReadonlyMap<number, number>;
  readonly forms: ReadonlyMap<number, number>;
}

/** The strongest link of a domain. */
interface First {
  link: number;
  /** Where it stands: its id, or for one that was added the id of the first that stands behind it. */
  place: number;
  /** Among those that were added and stand before the same one; behind them comes that one itself. */
  turn: number;
  more: number;
}

/** What a build counts in its columns (build/scopeDetails.ts), of any scope and with whatever was added to it. */
export function countHeavyDetails(state: ReadState, scope: Scope): Details {
  const { ids, sources, anchors, forms } = visit(state, scope);
  const strongest = Array.from(firstOfDomains(state, scope, ids, sources)).sort((a, b) => a.place - b.place || a.turn - b.turn);
  const top = mostFrequent(anchors);
  return {
    anchors: topAnchors(top, anchors, namesById(state.statements, 'anchor', 'text', top)),
    strongest: strongest.slice(0, STRONGEST).map(({ link, more }) => ({ link, more })),
    forms: scope.total?.kind === TOTAL_KIND.page ? formsOf(state, scope, forms) : null,
  };
}

function visit({ statements }: ReadState, scope: Scope): Visited {
  const [ids, sources] = [new NumberList(), new NumberList()];
  const [anchors, forms] = [new Map<number, number>(), new Map<number, number>()];
  const sql = `select l.id, l.source, l.anchor, l.form from link l where ${condition(scope)} and l.state = ${LINK_STATE.external} order by l.id`;
  for (const [id, source, anchor, form] of statements.each(sql, ...parametersOf(scope)) as Iterable<readonly number[]>) {
    ids.push(id as number);
    sources.push(source as number);
    anchors.set(anchor as number, (anchors.get(anchor as number) ?? 0) + 1);
    forms.set(form as number, (forms.get(form as number) ?? 0) + 1);
  }
  anchors.delete(NOT_SAID.anchor);
  return { ids: ids.toArray(), sources: sources.toArray(), anchors, forms };
}

function firstOfDomains({ order, sites }: ReadState, scope: Scope, ids: Float64Array, sources: Float64Array): Iterable<First> {
  const added = new Map(order.added(scope, [LINK_STATE.external]).map(({ id, before }, turn) => [id, { before, turn }]));
  sites.prepare(new Set(sources));
  const firsts = new Map<number, First>();
  for (const [at, link] of ids.entries()) {
    const { domain } = sites.siteOf(sources[at] as number);
    const place = link < ADDED_FROM ? link : (added.get(link)?.before ?? Number.POSITIVE_INFINITY);
    const turn = added.get(link)?.turn ?? Number.POSITIVE_INFINITY;
    const first = firsts.get(domain);
    if (first === undefined) {
      firsts.set(domain, { link, place, turn, more: 0 });
      continue;
    }
    first.more++;
    if (place < first.place || (place === first.place && turn < first.turn)) Object.assign(first, { link, place, turn });
  }
  return firsts.values();
}

function formsOf({ statements }: ReadState, scope: Scope, forms: ReadonlyMap<number, number>): NonNullable<Details['forms']> {
  const key = textOf(statements.first('select key from page where id = ?', scope.values[0] ?? 0)?.[0]) ?? '';
  const codes = Array.from(forms.keys()).flatMap((form) => (form < FORM_CODES.length ? [] : [form - FORM_CODES.length]));
  const texts = namesById(statements, 'form', 'url', codes);
  return countForms(Array.from(forms, ([form, n]) => [formText(form, key, texts), n] as const));
}
