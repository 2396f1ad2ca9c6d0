/** Credits and tokens in a keys file: what runs inside the ledger's thread. A batch of requests is one transaction. */
import type { DatabaseSync } from 'node:sqlite';
import { transact } from '../../util/sqlite.ts';
import type { FoundKey, LedgerAnswers, LedgerRequest, Refused, Taken } from './messages.ts';
import { guarded, openKeys } from './openKeys.ts';

export interface Ledger {
  /**
   * All of them or, when it throws, none.
   *
   * @returns the answers in the order of the requests
   * @throws BacklinkLensError keys.busy, keys.damaged, keys.not-writable
   */
  run(requests: readonly LedgerRequest[]): readonly LedgerAnswers[LedgerRequest['method']][];
  close(): void;
}

/** Pages of 1 KB after which SQLite takes the changes over into the file: that waits for the disk, so it is done seldom. */
const CHECKPOINT_EVERY = 8_000;

/** A token that has ended is told from a foreign one for a week. */
const REMEMBERED = 7 * 86_400_000;

/** Tokens a key may have at once: with more, the oldest go. Some old clients fetch one for every call. */
const MOST_TOKENS = 10_000;

/** @throws BacklinkLensError as openKeys */
export function openLedger(file: string): Ledger {
  const database = openKeys(file);
  // Written to the system at once and to the disk now and then: a killed process loses nothing.
  database.exec(`PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = ${CHECKPOINT_EVERY}`);
  const answer = answerer(database);
  return {
    run: (requests) => guarded(file, () => transact(database, () => requests.map(answer))),
    close: () => database.close(),
  };
}

function answerer(database: DatabaseSync): (request: LedgerRequest) => LedgerAnswers[LedgerRequest['method']] {
  const take = taker(database);
  const issue = issuer(database);
  const give = database.prepare('UPDATE keys SET spent = max(0, spent - ?) WHERE id = ?');
  const find = database.prepare('SELECT verifier, suspended FROM keys WHERE id = ? AND deleted IS NULL');
  return (request) => {
    switch (request.method) {
      case 'take':
        return take(request.token, request.credits, request.now);
      case 'give':
        give.run(request.credits, request.key);
        return null;
      case 'find':
        return toFound(find.get(request.id));
      case 'issue':
        return issue(request);
    }
  };
}

function taker(database: DatabaseSync): (token: string, credits: number, now: number) => Taken | Refused {
  const find = database.prepare(
    `SELECT keys.id AS key, expires, suspended, deleted, granted - spent AS balance
     FROM tokens JOIN keys ON keys.id = tokens.key WHERE hash = ?`,
  );
  const spend = database.prepare('UPDATE keys SET spent = spent + ?, used = ? WHERE id = ?');
  return (token, credits, now) => {
    const row = find.get(token);
    if (row === undefined) return { refused: 'unknown' };
    const { key, balance, deleted, expires, suspended } = row;
    if (deleted !== null) return { refused: 'deleted' };
    if (Number(expires) <= now) return { refused: 'expired' };
    if (suspended !== null) return { refused: 'suspended' };
    if (balance !== null && Number(balance) < credits) return { refused: 'spent' };
    spend.run(credits, now, String(key));
    return { key: String(key), balance: balance === null ? null : Number(balance) - credits };
  };
}

function issuer(database: DatabaseSync): (request: LedgerRequest & { method: 'issue' }) => boolean {
  const alive = database.prepare('SELECT 1 FROM keys WHERE id = ? AND deleted IS NULL AND suspended IS NULL');
  const insert = database.prepare('INSERT INTO tokens (hash, key, issued, expires) VALUES (?, ?, ?, ?)');
  const forget = database.prepare('DELETE FROM tokens WHERE expires < ?');
  const cut = database.prepare(
    'DELETE FROM tokens WHERE key = ?1 AND issued < (SELECT issued FROM tokens WHERE key = ?1 ORDER BY issued DESC LIMIT 1 OFFSET ?2)',
  );
  return ({ key, token, now, expires }) => {
    if (alive.get(key) === undefined) return false;
    forget.run(now - REMEMBERED);
    insert.run(token, key, now, expires);
    cut.run(key, MOST_TOKENS - 1);
    return true;
  };
}

function toFound(row: ReturnType<ReturnType<DatabaseSync['prepare']>['get']>): FoundKey | null {
  const verifier = row?.['verifier'];
  return typeof verifier === 'string' ? { verifier, suspended: row?.['suspended'] !== null } : null;
}
