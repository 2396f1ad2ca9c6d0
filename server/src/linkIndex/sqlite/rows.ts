/** Rows by link id: what one statement brings together, made into Backlinks. */
import type { SQLInputValue } from 'node:sqlite';
import { type Backlink, LINK_TAGS, type Strength } from '../../../../shared/backlinks.ts';
import { FORM_CODES, LOST_REASONS, NOT_SAID } from './schema.ts';
import { GIVEN_LIMIT, numberOf, type Statements, textOf, type Values } from './statements.ts';

/** Values kept by id before they are read again. */
const KEPT = 20_000;

const KEPT_SQL = 100;

const BASE = `l.id, l.position, l.tag, l.nofollow, l.form, l.rel, l.first_seen, a.text, s.url, s.key, s.title, s.external, s.internal, s.strength,
  s.captured, s.first_captured, s.is_page or s.redirect is not null or s.gone is not null, s.place, t.key`;
const LOST = 'x.on_second, x.reason, x.last_seen';
const LISTED = 'p.score, p.value';

interface Place {
  readonly ip: string | null;
  readonly countryCode: string | null;
  readonly country: string | null;
  readonly city: string | null;
}

const NOWHERE: Place = { ip: null, countryCode: null, country: null, city: null };

interface Score {
  readonly name: string;
  readonly scale: number;
}

/** Which tables beside the usual ones a row needs. */
export interface RowTables {
  /** Some rows are lost. */
  readonly lost: boolean;
  /** The index holds links of lists. */
  readonly listed: boolean;
}

export class RowReader {
  readonly #statements: Statements;
  readonly #population: number;
  readonly #listed: boolean;
  readonly #days = new Map<number, string>();
  readonly #places = new Map<number, Place>();
  readonly #rels = new Map<number, readonly string[]>();
  readonly #forms = new Map<number, string>();
  readonly #scores = new Map<number, Score>();
  /** SQL by the query that gives the ids: a text that is made anew costs as much as ten rows. */
  readonly #sql = new Map<string, string>();

  /** @param population known pages of the index, said with every strength */
  constructor(statements: Statements, population: number) {
    this.#statements = statements;
    this.#population = population;
    this.#listed = statements.first('select 1 from listed_page limit 1') !== null;
  }

