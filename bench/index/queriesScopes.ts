/** What the query bench asks for: some light targets and the heaviest one of each kind, found in the index itself. */
import type { DatabaseSync } from 'node:sqlite';
import { TOTAL_KIND } from '../../server/src/linkIndex/sqlite/schema.ts';
import { parseTarget } from '../../server/src/urls/targets.ts';
import type { Target } from '../../shared/backlinks.ts';

export interface Scope {
  readonly name: string;
  readonly column: 'target' | 'target_host' | 'target_domain';
  readonly targets: readonly Target[];
  /** Their keys or names, as the index has them. */
  readonly names: readonly string[];
  /** Rows of the last one. */
  readonly total: number;
}

const LIGHT = 20;

/** Hosts are those below a domain: the others are asked for as domains. */
const KINDS = [
  { name: 'page', column: 'target', text: 'select key as text from page where id = ?', of: '', kind: TOTAL_KIND.page },
  {
    name: 'host',
    column: 'target_host',
    text: 'select name as text from host where id = ?',
    of: 'and exists (select 1 from host_tree t where t.ancestor = o.key)',
    kind: TOTAL_KIND.host,
  },
  { name: 'domain', column: 'target_domain', text: 'select name as text from domain where id = ?', of: '', kind: TOTAL_KIND.domain },
] as const;

export function scopesOf(db: DatabaseSync): Scope[] {
  return KINDS.flatMap(({ name, column, text, of, kind }) => {
    const totals = `select o.key, o.links from total o where o.kind = ${kind} ${of}`;
    const scope = (weight: string, rows: readonly Record<string, unknown>[]): Scope => {
      const names = rows.map(({ key }) => String(db.prepare(text).get(Number(key))?.['text']));
      const targets = names.map((known) => targetOf(name === 'page' ? `https://${known}` : known));
      return { name: `${name}, ${weight}`, column, names, targets, total: Number(rows.at(-1)?.['links'] ?? 0) };
    };
    const light = db.prepare(`${totals} and o.links >= 8 order by o.links, o.key limit 2000`).all();
    const step = Math.max(1, Math.floor(light.length / LIGHT));
    return [
      scope('light', light.filter((_, at) => at % step === 0).slice(0, LIGHT)),
      scope('heavy', db.prepare(`${totals} order by o.links desc limit 1`).all()),
    ];
  });
}

export function targetOf(text: string): Target {
  const target = parseTarget(text);
  if (target === null) throw new TypeError(`no target: ${text}`);
  return target;
}
