/** Hosts and domains of a generation that is added to, with the hosts above each: found, or added with an id from ADDED_FROM on. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { registrableDomain } from '../../../urls/domains.ts';
import { hostsAbove } from '../numbering.ts';
import { nextId } from './nextId.ts';

export interface KnownHost {
  readonly id: number;
  readonly domain: number;
  /** The host itself and the hosts above it, without the domain: the scopes of hosts that its links are in. */
  readonly scopes: readonly number[];
}

const CACHED = 1 << 16;

export class KnownHosts {
  /** Added since `forget`. */
  addedHosts = 0;
  addedDomains = 0;
  readonly #db: DatabaseSync;
  readonly #findHost: StatementSync;
  readonly #nameHost: StatementSync;
  readonly #findDomain: StatementSync;
  readonly #addHost: StatementSync;
  readonly #addDomain: StatementSync;
  readonly #addBelow: StatementSync;
  #byName = new Map<string, KnownHost>();
  #byId = new Map<number, KnownHost>();
  #nextHost = 0;
  #nextDomain = 0;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#findHost = db.prepare('select id from host where name = ?');
    this.#nameHost = db.prepare('select name from host where id = ?');
    this.#findDomain = db.prepare('select id from domain where name = ?');
    this.#addHost = db.prepare('insert into host (id, name, domain) values (?, ?, ?)');
    this.#addDomain = db.prepare('insert into domain (id, name, strength) values (?, ?, 0)');
    this.#addBelow = db.prepare('insert into host_tree (ancestor, host) values (?, ?)');
    this.forget(true);
  }

  /** @param key a page key: host, perhaps a port, path */
  ofKey(key: string): KnownHost {
    return this.#ofName(key.slice(0, key.indexOf('/')).replace(/:\d+$/, ''));
  }

  ofId(id: number): KnownHost {
    const known = this.#byId.get(id);
    if (known !== undefined) return known;
    return this.#ofName(String(this.#nameHost.get(id)?.['name']));
  }

  /** Starts counting anew. @param undone after a rollback: some of what was found or added is no longer there */
  forget(undone: boolean): void {
    this.addedHosts = 0;
    this.addedDomains = 0;
    if (!undone) return;
    this.#byName = new Map();
    this.#byId = new Map();
    this.#nextHost = nextId(this.#db, 'host');
    this.#nextDomain = nextId(this.#db, 'domain');
  }

  #ofName(name: string): KnownHost {
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    const domainName = registrableDomain(name);
    const domain = this.#domain(domainName);
    const chain = name === domainName ? [name] : [name, ...hostsAbove({ name, domain: domainName })];
    const ids = chain.map((one) => this.#host(one, domainName, domain));
    const found: KnownHost = { id: ids[0] ?? 0, domain, scopes: name === domainName ? [] : ids };
    if (this.#byName.size >= CACHED) this.#byName = new Map();
    if (this.#byId.size >= CACHED) this.#byId = new Map();
    this.#byName.set(name, found);
    this.#byId.set(found.id, found);
    return found;
  }

  #domain(name: string): number {
    const found = this.#findDomain.get(name)?.['id'];
    if (found !== undefined) return Number(found);
    this.addedDomains++;
    this.#addDomain.run(this.#nextDomain, name);
    return this.#nextDomain++;
  }

  #host(name: string, domainName: string, domain: number): number {
    const found = this.#findHost.get(name)?.['id'];
    if (found !== undefined) return Number(found);
    const id = this.#nextHost++;
    this.addedHosts++;
    this.#addHost.run(id, name, domain);
    if (name !== domainName) {
      this.#addBelow.run(id, id);
      for (const above of hostsAbove({ name, domain: domainName })) this.#addBelow.run(this.#host(above, domainName, domain), id);
    }
    return id;
  }
}
