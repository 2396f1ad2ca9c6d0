/** Takes statements of lists into a database: a build's file or a generation that is added to. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Target } from '../../../../../shared/backlinks.ts';
import type { Capture, DomainPlaces, DomainRanks, StatedDomains, StatedTotal } from '../../store.ts';
import { LISTED_TABLE_NAMES, LISTED_TABLES } from './tables.ts';

/** Of an input that is being read; sorted in at its end, so that the tables are filled in their own order. */
const INCOMING = `
create temp table if not exists incoming_domain (input integer not null, stated integer not null, name text not null, pages integer, target_pages integer);
create temp table if not exists incoming_place (input integer not null, name text not null, harmonic integer not null,
  page_rank integer not null, primary key (input, name)) without rowid;
create temp table if not exists incoming_rank (input integer not null, name text not null, position integer not null);
`;

export type StatedCapture = Extract<Capture, { kind: 'statedTotal' | 'statedDomains' | 'places' | 'ranks' }>;

/** The statement of a list about a target, as this input gives it. */
interface Statement {
  readonly id: number;
  /** False when a newer one of the same list stands already. */
  readonly current: boolean;
}

/** What an open input has stated so far. */
interface OpenInput {
  readonly statements: Map<string, Statement>;
  /** Statements whose domains it gives. */
  readonly replaced: Set<number>;
  ranks: Pick<DomainRanks, 'release' | 'population'> | null;
}

export class ListedTables {
  readonly #db: DatabaseSync;
  readonly #open = new Map<number, OpenInput>();
  #prepared: Prepared | null = null;

  /** @param db inside a transaction, if the statements of an input are to come in together */
  constructor(db: DatabaseSync) {
    this.#db = db;
    db.exec(LISTED_TABLES);
  }

  /** @param input number of the input; several may be open at a time */
  add(capture: StatedCapture, input = 0): void {
    let open = this.#open.get(input);
    if (open === undefined) {
      open = { statements: new Map(), replaced: new Set(), ranks: null };
      this.#open.set(input, open);
    }
    switch (capture.kind) {
      case 'statedTotal':
        this.#addTotal(capture.stated, open);
        break;
      case 'statedDomains':
        this.#addDomains(capture.stated, open, input);
        break;
      case 'places':
        this.#addPlaces(capture.places, input);
        break;
      case 'ranks':
        this.#addRanks(capture.ranks, open, input);
        break;
    }
  }

  /** Must be called at the end of each input: only then do its domains and ranks stand in the tables, in place of those there were. */
  endInput(input = 0): void {
    const open = this.#open.get(input);
    if (open === undefined) return;
    if (open.replaced.size > 0) this.#sortDomains(open.replaced, input);
    if (open.ranks !== null) this.#sortRanks(open.ranks, input);
    this.#open.delete(input);
  }

  #addTotal({ target, list, asOf, links, unit, domains }: StatedTotal, open: OpenInput): void {
    const { id, current } = this.#statementOf(open, target, list, asOf);
    if (current) this.#use().total.run(links, Number(unit === 'pages'), domains, id);
  }

  #addDomains({ target, list, asOf, domains }: StatedDomains, open: OpenInput, input: number): void {
    const { id, current } = this.#statementOf(open, target, list, asOf);
    if (!current) return;
    open.replaced.add(id);
    const { domain } = this.#use();
    for (const { name, pages, targetPages } of domains) domain.run(input, id, name, pages, targetPages);
  }

  #addPlaces(places: readonly DomainPlaces[], input: number): void {
    const { place } = this.#use();
    for (const { name, harmonic, pageRank } of places) place.run(input, name, harmonic, pageRank);
  }

  #addRanks({ release, population, domains }: DomainRanks, open: OpenInput, input: number): void {
    open.ranks = { release, population };
    const { rank } = this.#use();
    for (const [name, position] of domains) rank.run(input, name, position);
  }

  #statementOf(open: OpenInput, target: Target, list: string, asOf: number | null): Statement {
    const key = `${list}\n${target.id}`;
    const known = open.statements.get(key);
    if (known !== undefined) return known;
    const seconds = asOf === null ? null : Math.floor(asOf / 1000);
    const { find, state, renew } = this.#use();
    const before = find.get(target.id, list);
    const newer = before !== undefined && Number(before['as_of'] ?? Number.NEGATIVE_INFINITY) > (seconds ?? Number.NEGATIVE_INFINITY);
    const id = before === undefined ? Number(state.run(target.id, list, seconds).lastInsertRowid) : Number(before['id']);
    if (before !== undefined && !newer) renew.run(seconds, id);
    const statement = { id, current: !newer };
    open.statements.set(key, statement);
    return statement;
  }

  /** A domain named twice counts once, with the most that is said of it. */
  #sortDomains(replaced: ReadonlySet<number>, input: number): void {
    const clear = this.#db.prepare('delete from stated_domain where stated = ?');
    for (const id of replaced) clear.run(id);
    this.#db.prepare(SORT_DOMAINS).run(input, input);
    for (const table of ['incoming_domain', 'incoming_place']) this.#db.prepare(`delete from temp.${table} where input = ?`).run(input);
  }

  #sortRanks({ release, population }: Pick<DomainRanks, 'release' | 'population'>, input: number): void {
    this.#db.exec('delete from domain_rank; delete from rank_list');
    this.#db
      .prepare('insert into domain_rank select name, min(position) from temp.incoming_rank where input = ? group by name order by name')
      .run(input);
    this.#db.prepare('delete from temp.incoming_rank where input = ?').run(input);
    this.#db.prepare('insert into rank_list select ?, ?, count(*) from domain_rank').run(release, population);
  }

  #use(): Prepared {
    this.#prepared ??= prepare(this.#db);
    return this.#prepared;
  }
}

const SORT_DOMAINS = `
insert into stated_domain
select stated, row_number() over (partition by stated order by harmonic is null, harmonic, pages desc, d.name), d.name, pages, target_pages, harmonic, page_rank
from (select stated, name, max(pages) as pages, max(target_pages) as target_pages from temp.incoming_domain where input = ? group by stated, name) d
  left join temp.incoming_place p on p.input = ? and p.name = d.name
order by 1, 2`;

type Prepared = Record<'find' | 'state' | 'renew' | 'total' | 'domain' | 'place' | 'rank', StatementSync>;

function prepare(db: DatabaseSync): Prepared {
  db.exec(INCOMING);
  return {
    find: db.prepare('select id, as_of from stated where target = ? and list = ?'),
    state: db.prepare('insert into stated (target, list, as_of, pages_counted) values (?, ?, ?, 0)'),
    renew: db.prepare('update stated set as_of = ? where id = ?'),
    total: db.prepare(`update stated set links = ?, pages_counted = ?, domains = ? where id = ?`),
    domain: db.prepare('insert into temp.incoming_domain values (?, ?, ?, ?, ?)'),
    place: db.prepare('insert or replace into temp.incoming_place values (?, ?, ?, ?)'),
    rank: db.prepare('insert into temp.incoming_rank values (?, ?, ?)'),
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
