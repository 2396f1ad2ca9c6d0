/**
 * Details of many lightly linked targets at once: their links come from one statement and their texts from another, and the counting is
 * done here. One target at a time needs three statements each, most of whose time goes into starting them.
 */
import { countForms, type Details, STRONGEST, TOP_ANCHORS } from './details.ts';
import { namesById } from './queries/names.ts';
import { formUrl } from './rows.ts';
import { ADDED_FROM, FORM_CODES } from './schema.ts';
import type { Scope } from './scope.ts';
import type { Statements } from './statements.ts';

/** A target of one value, with the key of its page where it is one. */
export interface LightTarget {
  readonly value: number;
  /** Null for a host or domain, of which forms are not counted. */
  readonly pageKey: string | null;
}

/** Links of one target, gathered. */
interface Gathered {
  readonly anchors: Map<number, number>;
  readonly forms: Map<number, number>;
  /** By domain: its first link and how many more. */
  readonly domains: Map<number, { readonly link: number; more: number }>;
  added: boolean;
}

/**
 * Counts the details of lightly linked targets.
 *
 * @param column of `link`, in which the values of the targets stand
 * @returns by value; without those that have links added to the finished generation, whose ids do not tell which is the strongest
 */
export function readLightDetails(statements: Statements, column: Scope['column'], targets: readonly LightTarget[]): Map<number, Details> {
  const gathered = gather(
    statements,
    column,
    targets.map(({ value }) => value),
  );
  const top = new Map(targets.map(({ value }) => [value, mostFrequent(gathered.get(value)?.anchors ?? new Map())]));
  const texts = namesById(statements, 'anchor', 'text', [...top.values()].flat());
  const forms = namesById(
    statements,
    'form',
    'url',
    targets.flatMap(({ value, pageKey }) => (pageKey === null ? [] : uncoded(gathered.get(value)))),
  );
  return new Map(
    targets.flatMap(({ value, pageKey }) => {
      const { anchors, forms: written, domains, added } = gathered.get(value) ?? nothing();
      if (added) return [];
      const counted = Array.from(written, ([form, n]) => [formText(form, pageKey ?? '', forms), n] as const);
      const details = {
        anchors: topAnchors(top.get(value) ?? [], anchors, texts),
        strongest: Array.from(domains.values()).slice(0, STRONGEST),
        forms: pageKey === null ? null : countForms(counted),
      };
      return [[value, details] as const];
    }),
  );
}

function gather(statements: Statements, column: Scope['column'], values: readonly number[]): Map<number, Gathered> {
  const rows = statements.values(
    `select l.${column}, l.id, l.anchor, l.form, h.domain from json_each(?) k cross join link l on l.${column} = k.value and l.state = 0
     join page s on s.id = l.source join host h on h.id = s.host`,
    JSON.stringify([...new Set(values)]),
  );
  const gathered = new Map<number, Gathered>();
  for (const [value, link, anchor, form, domain] of rows as readonly (readonly number[])[]) {
    const target = gathered.get(value as number) ?? nothing();
    if (target.domains.size === 0) gathered.set(value as number, target);
    count(target.anchors, anchor as number);
    count(target.forms, form as number);
    const known = target.domains.get(domain as number);
    if (known === undefined) target.domains.set(domain as number, { link: link as number, more: 0 });
    else known.more++;
    target.added ||= (link as number) >= ADDED_FROM;
  }
  return gathered;
}

function nothing(): Gathered {
  return { anchors: new Map(), forms: new Map(), domains: new Map(), added: false };
}

function count(counts: Map<number, number>, id: number): void {
  counts.set(id, (counts.get(id) ?? 0) + 1);
}

/** Ids that may be among the first: the last place may be shared by many, and the text decides. */
export function mostFrequent(counts: ReadonlyMap<number, number>): number[] {
  if (counts.size <= TOP_ANCHORS) return [...counts.keys()];
  const least = Array.from(counts.values()).sort((a, b) => b - a)[TOP_ANCHORS - 1] ?? 0;
  return Array.from(counts).flatMap(([id, n]) => (n >= least ? [id] : []));
}

export function topAnchors(ids: readonly number[], counts: ReadonlyMap<number, number>, texts: ReadonlyMap<number, string>): Details['anchors'] {
  const named = ids.flatMap((id) => {
    const text = texts.get(id);
    return text === undefined ? [] : [{ text, count: counts.get(id) ?? 0 }];
  });
  return named.sort((a, b) => b.count - a.count || compareBytes(a.text, b.text)).slice(0, TOP_ANCHORS);
}

/** As SQLite orders texts. */
function compareBytes(a: string, b: string): number {
  return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function uncoded(gathered: Gathered | undefined): number[] {
  return gathered === undefined
    ? []
    : Array.from(gathered.forms.keys()).flatMap((form) => (form < FORM_CODES.length ? [] : [form - FORM_CODES.length]));
}

export function formText(form: number, pageKey: string, texts: ReadonlyMap<number, string>): string {
  return form < FORM_CODES.length ? formUrl(form, pageKey) : (texts.get(form - FORM_CODES.length) ?? '');
}
