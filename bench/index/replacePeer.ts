/**
 * The same index in LMDB, as somebody would lay it out by hand: links by id, their ids by source, target, host and domain, and the plain counts
 * of each scope. Replacing a page's links deletes the old and puts the new; it keeps no lost links, no dates and no distinct counts.
 */
import path from 'node:path';
import { databaseOf } from '../../server/src/linkIndex/generations.ts';
import { openDatabase } from '../../server/src/linkIndex/sqlite/driver.ts';
import type { CrawledPage } from '../../server/src/linkIndex/store.ts';
import { pageKey } from '../../server/src/urls/keys.ts';
import type { Lmdb, LmdbDatabase, LmdbEnvironment } from './peers.ts';

type LinkRecord = readonly number[];
/** Links and internal links of a scope. */
type Counts = readonly [number, number];

/** Columns of a link's record. */
const LINK = { target: 0, host: 1, domain: 2, state: 3, source: 4, anchor: 5, position: 6, tag: 7, nofollow: 8 } as const;
const SCOPES = [LINK.target, LINK.host, LINK.domain] as const;
/** So many puts in one transaction while it is filled. */
const BATCH = 20_000;

export class LmdbIndex {
  readonly #environment: LmdbEnvironment;
  readonly #links: LmdbDatabase<number, LinkRecord>;
  readonly #bySource: LmdbDatabase<number, number>;
  readonly #byScope: readonly LmdbDatabase<number, number>[];
  readonly #counts: readonly LmdbDatabase<number, Counts>[];
  /** Page key to id, host and domain. */
  readonly #pages: LmdbDatabase<string, readonly [number, number, number]>;
  readonly #anchors: LmdbDatabase<string, number>;
  #lastLink = 0;
  #lastAnchor = 0;

  constructor(lmdb: Lmdb, folder: string) {
    this.#environment = lmdb.open({ path: path.join(folder, 'lmdb'), maxDbs: 16 });
    const ids = (name: string): LmdbDatabase<number, number> => this.#environment.openDB({ name, dupSort: true, encoding: 'ordered-binary' });
    this.#links = this.#environment.openDB({ name: 'link' });
    this.#bySource = ids('source');
    this.#byScope = ['target', 'host', 'domain'].map(ids);
    this.#counts = ['target', 'host', 'domain'].map((name) => this.#environment.openDB({ name: `${name}-counts` }));
    this.#pages = this.#environment.openDB({ name: 'page' });
    this.#anchors = this.#environment.openDB({ name: 'anchor' });
  }

  /** Takes in what a finished index holds. */
  fill(index: string): void {
    const db = openDatabase(databaseOf(index), { readOnly: true });
    this.#each(db.prepare('select p.key, p.id, p.host, h.domain from page p join host h on h.id = p.host'), ([key, ...ids]) =>
      this.#pages.putSync(String(key), ids as [number, number, number]),
    );
    this.#each(db.prepare('select text, id from anchor'), ([text, id]) => this.#addAnchor(String(text), Number(id)));
    const links = 'select id, target, target_host, target_domain, state, source, anchor, position, tag, nofollow from link order by id';
    this.#each(db.prepare(links), ([id, ...record]) => this.#put(Number(id), record as number[]));
    for (const [at, counts] of this.#counts.entries()) {
      const totals = db.prepare(`select key, links, internal from total where kind = ${at}`);
      this.#each(totals, ([key, ...both]) => counts.putSync(Number(key), both as [number, number]));
    }
    db.close();
  }

  /** Replaces a page's links in one transaction. */
  replace(page: CrawledPage): void {
    this.#environment.transactionSync(() => {
      const source = this.#pages.get(pageKey(page.url) ?? '');
      if (source === undefined) return;
      for (const id of [...this.#bySource.getValues(source[0])]) this.#drop(id);
      for (const link of page.links) {
        const target = this.#pages.get(pageKey(link.url) ?? '');
        if (target === undefined) continue;
        const anchor = this.#anchors.get(link.text) ?? this.#addAnchor(link.text, this.#lastAnchor + 1);
        const state = Number(target[2] === source[2]);
        const record = [...target, state, source[0], anchor, link.position ?? 0, 0, Number(link.nofollow)];
        this.#put(this.#lastLink + 1, record);
        this.#count(record, 1);
      }
    });
  }

  /** Links from other domains of a page. */
  backlinks(url: string): number {
    const id = this.#pages.get(pageKey(url) ?? '')?.[0] ?? 0;
    return this.#counts[0]?.get(id)?.[0] ?? 0;
  }

  async close(): Promise<void> {
    await this.#environment.close();
  }

  #put(id: number, record: LinkRecord): void {
    this.#lastLink = Math.max(this.#lastLink, id);
    this.#links.putSync(id, record);
    this.#bySource.putSync(record[LINK.source] ?? 0, id);
    for (const [at, column] of SCOPES.entries()) this.#byScope[at]?.putSync(record[column] ?? 0, id);
  }

  #drop(id: number): void {
    const record = this.#links.get(id);
    if (record === undefined) return;
    this.#links.removeSync(id);
    this.#bySource.removeSync(record[LINK.source] ?? 0, id);
    for (const [at, column] of SCOPES.entries()) this.#byScope[at]?.removeSync(record[column] ?? 0, id);
    this.#count(record, -1);
  }

  #count(record: LinkRecord, by: 1 | -1): void {
    for (const [at, column] of SCOPES.entries()) {
      const key = record[column] ?? 0;
      const [links, internal] = this.#counts[at]?.get(key) ?? [0, 0];
      const isInternal = record[LINK.state] === 1;
      this.#counts[at]?.putSync(key, isInternal ? [links, internal + by] : [links + by, internal]);
    }
  }

  #addAnchor(text: string, id: number): number {
    this.#lastAnchor = Math.max(this.#lastAnchor, id);
    // LMDB's keys end at 1978 bytes.
    this.#anchors.putSync(text.slice(0, 400), id);
    return id;
  }

  #each(statement: { iterate(): Iterable<unknown>; setReturnArrays(enabled: boolean): void }, put: (row: readonly unknown[]) => void): void {
    statement.setReturnArrays(true);
    const rows = statement.iterate()[Symbol.iterator]();
    for (let done = false; !done; ) {
      this.#environment.transactionSync(() => {
        for (let at = 0; at < BATCH && !done; at++) {
          const next = rows.next();
          done = next.done === true;
          if (!done) put(next.value as readonly unknown[]);
        }
      });
    }
  }
}
