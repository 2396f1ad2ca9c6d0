/**
 * The hosts and domains of pages that links stand on, for questions that visit many links: joining each link with its page and that page's host
 * takes three times as long as reading the link alone.
 */
import { ADDED_FROM } from './schema.ts';
import type { Statements } from './statements.ts';

interface Site {
  readonly host: number;
  readonly domain: number;
}

/** Pages asked for with one statement. */
const ASKED_AT_ONCE = 10_000;
/** Beyond this part of all pages, all are read: that takes less for each. */
const MOST_SINGLY = 8;
/** Pages kept that were read one by one. */
const MOST_KEPT = 200_000;

export class PageSites {
  readonly #statements: Statements;
  /** Host by page id, once all pages of the build have been read; their hosts do not change. */
  #built: Uint32Array | null = null;
  #domains = new Map<number, number>();
  readonly #single = new Map<number, Site>();

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  /** To be called where the data may have changed: ids of what was added may be given again. */
  forgetAdded(): void {
    this.#single.clear();
    for (const host of this.#domains.keys()) if (host >= ADDED_FROM) this.#domains.delete(host);
  }

  /**
   * Makes pages known; `siteOf` may then be asked for them, until this is called again.
   *
   * @param pages as many as there may be
   */
  prepare(pages: ReadonlySet<number>): void {
    if (this.#single.size > MOST_KEPT) this.#single.clear();
    let missing = this.#missing(pages);
    if (missing.size === 0) return;
    const last = Number(this.#statements.first('select max(id) from page where id < ?', ADDED_FROM)?.[0] ?? 0);
    if (this.#built === null && missing.size > Math.max(ASKED_AT_ONCE, last / MOST_SINGLY)) {
      this.#readAll(last);
      missing = this.#missing(missing);
    }
    this.#readSingly([...missing]);
  }

  /** Of a page that is known. */
  siteOf(page: number): Site {
    const single = this.#single.get(page);
    if (single !== undefined) return single;
    const host = this.#built?.[page] ?? 0;
    return { host, domain: this.#domains.get(host) ?? 0 };
  }

  #missing(pages: ReadonlySet<number>): Set<number> {
    const missing = new Set<number>();
    for (const page of pages) {
      const known = (page < ADDED_FROM && (this.#built?.[page] ?? 0) !== 0) || this.#single.has(page);
      if (!known) missing.add(page);
    }
    return missing;
  }

  #readAll(last: number): void {
    const built = new Uint32Array(last + 1);
    for (const [page, host] of this.#statements.each('select id, host from page where id < ? and host < ?', ADDED_FROM, 2 ** 32)) {
      built[Number(page)] = Number(host);
    }
    for (const [host, domain] of this.#statements.each('select id, domain from host')) this.#domains.set(Number(host), Number(domain));
    this.#built = built;
  }

  #readSingly(pages: readonly number[]): void {
    const sql = 'select p.id, h.id, h.domain from json_each(?) k cross join page p on p.id = k.value join host h on h.id = p.host';
    for (let from = 0; from < pages.length; from += ASKED_AT_ONCE) {
      const part = pages.slice(from, from + ASKED_AT_ONCE);
      for (const [page, host, domain] of this.#statements.each(sql, JSON.stringify(part))) {
        this.#single.set(Number(page), { host: Number(host), domain: Number(domain) });
      }
    }
  }
}
