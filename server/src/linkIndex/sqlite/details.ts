/** What a summary shows beside its counts: top anchors, the strongest link of each domain, the written forms. Counted over external links. */

import { withoutFragment } from './knownUrls.ts';
import { formUrl } from './rows.ts';
import { FORM_CODES, TOTAL_KIND } from './schema.ts';
import { condition, parametersOf, type Scope } from './scope.ts';
import { type Statements, textOf } from './statements.ts';

export interface Details {
  readonly anchors: readonly { readonly text: string; readonly count: number }[];
  /** Link ids, strongest first, with how many more links that domain has. */
  readonly strongest: readonly { readonly link: number; readonly more: number }[];
  /** For a page; null for the other scopes. */
  readonly forms: readonly { readonly url: string; readonly backlinks: number }[] | null;
}

export const TOP_ANCHORS = 10;
export const STRONGEST = 5;
export const MOST_FORMS = 50;

/** Counts the details of a scope none of whose links were added later. */
export function readDetails(statements: Statements, scope: Scope): Details {
  return { ...readAnchorsAndForms(statements, scope), strongest: readStrongest(statements, scope) };
}

/** The details for which the order of the links does not matter. */
export function readAnchorsAndForms(statements: Statements, scope: Scope): Pick<Details, 'anchors' | 'forms'> {
  return {
    anchors: readAnchors(statements, scope),
    forms: scope.total?.kind === TOTAL_KIND.page ? readForms(statements, scope) : null,
  };
}

function readAnchors(statements: Statements, scope: Scope): Details['anchors'] {
  const rows = statements.values(
    `select a.text, n from (select l.anchor as anchor, count(*) as n from link l where ${condition(scope)} and l.state = 0 group by l.anchor) c
     join anchor a on a.id = c.anchor order by n desc, a.text limit ${TOP_ANCHORS}`,
    ...parametersOf(scope),
  );
  return rows.map(([text, n]) => ({ text: String(text), count: Number(n) }));
}

/** Link ids follow strength, so a domain's strongest link is its lowest id. */
function readStrongest(statements: Statements, scope: Scope): Details['strongest'] {
  const rows = statements.values(
    `select min(l.id) as link, count(*) as n from link l join page p on p.id = l.source join host h on h.id = p.host
     where ${condition(scope)} and l.state = 0 group by h.domain order by link limit ${STRONGEST}`,
    ...parametersOf(scope),
  );
  return rows.map(([link, n]) => ({ link: Number(link), more: Number(n) - 1 }));
}

function readForms(statements: Statements, scope: Scope): NonNullable<Details['forms']> {
  const rows = statements.values(
    `select l.form, f.url, t.key, count(*) from link l join page t on t.id = l.target
     left join form f on f.id = l.form - ${FORM_CODES.length} where ${condition(scope)} and l.state = 0 group by l.form`,
    ...parametersOf(scope),
  );
  return countForms(rows.map(([code, url, key, n]) => [textOf(url) ?? formUrl(Number(code), String(key)), Number(n)] as const));
}

/** Forms as they are shown: without fragments, most linked first. */
export function countForms(written: readonly (readonly [url: string, links: number])[]): NonNullable<Details['forms']> {
  const counts = new Map<string, number>();
  for (const [url, n] of written) {
    const form = withoutFragment(url);
    counts.set(form, (counts.get(form) ?? 0) + n);
  }
  const forms = Array.from(counts, ([url, backlinks]) => ({ url, backlinks }));
  return forms.sort((a, b) => b.backlinks - a.backlinks || (a.url < b.url ? -1 : 1)).slice(0, MOST_FORMS);
}
