/** Writes, moves and removes rows of `link` with their rows of `lost`, and tells the totals. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { LostReason } from '../../../../../shared/backlinks.ts';
import { LINK_STATE, LOST_REASONS } from '../schema.ts';
import { nextId } from './nextId.ts';
import type { StoredLink } from './storedLinks.ts';
import type { CountedLink, TouchedTotals } from './touchedTotals.ts';
import type { UnnamedPages } from './unnamedPages.ts';

/** A link as it is to stand in the table. */
export interface NewLink extends CountedLink {
  readonly anchor: number;
  readonly position: number | null;
  readonly rel: number;
  readonly form: number;
  readonly firstSeen: number | null;
}

export interface Loss {
  readonly on: number;
  readonly reason: LostReason;
  readonly lastSeen: number | null;
}

export class LinkWriter {
  readonly #db: DatabaseSync;
  readonly #totals: TouchedTotals;
  readonly #unnamed: UnnamedPages;
  readonly #insert: StatementSync;
  readonly #update: StatementSync;
  readonly #setState: StatementSync;
  readonly #delete: StatementSync;
  readonly #lose: StatementSync;
  readonly #unlose: StatementSync;
  #next = 0;

  constructor(db: DatabaseSync, totals: TouchedTotals, unnamed: UnnamedPages) {
    this.#db = db;
    this.#totals = totals;
    this.#unnamed = unnamed;
    this.#insert = db.prepare(`insert into link
      (id, target, target_host, target_domain, state, source, anchor, position, tag, nofollow, rel, form, first_seen) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
    this.#update = db.prepare('update link set position = ?, nofollow = ?, rel = ?, first_seen = ? where id = ?');
    this.#setState = db.prepare('update link set state = ? where id = ?');
    this.#delete = db.prepare('delete from link where id = ?');
    this.#lose = db.prepare('insert into lost (link, on_second, reason, last_seen) values (?, ?, ?, ?)');
    this.#unlose = db.prepare('delete from lost where link = ?');
    this.forget();
  }

  /** A link that was not there; returns its id. Lost from the start only where a list says so. */
  add(source: number, link: NewLink, loss: Loss | null): number {
    const id = this.#write(source, link, loss);
    if (loss === null) this.#totals.came(link);
    else this.#writeLoss(id, loss);
    return id;
  }

  /** A stored link that stands, with what may have changed of it. */
  stands(stored: StoredLink, now: Pick<NewLink, 'position' | 'nofollow' | 'rel' | 'firstSeen'>): void {
    const { position, nofollow, rel, firstSeen } = now;
    if (position !== stored.position || nofollow !== stored.nofollow || rel !== stored.rel || firstSeen !== stored.firstSeen) {
      this.#update.run(position, nofollow, rel, firstSeen, stored.id);
    }
    const after = { ...stored, nofollow };
    if (stored.lost === null) {
      this.#totals.changed(stored, after);
      return;
    }
    this.#setState.run(stateOf(stored.internal, null), stored.id);
    this.#unlose.run(stored.id);
    this.#totals.came(after);
  }

  /** A stored link that is lost, now or since before. */
  isLost(stored: StoredLink, firstSeen: number | null, loss: Loss): void {
    if (firstSeen !== stored.firstSeen) this.#update.run(stored.position, stored.nofollow, stored.rel, firstSeen, stored.id);
    if (stored.lost !== null) return;
    this.#setState.run(stateOf(stored.internal, loss), stored.id);
    this.#writeLoss(stored.id, loss);
    this.#totals.went(stored);
  }

  remove(stored: StoredLink): void {
    this.#delete.run(stored.id);
    this.#unnamed.mayBe(stored.target);
    if (stored.lost === null) this.#totals.went(stored);
    else this.#unlose.run(stored.id);
  }

  /** Gives a link an id that says nothing of its order. */
  renumber(source: number, id: number, link: NewLink, loss: Loss | null): void {
    this.#delete.run(id);
    if (loss !== null) this.#unlose.run(id);
    const fresh = this.#write(source, link, loss);
    if (loss === null) this.#totals.moved(link);
    else this.#writeLoss(fresh, loss);
  }

  /** After a rollback, ids that were given are free again. */
  forget(): void {
    this.#next = nextId(this.#db, 'link');
  }

  #write(source: number, link: NewLink, loss: Loss | null): number {
    const { target, host, domain, internal, anchor, position, tag, nofollow, rel, form, firstSeen } = link;
    const id = this.#next++;
    this.#insert.run(id, target, host, domain, stateOf(internal, loss), source, anchor, position, tag, nofollow, rel, form, firstSeen);
    return id;
  }

  #writeLoss(id: number, { on, reason, lastSeen }: Loss): void {
    this.#lose.run(id, on, LOST_REASONS.indexOf(reason), lastSeen);
  }
}

function stateOf(internal: boolean, loss: Loss | null): number {
  return (internal ? LINK_STATE.internal : LINK_STATE.external) + (loss === null ? 0 : LINK_STATE.lostExternal);
}
