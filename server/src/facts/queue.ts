/** Targets that somebody waits for, each once: queued by what the user looks at, then by arrival; kept by id until they are answered. */
import type { Target } from '../../../shared/backlinks.ts';
import type { Priority } from './facts.ts';

/** One want with the ids that it still waits for. */
export interface Waiter {
  readonly open: Set<string>;
  readonly done: () => void;
}

export interface Entry {
  readonly target: Target;
  readonly waiters: Set<Waiter>;
  rank: number;
}

export interface Queue {
  /** Entries that have not been taken yet. */
  readonly size: number;
  /** Queues targets, or joins entries that are there already, taken or not; a higher priority moves a queued one forward. */
  add(targets: readonly Target[], priority: Priority, waiter: Waiter): void;
  /** The next entries in order; they can still be joined until they are forgotten. */
  take(count: number): readonly Entry[];
  forget(entries: readonly Entry[]): void;
  /** Takes a waiter off its entries. Returns the queued targets that nobody waits for any more; they are gone. */
  remove(waiter: Waiter): readonly Target[];
  /** Everything, taken or not; nothing stays. */
  clear(): readonly Entry[];
}

const PRIORITIES: readonly Priority[] = ['hovered', 'visible', 'document', 'workspace'];

export function createQueue(): Queue {
  const entries = new Map<string, Entry>();
  /** Queued ones by rank; a Map keeps the order of arrival and deletes in constant time. */
  const ranks: readonly Map<string, Entry>[] = PRIORITIES.map(() => new Map());

  function addOne(target: Target, rank: number, waiter: Waiter): void {
    const known = entries.get(target.id);
    const entry = known ?? { target, rank, waiters: new Set<Waiter>() };
    entry.waiters.add(waiter);
    waiter.open.add(target.id);
    if (known === undefined) {
      entries.set(target.id, entry);
      ranks[rank]?.set(target.id, entry);
    } else if (rank < entry.rank && ranks[entry.rank]?.delete(target.id)) {
      entry.rank = rank;
      ranks[rank]?.set(target.id, entry);
    }
  }

  return {
    get size() {
      return ranks.reduce((sum, queued) => sum + queued.size, 0);
    },
    add(targets, priority, waiter) {
      const rank = PRIORITIES.indexOf(priority);
      for (const target of targets) addOne(target, rank, waiter);
    },
    take(count) {
      const taken: Entry[] = [];
      for (const queued of ranks) {
        for (const [id, entry] of queued) {
          if (taken.length >= count) return taken;
          queued.delete(id);
          taken.push(entry);
        }
      }
      return taken;
    },
    forget(done) {
      for (const entry of done) if (entries.get(entry.target.id) === entry) entries.delete(entry.target.id);
    },
    remove(waiter) {
      const gone: Target[] = [];
      for (const id of waiter.open) {
        const entry = entries.get(id);
        entry?.waiters.delete(waiter);
        if (entry === undefined || entry.waiters.size > 0 || !ranks[entry.rank]?.delete(id)) continue;
        entries.delete(id);
        gone.push(entry.target);
      }
      return gone;
    },
    clear() {
      const all = [...entries.values()];
      entries.clear();
      for (const queued of ranks) queued.clear();
      return all;
    },
  };
}
