/** Scores that lists give pages, in a generation that is added to: one a page, the last one given. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { ListedLink } from '../../store.ts';

type Score = NonNullable<ListedLink['score']>;

export class ListedScores {
  readonly #find: StatementSync;
  readonly #add: StatementSync;
  readonly #set: StatementSync;

  constructor(db: DatabaseSync) {
    this.#find = db.prepare('select id from score where name = ? and scale = ? and of_domain = ?');
    this.#add = db.prepare('insert into score (name, scale, of_domain) values (?, ?, ?)');
    this.#set = db.prepare(
      'insert into listed_page (page, score, value) values (?, ?, ?) on conflict (page) do update set score = excluded.score, value = excluded.value',
    );
  }

  set(page: number, { name, value, scale, of }: Score): void {
    const scores = [name, scale, Number(of === 'domain')] as const;
    this.#set.run(page, Number(this.#find.get(...scores)?.['id'] ?? this.#add.run(...scores).lastInsertRowid), value);
  }
}
