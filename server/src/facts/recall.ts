/** Brings back what earlier sessions learned from this account, and keeps what this one learns. */
import type { Target } from '../../../shared/backlinks.ts';
import type { Clock } from '../util/clock.ts';
import type { FactCache, KeptClosure, KeptFact } from './cache.ts';
import type { Changes } from './changes.ts';
import type { Answer, Memory } from './memory.ts';
import { needsAsking } from './record.ts';

export interface Recall {
  /** A wait that an earlier session was told of; everything else waits for this. Never rejects. */
  readonly ready: Promise<KeptClosure | null>;
  /** Reads what is kept of those that are not known, in one question. */
  read(targets: readonly Target[]): Promise<void>;
  /**
   * Those of targets about to be asked for that another window has learned since they were wanted.
   *
   * @param generation the present one, null while unknown: answers of another are old ones
   */
  lately(targets: readonly Target[], generation: string | null): Promise<readonly KeptFact[]>;
  /** Keeps answers; failures are not kept. */
  keep(results: readonly Answer[], at: number, generation: string | null): void;
}

export interface RecallParts {
  readonly cache: FactCache;
  readonly account: string;
  readonly memory: Memory;
  readonly clock: Pick<Clock, 'now'>;
  readonly changes: Changes;
  /** Milliseconds after which an answer is asked for again. */
  readonly maxAge: number;
}

/** Milliseconds: what was learned later than this from now was learned by a clock that went wrong. */
export const LEAP = 86_400_000;
/** Targets a question, so that reading many keeps nobody else waiting for long. */
const AT_ONCE = 500;

export function createRecall({ cache, account, memory, clock, changes, maxAge }: RecallParts): Recall {
  const ready = cache.closure(account).catch(() => null);
  return {
    ready,
    async read(targets) {
      await ready;
      const now = clock.now();
      const open = targets.filter((target) => {
        const known = memory.get(target, now);
        return known.state !== 'pending' && needsAsking(known, now, true);
      });
      for (let start = 0; start < open.length; start += AT_ONCE) {
        const found = await cache.facts(account, open.slice(start, start + AT_ONCE));
        const kept = found.filter(({ at }) => at <= now + LEAP);
        memory.restore(kept);
        changes.note(kept.map(({ target }) => target));
      }
    },
    async lately(targets, generation) {
      const kept = await cache.facts(account, targets);
      const now = clock.now();
      const isPresent = (of: string | null) => of === null || generation === null || of === generation;
      return kept.filter(({ at, generation: of }) => at <= now + LEAP && now - at < maxAge && isPresent(of));
    },
    keep(results, at, generation) {
      const facts = results.flatMap((result) => ('summary' in result && result.at === undefined ? [{ ...result, at, generation }] : []));
      if (facts.length > 0) cache.keepFacts(account, facts);
    },
  };
}
