/**
 * What an addition does to the totals of the scopes its links are in. Numbers of links stay exact; where links came or went, the distinct
 * counts and the details are marked stale.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { LAST_FOLLOWABLE_TAG, NOT_SAID, TOTAL_KIND } from '../schema.ts';
import { Statements } from '../statements.ts';
import { FolderTotals } from './folderTotals.ts';
import type { KnownHosts } from './knownHosts.ts';

/** What of a link the totals count. */
export interface CountedLink {
  readonly target: number;
  readonly host: number;
  readonly domain: number;
  readonly internal: boolean;
  readonly tag: number;
  readonly nofollow: number;
}

class Delta {
  links = 0;
  internal = 0;
  followed = 0;
  followable = 0;
  stale = 0;
}

/** Scopes whose changes are held in memory before they are written; a large archive touches millions. */
const MOST_HELD = 200_000;

const KINDS = Object.values(TOTAL_KIND);

const SQL = `insert into total (kind, key, links, internal, pages, hosts, domains, followed, followable, stale, details)
  values (?, ?, ?, ?, 0, 0, 0, ?, ?, ?, null)
  on conflict (kind, key) do update set links = links + excluded.links, internal = internal + excluded.internal,
    followed = followed + excluded.followed, followable = followable + excluded.followable, stale = max(stale, excluded.stale)`;

export class TouchedTotals {
  /** Since `forget`. */
  links = 0;
  internal = 0;
  readonly #hosts: KnownHosts;
  readonly #folders: FolderTotals;
  readonly #upsert: StatementSync;
  #deltas = KINDS.map(() => new Map<number, Delta>());
  #held = 0;

  constructor(db: DatabaseSync, hosts: KnownHosts) {
    this.#hosts = hosts;
    this.#folders = new FolderTotals(new Statements(db));
    this.#upsert = db.prepare(SQL);
  }

  /** A link that stands from now on. */
  came(link: CountedLink): void {
    this.#count(link, 1, 1);
  }

  /** A link that stands no more. */
  went(link: CountedLink): void {
    this.#count(link, -1, 1);
  }

  /** A standing link that is followed from now on, or no longer is: it is still the same backlink. */
  changed(before: CountedLink, after: CountedLink): void {
    if (before.internal || before.nofollow === after.nofollow) return;
    this.#count(before, -1, 0);
    this.#count(after, 1, 0);
  }

  /** A standing link that has another id, and perhaps another place among the strongest. */
  moved(link: CountedLink): void {
    if (link.internal) return;
    this.#count(link, -1, 0);
    this.#count(link, 1, 1);
  }

  /** Writes the totals of what was touched, within the transaction. */
  flush(): void {
    for (const [at, deltas] of this.#deltas.entries()) for (const [key, delta] of deltas) this.#write(KINDS[at] ?? 0, key, delta);
    for (const [page, delta] of this.#deltas[TOTAL_KIND.page] ?? []) {
      for (const { kind, key } of this.#folders.ofPage(page)) this.#write(kind, key, delta);
    }
    this.#clear();
  }

  #write(kind: number, key: number, { links, internal, followed, followable, stale }: Delta): void {
    this.#upsert.run(kind, key, links, internal, followed, followable, stale);
  }

  forget(): void {
    this.#clear();
    this.links = 0;
    this.internal = 0;
  }

  #count(link: CountedLink, sign: 1 | -1, stale: 0 | 1): void {
    this.links += sign;
    if (link.internal) this.internal += sign;
    this.#countIn(TOTAL_KIND.page, link.target, link, sign, stale);
    this.#countIn(TOTAL_KIND.domain, link.domain, link, sign, stale);
    for (const host of this.#hosts.ofId(link.host).scopes) this.#countIn(TOTAL_KIND.host, host, link, sign, stale);
    if (this.#held > MOST_HELD) this.flush();
  }

  #clear(): void {
    this.#deltas = KINDS.map(() => new Map<number, Delta>());
    this.#held = 0;
  }

  #countIn(kind: number, key: number, { internal, tag, nofollow }: CountedLink, sign: 1 | -1, stale: 0 | 1): void {
    const deltas = this.#deltas[kind];
    let delta = deltas?.get(key);
    if (delta === undefined) {
      delta = new Delta();
      this.#held++;
      deltas?.set(key, delta);
    }
    if (internal) {
      delta.internal += sign;
      return;
    }
    delta.links += sign;
    delta.stale |= stale;
    if (tag > LAST_FOLLOWABLE_TAG || nofollow === NOT_SAID.nofollow) return;
    delta.followable += sign;
    if (nofollow === 0) delta.followed += sign;
  }
}
