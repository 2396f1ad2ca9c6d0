/**
 * The cache's file, come what may: a damaged one is begun anew, a full or read-only disk and a missing SQLite are said once and lived with.
 * No question ever fails; what cannot be done answers null.
 */
import type { DatabaseSync } from 'node:sqlite';
import { type Bounds, type CacheStore, createCacheStore } from './cacheStore.ts';
import type { CacheRequest } from './messages.ts';
import { isDamage, openCacheFile, reopenDamaged } from './openFile.ts';
import { createSpendingStore, type SpendingStore } from './spendingStore.ts';

export interface GuardedCache {
  answer(request: CacheRequest): unknown;
  close(): void;
}

interface Opened {
  readonly database: DatabaseSync;
  readonly store: CacheStore;
  readonly spending: SpendingStore;
}

/** Failures of statements in a row after which the file is given up for this session. */
const MOST_FAILURES = 20;

/**
 * @param says told in whole sentences what is wrong, each once
 */
export function createGuardedCache(file: string, now: () => number, says: (sentence: string) => void, bounds?: Bounds): GuardedCache {
  const said = new Set<string>();
  let opened: Opened | null = null;
  let failures = 0;

  function say(sentence: string): void {
    if (said.has(sentence)) return;
    said.add(sentence);
    says(sentence);
  }

  function open(how: typeof openCacheFile): void {
    try {
      const database = how(file, () => say(`${file} was damaged: it was set aside, and what is looked up from now on is kept in a new one.`));
      if (database === null) say(`What is looked up is not kept across restarts: this program's Node.js (${process.version}) has no SQLite.`);
      else opened = { database, store: createCacheStore(database, now, bounds), spending: createSpendingStore(database) };
    } catch (error) {
      say(`What is looked up is not kept across restarts: ${file} cannot be used (${wordsOf(error)}).`);
    }
  }

  function close(): void {
    try {
      opened?.database.close();
    } catch {
      // Closing a broken file may fail like everything else with it.
    }
    opened = null;
  }

  function attempt(request: CacheRequest): { readonly value: unknown } | { readonly error: unknown } {
    if (opened === null) return { value: null };
    try {
      return { value: run(opened, request) };
    } catch (error) {
      return { error };
    }
  }

  /** What is too old goes, though nothing new may be written. */
  function tidy(): void {
    try {
      opened?.store.trim();
    } catch {
      // The first question meets the same trouble, and says so.
    }
  }

  open(openCacheFile);
  tidy();
  return {
    answer(request) {
      let outcome = attempt(request);
      if ('error' in outcome && isDamage(outcome.error)) {
        close();
        open(reopenDamaged);
        outcome = attempt(request);
      }
      if ('value' in outcome) {
        failures = 0;
        return outcome.value;
      }
      say(`${file} could not be read or written (${wordsOf(outcome.error)}): that part of what is looked up is not kept across restarts.`);
      if (++failures >= MOST_FAILURES) close();
      return null;
    },
    close,
  };
}

function run({ store, spending }: Opened, request: CacheRequest): unknown {
  switch (request.method) {
    case 'facts':
      return store.facts(request.account, request.ids);
    case 'page':
      return store.page(request.account, request.id);
    case 'closure':
      return store.closure(request.account);
    case 'write':
      store.write(request.writes);
      return null;
    case 'today':
      return spending.today(request.account, request.day);
    case 'reserve':
      return spending.reserve(request.account, request.day, request.amount, request.limit);
    case 'settle':
      return spending.settle(request.account, request.day, request.reserved, request.spent);
    case 'clear':
      store.clear();
      return null;
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
