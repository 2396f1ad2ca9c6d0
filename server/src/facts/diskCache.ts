/** Facts of remote sources across restarts, in the extension's storage folder: read in one question a batch, written many at a time. */
import path from 'node:path';
import type { FailureReason, RowPage, Summary, Target } from '../../../shared/backlinks.ts';
import type { Clock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';
import type { DaySpent, FactCache, KeptFact } from './cache.ts';
import type { ClosureText, FactText, PageText, Writes } from './disk/cacheStore.ts';
import { type CacheThread, createCacheThread } from './disk/cacheThread.ts';
import { CACHE_FILE } from './disk/schema.ts';

export interface DiskCacheParts {
  /** Storage folder of the extension; made where it is missing. */
  readonly folder: string;
  /** File of the thread that reads and writes: `disk/cacheWorker.ts`, or its bundle. */
  readonly workerFile: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** Milliseconds in which writes are gathered. */
const GATHER = 100;
/** Writes that are not gathered any longer. */
const MOST_WAITING = 500;

/** Opens nothing yet: the file is opened, and its thread started, by the first question. */
export function createDiskCache({ folder, workerFile, clock, log }: DiskCacheParts): FactCache {
  return diskCacheOver(createCacheThread({ file: path.join(folder, CACHE_FILE), workerFile, log }), clock);
}

interface Gathered {
  readonly facts: Map<string, FactText>;
  readonly pages: Map<string, PageText>;
  closure: ClosureText | null | undefined;
}

/** @param thread answers null for what it cannot do */
export function diskCacheOver(thread: CacheThread, clock: Clock): FactCache {
  const gathered = new Map<string, Gathered>();
  let cancel: (() => void) | null = null;

  function flush(): void {
    cancel?.();
    cancel = null;
    for (const [account, { facts, pages, closure }] of gathered) {
      const writes: Writes = { account, facts: [...facts.values()], pages: [...pages.values()], closure };
      void thread.ask({ method: 'write', writes });
    }
    gathered.clear();
  }

  function gather(account: string): Gathered {
    const found = gathered.get(account) ?? { facts: new Map(), pages: new Map(), closure: undefined };
    gathered.set(account, found);
    cancel ??= clock.after(GATHER, flush);
    return found;
  }

  /** What was gathered is asked for like everything else. */
  function ask(request: Parameters<CacheThread['ask']>[0]): Promise<unknown> {
    flush();
    return thread.ask(request);
  }

  return {
    async facts(account, targets) {
      if (targets.length === 0) return [];
      const found = (await ask({ method: 'facts', account, ids: targets.map(({ id }) => id) })) as readonly FactText[] | null;
      const byId = new Map(targets.map((target) => [target.id, target]));
      return (found ?? []).flatMap((fact) => readFact(fact, byId.get(fact.id)));
    },
    keepFacts(account, facts) {
      const { facts: waiting } = gather(account);
      for (const { target, summary, at, generation } of facts)
        waiting.set(target.id, { id: target.id, at, generation, summary: JSON.stringify(summary) });
      if (waiting.size >= MOST_WAITING) flush();
    },
    async page(account, key) {
      const found = (await ask({ method: 'page', account, id: key })) as PageText | null;
      const page = found === null ? null : parsed<RowPage>(found.page);
      return found === null || !Array.isArray(page?.rows) ? null : { page, at: found.at };
    },
    keepPage(account, key, { page, at }) {
      gather(account).pages.set(key, { id: key, at, page: JSON.stringify(page) });
    },
    async closure(account) {
      const found = (await ask({ method: 'closure', account })) as ClosureText | null;
      return found === null ? null : { ...found, reason: found.reason as FailureReason };
    },
    keepClosure(account, closure) {
      gather(account).closure = closure;
    },
    async today(account, day) {
      return (await ask({ method: 'today', account, day })) as DaySpent | null;
    },
    async reserve(account, day, amount, limit) {
      return (await ask({ method: 'reserve', account, day, amount, limit })) as Awaited<ReturnType<FactCache['reserve']>>;
    },
    async settle(account, day, reserved, spent) {
      return (await ask({ method: 'settle', account, day, reserved, spent })) as DaySpent | null;
    },
    async clear() {
      gathered.clear();
      await ask({ method: 'clear' });
    },
    async close() {
      flush();
      await thread.close();
    },
  };
}

/** The target is the one that was asked for: the same page may be written in several ways. */
function readFact({ at, generation, summary }: FactText, target: Target | undefined): KeptFact[] {
  const read = parsed<Summary>(summary);
  if (target === undefined || read?.target?.id !== target.id) return [];
  return [{ target, summary: { ...read, target }, at, generation }];
}

/** Null for what is no JSON object: whoever wrote it, it is asked for again. */
function parsed<T extends object>(text: string): T | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as T) : null;
  } catch {
    return null;
  }
}