  /**
   * Rows of live links whose ids a query gives, in the order of the ids.
   *
   * @param ids SQL that gives `id` and ends before its limit and offset, the last two parameters
   */
  read(ids: string, parameters: readonly SQLInputValue[]): Backlink[] {
    let sql = this.#sql.get(ids);
    if (sql === undefined) {
      sql = rowsOf(`${ids} limit ${GIVEN_LIMIT} offset ?`, { lost: false, listed: this.#listed });
      if (this.#sql.size < KEPT_SQL) this.#sql.set(ids, sql);
    }
    const rows = this.#statements.values(sql, ...parameters);
    return rows.map((row) => this.#toBacklink(row));
  }

  /** Rows by link id. */
  readIds(ids: readonly number[], lost: boolean): Map<number, Backlink> {
    if (ids.length === 0) return new Map();
    const sql = rowsOf('select value as id from json_each(?)', { lost, listed: this.#listed });
    return new Map(this.#statements.values(sql, JSON.stringify(ids)).map((row) => [Number(row[0]), this.#toBacklink(row)]));
  }

  #toBacklink(row: Values): Backlink {
    const [, position, tag, nofollow, form, rel, firstSeen, anchor, url, key, title, external, internal, strength, captured, firstCaptured, visited] =
      row;
    const [place, targetKey, lostOn, lostReason, lostSeen, score, value] = row.slice(17);
    const { ip, countryCode, country, city } = typeof place === 'number' ? this.#placeOf(place) : NOWHERE;
    return {
      sourceUrl: pageUrl(url, key),
      title: textOf(title),
      anchorText: textOf(anchor),
      externalLinks: numberOf(external),
      internalLinks: numberOf(internal),
      totalLinks: typeof external === 'number' && typeof internal === 'number' ? external + internal : null,
      strength: typeof score === 'number' ? this.#vendorStrength(score, Number(value)) : this.#ownStrength(Number(strength), visited === 1),
      position: numberOf(position),
      targetUrl: Number(form) < FORM_CODES.length ? formUrl(Number(form), String(targetKey)) : this.#formOf(Number(form)),
      tag: LINK_TAGS[Number(tag)] ?? null,
      nofollow: nofollow === NOT_SAID.nofollow ? null : nofollow === 1,
      rel: rel === 0 ? [] : this.#relOf(Number(rel)),
      ip,
      countryCode,
      country,
      city,
      firstSeen: this.#day(firstSeen ?? firstCaptured ?? captured),
      lastSeen: this.#day(typeof lostOn === 'number' ? lostSeen : captured),
      lost: typeof lostOn === 'number' ? { on: this.#day(lostOn) ?? '', reason: LOST_REASONS[Number(lostReason)] ?? 'unknown' } : null,
    };
  }

  /** Of a page that only a list names, and that no captured page links to, nothing is known. */
  #ownStrength(tenths: number, visited: boolean): Strength | null {
    return tenths === 0 && !visited ? null : indexStrength(tenths, this.#population);
  }

  /** 0 stands for a first capture without a date. */
  #day(seconds: unknown): string | null {
    if (typeof seconds !== 'number' || seconds === 0) return null;
    const day = Math.floor(seconds / 86_400);
    return remembered(this.#days, day, () => new Date(day * 86_400_000).toISOString().slice(0, 10));
  }

  #placeOf(id: number): Place {
    return remembered(this.#places, id, () => {
      const [ip, countryCode, country, city] = this.#statements.first('select ip, country_code, country, city from place where id = ?', id) ?? [];
      return { ip: textOf(ip), countryCode: textOf(countryCode), country: textOf(country), city: textOf(city) };
    });
  }

  #relOf(id: number): readonly string[] {
    return remembered(this.#rels, id, () => textOf(this.#statements.first('select tokens from rel where id = ?', id)?.[0])?.split(' ') ?? []);
  }

  #formOf(form: number): string {
    return remembered(this.#forms, form, () =>
      String(this.#statements.first('select url from form where id = ?', form - FORM_CODES.length)?.[0] ?? ''),
    );
  }

  #vendorStrength(score: number, value: number): Strength {
    const { name, scale } = remembered(this.#scores, score, () => {
      const [name, scale] = this.#statements.first('select name, scale from score where id = ?', score) ?? [];
      return { name: String(name), scale: Number(scale) };
    });
    return { basis: 'vendor', value, name, scale };
  }
}

/** Rows of links repeat what is shared by a whole site; reading it once for each site saves four joins a row. */
function remembered<T>(known: Map<number, T>, id: number, read: () => T): T {
  const there = known.get(id);
  if (there !== undefined) return there;
  if (known.size >= KEPT) known.clear();
  const value = read();
  known.set(id, value);
  return value;
}

/** A list's score stands for pages that were never captured: what a capture tells is the index's own. */
function rowsOf(ids: string, { lost, listed }: RowTables): string {
  return `select ${BASE}, ${lost ? LOST : 'null, null, null'}, ${listed ? LISTED : 'null, null'} from (${ids}) k cross join link l on l.id = k.id
    join page s on s.id = l.source join page t on t.id = l.target left join anchor a on a.id = l.anchor
    ${lost ? 'left join lost x on x.link = l.id' : ''} ${listed ? 'left join listed_page p on p.page = l.source and s.is_page = 0' : ''} order by l.id`;
}

/** A page's address from its stored short form. */
export function pageUrl(form: Values[number] | undefined, key: Values[number] | undefined): string {
  return typeof form === 'string' ? form : formUrl(Number(form), String(key));
}

/** The URL behind a form code. */
export function formUrl(code: number, key: string): string {
  return `${FORM_CODES[code] ?? ''}${key}`;
}

export function indexStrength(tenths: number, population: number): Strength {
  return { basis: 'index', value: tenths / 10, population };
}

/** @param seconds since the epoch */
export function isoDay(seconds: number | null): string | null {
  return seconds === null ? null : new Date(seconds * 1000).toISOString().slice(0, 10);
}
