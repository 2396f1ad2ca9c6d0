/** Takes statements of lists into a database: a build's file or a generation that is added to. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Target } from '../../../../../shared/backlinks.ts';
import type { Capture, DomainPlaces, DomainRanks, StatedDomains, StatedTotal } from '../../store.ts';
import { LISTED_TABLE_NAMES, LISTED_TABLES } from './tables.ts';

/** Of an input that is being read; sorted in at its end, so that the tables are filled in their own order. */
const INCOMING = `
create temp table if not exists incoming_domain (stated integer not null, name text not null, pages integer, target_pages integer);
create temp table if not exists incoming_place (name text primary key, harmonic integer not null, page_rank integer not null) without rowid;
create temp table if not exists incoming_rank (name text not null, position integer not null);
`;

export type StatedCapture = Extract<Capture, { kind: 'statedTotal' | 'statedDomains' | 'places' | 'ranks' }>;

/** The statement of a list about a target, as this input gives it. */
interface Statement {
  readonly id: number;
  /** False when a newer one of the same list stands already. */
  readonly current: boolean;
}

export class ListedTables {
  readonly #db: DatabaseSync;
  #prepared: Prepared | null = null;
  #statements = new Map<string, Statement>();
  #ranks: Pick<DomainRanks, 'release' | 'population'> | null = null;
  #replaced = new Set<number>();

  /** @param db inside a transaction, if the statements of an input are to come in together */
  constructor(db: DatabaseSync) {
    this.#db = db;
    db.exec(LISTED_TABLES);
  }

  add(capture: StatedCapture): void {
    switch (capture.kind) {
      case 'statedTotal':
        this.#addTotal(capture.stated);
        break;
      case 'statedDomains':
        this.#addDomains(capture.stated);
        break;
      case 'places':
        this.#addPlaces(capture.places);
        break;
      case 'ranks':
        this.#addRanks(capture.ranks);
        break;
    }
  }

  /** Must be called at the end of each input: only then do its domains and ranks stand in the tables, in place of those there were. */
  endInput(): void {
    if (this.#replaced.size > 0) this.#sortDomains();
    if (this.#ranks !== null) this.#sortRanks(this.#ranks);
    this.#statements = new Map();
    this.#replaced = new Set();
    this.#ranks = null;
  }

  #addTotal({ target, list, asOf, links, unit, domains }: StatedTotal): void {
    const { id, current } = this.#statementOf(target, list, asOf);
    if (current) this.#use().total.run(links, Number(unit === 'pages'), domains, id);
  }

  #addDomains({ target, list, asOf, domains }: StatedDomains): void {
    const { id, current } = this.#statementOf(target, list, asOf);
    if (!current) return;
    this.#replaced.add(id);
    const { domain } = this.#use();
    for (const { name, pages, targetPages } of domains) domain.run(id, name, pages, targetPages);
  }

  #addPlaces(places: readonly DomainPlaces[]): void {
    const { place } = this.#use();
    for (const { name, harmonic, pageRank } of places) place.run(name, harmonic, pageRank);
  }

  #addRanks({ release, population, domains }: DomainRanks): void {
    this.#ranks = { release, population };
    const { rank } = this.#use();
    for (const [name, position] of domains) rank.run(name, position);
  }

  #statementOf(target: Target, list: string, asOf: number | null): Statement {
    const key = `${list}\n${target.id}`;
    const known = this.#statements.get(key);
    if (known !== undefined) return known;
    const seconds = asOf === null ? null : Math.floor(asOf / 1000);
    const { find, state, renew } = this.#use();
    const before = find.get(target.id, list);
    const newer = before !== undefined && Number(before['as_of'] ?? Number.NEGATIVE_INFINITY) > (seconds ?? Number.NEGATIVE_INFINITY);
    const id = before === undefined ? Number(state.run(target.id, list, seconds).lastInsertRowid) : Number(before['id']);
    if (before !== undefined && !newer) renew.run(seconds, id);
    const statement = { id, current: !newer };
    this.#statements.set(key, statement);
    return statement;
  }

  /** A domain named twice counts once, with the most that is said of it. */
  #sortDomains(): void {
    const clear = this.#db.prepare('delete from stated_domain where stated = ?');
    for (const id of this.#replaced) clear.run(id);
    this.#db.exec(`
      insert into stated_domain
      select stated, row_number() over (partition by stated order by harmonic is null, harmonic, pages desc, d.name), d.name, pages, target_pages, harmonic,
        page_rank
      from (select stated, name, max(pages) as pages, max(target_pages) as target_pages from temp.incoming_domain group by stated, name) d
        left join temp.incoming_place p on p.name = d.name
      order by 1, 2;
      delete from temp.incoming_domain;
      delete from temp.incoming_place;
    `);
  }

  #sortRanks({ release, population }: Pick<DomainRanks, 'release' | 'population'>): void {
    this.#db.exec(`
      delete from domain_rank;
      delete from rank_list;
      insert into domain_rank select name, min(position) from temp.incoming_rank group by name order by name;
      delete from temp.incoming_rank;
    `);
    this.#db.prepare('insert into rank_list select ?, ?, count(*) from domain_rank').run(release, population);
  }

  #use(): Prepared {
    this.#prepared ??= prepare(this.#db);
    return this.#prepared;
  }
}

type Prepared = Record<'find' | 'state' | 'renew' | 'total' | 'domain' | 'place' | 'rank', StatementSync>;

function prepare(db: DatabaseSync): Prepared {
  db.exec(INCOMING);
  return {
    find: db.prepare('select id, as_of from stated where target = ? and list = ?'),
    state: db.prepare('insert into stated (target, list, as_of, pages_counted) values (?, ?, ?, 0)'),
    renew: db.prepare('update stated set as_of = ? where id = ?'),
    total: db.prepare(`update stated set links = ?, pages_counted = ?, domains = ? where id = ?`),
    domain: db.prepare('insert into temp.incoming_domain values (?, ?, ?, ?)'),
    place: db.prepare('insert or replace into temp.incoming_place values (?, ?, ?)'),
    rank: db.prepare('insert into temp.incoming_rank values (?, ?)'),
  };
}

/**
 * Takes over all statements of another generation, into a file that has none.
 *
 * @param from name under which the other generation is attached
 */
export function copyListed(db: DatabaseSync, from: string): void {
  db.exec(LISTED_TABLES);
  for (const table of LISTED_TABLE_NAMES) db.exec(`insert into main.${table} select * from ${from}.${table}`);
}
