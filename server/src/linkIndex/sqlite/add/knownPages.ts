/** Pages of a generation that is added to, by key: found, or added with an id from ADDED_FROM on and without strength. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { pageKey } from '../../../urls/keys.ts';
import { withoutFragment } from '../knownUrls.ts';
import { formCode } from '../schema.ts';
import type { KnownHost, KnownHosts } from './knownHosts.ts';
import { nextId } from './nextId.ts';

export interface KnownPage {
  readonly id: number;
  readonly key: string;
  readonly host: KnownHost;
}

const CACHED = 1 << 17;

export class KnownPages {
  /** Added since `forget`. */
  added = 0;
  readonly #db: DatabaseSync;
  readonly #hosts: KnownHosts;
  readonly #find: StatementSync;
  readonly #insert: StatementSync;
  #known = new Map<string, KnownPage>();
  #next = 0;

  constructor(db: DatabaseSync, hosts: KnownHosts) {
    this.#db = db;
    this.#hosts = hosts;
    this.#find = db.prepare('select id, host from page where key = ?');
    this.#insert = db.prepare('insert into page (id, key, url, host, strength, is_page, noindex) values (?, ?, ?, ?, 0, 0, 0)');
    this.forget(true);
  }

  /** The page of a URL, made known if need be; null for what is no http(s) URL. */
  ofUrl(url: string): KnownPage | null {
    const key = pageKey(url);
    return key === null ? null : this.ofKey(key, url);
  }

  /** @param url one of the URLs with this key, kept for a page that was not known */
  ofKey(key: string, url: string): KnownPage {
    return this.findKey(key) ?? this.#keep(this.#add(key, url));
  }

  /** Null for a page that is not known. */
  findKey(key: string): KnownPage | null {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const row = this.#find.get(key);
    return row === undefined ? null : this.#keep({ id: Number(row['id']), key, host: this.#hosts.ofId(Number(row['host'])) });
  }

  /** Starts counting anew. @param undone after a rollback: some of what was found or added is no longer there */
  forget(undone: boolean): void {
    this.added = 0;
    if (!undone) return;
    this.#known = new Map();
    this.#next = nextId(this.#db, 'page');
  }

  #keep(page: KnownPage): KnownPage {
    if (this.#known.size >= CACHED) this.#known = new Map();
    this.#known.set(page.key, page);
    return page;
  }

  #add(key: string, url: string): KnownPage {
    const host = this.#hosts.ofKey(key);
    const id = this.#next++;
    this.added++;
    this.#insert.run(id, key, storedForm(withoutFragment(url), key), host.id);
    return { id, key, host };
  }
}

/** The short form of an address: its code, or the text. */
export function storedForm(url: string, key: string): number | string {
  const code = formCode(url, key);
  return code >= 0 ? code : url;
}
