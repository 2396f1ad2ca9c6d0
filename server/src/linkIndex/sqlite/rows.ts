/** One page of a target's rows: its ids first, in order, then the rest of each row (a late join, so that deep pages stay cheap). */

import type { InternalFilter } from '../../../../shared/backlinks.ts';
import { type Backlink, LINK_TAGS, type Strength } from '../../../../shared/backlinks.ts';
import { formUrl } from './details.ts';
import { FORM_CODES } from './schema.ts';
import { orderedIds, type Scope } from './scope.ts';
import { numberOf, type Row, type Statements, textOf } from './statements.ts';

const COLUMNS = `l.position, l.tag, l.nofollow, l.form, r.tokens as rel, a.text as anchor, s.url as source_form, s.key as source_key, s.title,
  s.external, s.internal, s.strength, s.captured, t.key as target_key, f.url as form_url, g.ip, g.country_code, g.country, g.city`;
const JOINS = `join link l on l.id = k.id join page s on s.id = l.source join page t on t.id = l.target join anchor a on a.id = l.anchor
  left join rel r on r.id = l.rel left join form f on f.id = l.form - ${FORM_CODES.length} left join place g on g.id = s.place order by l.id`;

/** @param population known pages of the index, said with every strength */
export function readRows(
  statements: Statements,
  scope: Scope,
  page: { readonly limit: number; readonly offset: number; readonly internal: InternalFilter },
  population: number,
): Backlink[] {
  const { sql, parameters } = orderedIds(scope, page.internal);
  const rows = statements.all(`select ${COLUMNS} from (${sql} limit ? offset ?) k ${JOINS}`, ...parameters, page.limit, page.offset);
  return rows.map((row) => toBacklink(row, population));
}

/** Rows by link id, in the order asked. */
export function readRowsById(statements: Statements, ids: readonly number[], population: number): Backlink[] {
  return ids.flatMap((id) => {
    const row = statements.get(`select ${COLUMNS} from (select ? as id) k ${JOINS}`, id);
    return row === null ? [] : [toBacklink(row, population)];
  });
}

function toBacklink(row: Row, population: number): Backlink {
  const day = isoDay(numberOf(row['captured']));
  const external = numberOf(row['external']);
  const internal = numberOf(row['internal']);
  return {
    sourceUrl: pageUrl(row['source_form'], String(row['source_key'])),
    title: textOf(row['title']),
    anchorText: textOf(row['anchor']),
    externalLinks: external,
    internalLinks: internal,
    totalLinks: external === null || internal === null ? null : external + internal,
    strength: indexStrength(Number(row['strength']), population),
    position: numberOf(row['position']),
    targetUrl: textOf(row['form_url']) ?? formUrl(Number(row['form']), String(row['target_key'])),
    tag: LINK_TAGS[Number(row['tag'])] ?? null,
    nofollow: row['nofollow'] === 1,
    rel: textOf(row['rel'])?.split(' ') ?? [],
    ip: textOf(row['ip']),
    countryCode: textOf(row['country_code']),
    country: textOf(row['country']),
    city: textOf(row['city']),
    firstSeen: day,
    lastSeen: day,
    lost: null,
  };
}

/** A page's address from its stored short form. */
export function pageUrl(form: Row[string] | undefined, key: string): string {
  return typeof form === 'string' ? form : formUrl(Number(form), key);
}

export function indexStrength(tenths: number, population: number): Strength {
  return { basis: 'index', value: tenths / 10, population };
}

/** @param seconds since the epoch */
export function isoDay(seconds: number | null): string | null {
  return seconds === null ? null : new Date(seconds * 1000).toISOString().slice(0, 10);
}
