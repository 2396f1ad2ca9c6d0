/** Answers in SQLite, read and written at once: what runs inside the cache's thread. Every time is given, in epoch milliseconds. */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { transact } from '../../util/sqlite.ts';
import { BUSY_TIMEOUT } from './schema.ts';
import { trim } from './trim.ts';

/** A summary as text: whoever keeps it knows what it is. */
export interface FactText {
  readonly id: string;
  readonly at: number;
  readonly generation: string | null;
  readonly summary: string;
}

export interface PageText {
  readonly id: string;
  readonly at: number;
  readonly page: string;
}

export interface ClosureText {
  readonly reason: string;
  readonly message: string;
  readonly retryAt: number | null;
  readonly at: number;
}

/** What is written at once. */
export interface Writes {
  readonly account: string;
  readonly facts: readonly FactText[];
  readonly pages: readonly PageText[];
  /** Undefined leaves the one that is there. */
  readonly closure?: ClosureText | null | undefined;
}

export interface CacheStore {
  facts(account: string, ids: readonly string[]): readonly FactText[];
  page(account: string, id: string): PageText | null;
  closure(account: string): ClosureText | null;
  write(writes: Writes): void;
  /** Keeps the bounds. Done now and then by itself, too. */
  trim(): void;
  clear(): void;
}

/** Characters kept of each kind, and milliseconds. */
export interface Bounds {
  readonly facts: number;
  readonly pages: number;
  readonly age: number;
}

export const BOUNDS: Bounds = { facts: 32 * 1024 * 1024, pages: 32 * 1024 * 1024, age: 180 * 86_400_000 };

/** Texts written until the bounds are looked at again. */
const TRIM_EVERY = 1_000;

export function createCacheStore(database: DatabaseSync, now: () => number, bounds: Bounds = BOUNDS): CacheStore {
  const prepare = (sql: string) => database.prepare(sql);
  const readFacts = prepare('SELECT id, at, generation, summary FROM facts WHERE account = ? AND id IN (SELECT value FROM json_each(?))');
  const readPage = prepare('SELECT id, at, page FROM pages WHERE account = ? AND id = ?');
  const readClosure = prepare('SELECT reason, message, retry_at, at FROM closures WHERE account = ?');
  // Of two windows that learned the same, the later one is right.
  const keep = 'DO UPDATE SET at = excluded.at, bytes = excluded.bytes';
  const writeFact = prepare(
    `INSERT INTO facts (account, id, at, generation, summary, bytes) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (account, id) ${keep}, generation = excluded.generation, summary = excluded.summary WHERE excluded.at >= at`,
  );
  const writePage = prepare(
    `INSERT INTO pages (account, id, at, page, bytes) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (account, id) ${keep}, page = excluded.page WHERE excluded.at >= at`,
  );
  const writeClosure = prepare('INSERT OR REPLACE INTO closures (account, reason, message, retry_at, at) VALUES (?, ?, ?, ?, ?)');
  const dropClosure = prepare('DELETE FROM closures WHERE account = ?');
  let written = 0;

  function trimAll(): void {
    written = 0;
    trim(database, 'facts', bounds.facts, now() - bounds.age);
    trim(database, 'pages', bounds.pages, now() - bounds.age);
  }

  return {
    facts: (account, ids) => readFacts.all(account, JSON.stringify(ids)).map(toFact),
    page(account, id) {
      const row = readPage.get(account, id);
      return row === undefined ? null : { id: String(row['id']), at: Number(row['at']), page: String(row['page']) };
    },
    closure(account) {
      const row = readClosure.get(account);
      if (row === undefined) return null;
      return { reason: String(row['reason']), message: String(row['message']), retryAt: numberOf(row['retry_at']), at: Number(row['at']) };
    },
    write({ account, facts, pages, closure }) {
      transact(database, () => {
        for (const { id, at, generation, summary } of facts) writeFact.run(account, id, at, generation, summary, summary.length);
        for (const { id, at, page } of pages) writePage.run(account, id, at, page, page.length);
        if (closure === null) dropClosure.run(account);
        else if (closure !== undefined) writeClosure.run(account, closure.reason, closure.message, closure.retryAt, closure.at);
        written += facts.length + pages.length;
        if (written >= TRIM_EVERY) trimAll();
      });
    },
    trim: () => transact(database, trimAll),
    clear() {
      transact(database, () => database.exec('DELETE FROM facts; DELETE FROM pages; DELETE FROM closures'));
      giveBack(database);
    },
  };
}

/** Gives the disk its room back, unless another window reads or writes just now: then another time, the answers are gone in any case. */
function giveBack(database: DatabaseSync): void {
  try {
    database.exec('PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE); VACUUM; PRAGMA wal_checkpoint(TRUNCATE)');
  } catch {
    // As said.
  } finally {
    database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT}`);
  }
}

function toFact(row: Record<string, SQLOutputValue>): FactText {
  const { id, at, generation, summary } = row;
  return { id: String(id), at: Number(at), generation: typeof generation === 'string' ? generation : null, summary: String(summary) };
}

function numberOf(value: SQLOutputValue | undefined): number | null {
  return typeof value === 'number' ? value : null;
}
