/** Takes hosts and domains out that no known page is on any more. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { TOTAL_KIND } from '../schema.ts';
import { textOf } from '../statements.ts';

/** Pages of a host, with a port or without: their keys are two ranges, since `/` and `:` are followed by `0` and `;`. */
const PAGES = 'select 1 from page where (key >= ? and key < ?) or (key >= ? and key < ?) limit 1';

export class UnnamedHosts {
  /** Taken out since `forget`. */
  hosts = 0;
  domains = 0;
  readonly #find: StatementSync;
  readonly #pages: StatementSync;
  readonly #below: StatementSync;
  readonly #above: StatementSync;
  readonly #ofDomain: StatementSync;
  readonly #deleteHost: StatementSync;
  readonly #deleteTree: StatementSync;
  readonly #deleteDomain: StatementSync;
  readonly #deleteTotal: StatementSync;

  constructor(db: DatabaseSync) {
    this.#find = db.prepare('select name, domain from host where id = ?');
    this.#pages = db.prepare(PAGES);
    this.#below = db.prepare('select 1 from host_tree where ancestor = ? and host <> ancestor limit 1');
    this.#above = db.prepare('select ancestor from host_tree indexed by host_above where host = ? and ancestor <> host');
    this.#ofDomain = db.prepare('select 1 from host indexed by host_domain where domain = ? limit 1');
    this.#deleteHost = db.prepare('delete from host where id = ?');
    this.#deleteTree = db.prepare('delete from host_tree indexed by host_above where host = ?');
    this.#deleteDomain = db.prepare('delete from domain where id = ?');
    this.#deleteTotal = db.prepare('delete from total where kind = ? and key = ?');
  }

  /** A page of this host was taken out. */
  remove(id: number): void {
    const row = this.#find.get(id);
    const name = textOf(row?.['name']);
    if (row === undefined || name === null || this.#hasPages(name) || this.#below.get(id) !== undefined) return;
    const above = this.#above.all(id).map(({ ancestor }) => Number(ancestor));
    this.#deleteTree.run(id);
    this.#deleteHost.run(id);
    this.#deleteTotal.run(TOTAL_KIND.host, id);
    this.hosts++;
    for (const host of above) this.remove(host);
    const domain = Number(row['domain']);
    if (this.#ofDomain.get(domain) !== undefined || this.#deleteDomain.run(domain).changes === 0) return;
    this.#deleteTotal.run(TOTAL_KIND.domain, domain);
    this.domains++;
  }

  #hasPages(name: string): boolean {
    return this.#pages.get(`${name}/`, `${name}0`, `${name}:`, `${name};`) !== undefined;
  }

  forget(): void {
    this.hosts = 0;
    this.domains = 0;
  }
}
