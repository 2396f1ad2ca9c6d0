/** Places of IP addresses: found in the generation, or looked up and added to it. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Locate } from '../../geo.ts';

export class KnownPlaces {
  readonly #locate: Locate;
  readonly #find: StatementSync;
  readonly #insert: StatementSync;

  constructor(db: DatabaseSync, locate: Locate) {
    this.#locate = locate;
    this.#find = db.prepare('select id from place where ip = ?');
    this.#insert = db.prepare('insert into place (id, ip, country_code, country, city) values (null, ?, ?, ?, ?)');
  }

  /** The place of an address, null for none. */
  idOf(ip: string | null): number | null {
    if (ip === null) return null;
    const found = this.#find.get(ip)?.['id'];
    if (found !== undefined) return Number(found);
    const { countryCode, country, city } = this.#locate(ip);
    return Number(this.#insert.run(ip, countryCode, country, city).lastInsertRowid);
  }
}
