/**
 * Takes pages out that an addition has left without anything that knows them: no capture, no link from or to them, no redirect to them. With
 * them go the hosts and domains that nothing else made known.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { UnnamedHosts } from './unnamedHosts.ts';

export class UnnamedPages {
  /** Hosts and domains that were taken out with them. */
  readonly hosts: UnnamedHosts;
  readonly #candidates = new Set<number>();
  readonly #find: StatementSync;
  readonly #delete: StatementSync;
  readonly #deleteTotal: StatementSync;

  constructor(db: DatabaseSync) {
    this.hosts = new UnnamedHosts(db);
    this.#find = db.prepare('select host from page where id = ?');
    this.#delete = db.prepare(`delete from page where id = ? and is_page = 0 and gone is null and redirect is null
      and not exists (select 1 from link where target = page.id) and not exists (select 1 from link indexed by link_source where source = page.id)
      and not exists (select 1 from redirect where target = page.id)`);
    this.#deleteTotal = db.prepare('delete from total where kind = 0 and key = ?');
  }

  /** Something that named the page does so no more. */
  mayBe(page: number): void {
    this.#candidates.add(page);
  }

  /** Returns how many were taken out. Totals must have been written before. */
  remove(): number {
    let removed = 0;
    for (const page of this.#candidates) {
      const host = this.#find.get(page)?.['host'];
      if (this.#delete.run(page).changes === 0) continue;
      this.#deleteTotal.run(page);
      this.hosts.remove(Number(host));
      removed++;
    }
    this.#candidates.clear();
    return removed;
  }

  forget(): void {
    this.#candidates.clear();
    this.hosts.forget();
  }
}
