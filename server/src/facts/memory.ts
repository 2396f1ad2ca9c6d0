/** The records of one session, bounded in number: values, failures with their back-off, and the generation they belong to. */
import type { Known, Summary, Target } from '../../../shared/backlinks.ts';
import type { SummaryResult } from '../sources/source.ts';
import type { BacklinkLensError } from '../util/errors.ts';
import type { KeptFact } from './cache.ts';
import { type FactRecord, newRecord, toKnown } from './record.ts';

/** An outcome; with `at` (epoch milliseconds) where it was learned before, by another window. */
export type Answer = SummaryResult & { readonly at?: number };

export interface Memory {
  get(target: Target, now: number): Known<Summary>;
  /**
   * @param asked a person asked: remembered until there is an answer
   * @returns those that were not pending before
   */
  setPending(targets: readonly Target[], asked: boolean): readonly Target[];
  /**
   * Keeps answers. A failure keeps the last value beside it.
   *
   * @param retryAt of the whole source when that failed; undefined leaves it to each target's own back-off
   */
  settle(results: readonly Answer[], now: number, retryAt?: number | null): void;
  /** Takes over what was kept of an earlier session, where it is newer than what is known. */
  restore(kept: readonly KeptFact[]): void;
  /** Back to what was known before they were pending. */
  drop(targets: readonly Target[]): void;
  /** As `drop`, for targets that the day's budget has no room for. */
  hold(targets: readonly Target[]): void;
  /** The budget may have room again. Returns those that were held. */
  release(): readonly Target[];
  /** Forgets every value and failure; what is pending stays so. */
  forget(): void;
  /** Those that are stale or failed, as far as they may be asked for again. */
  openTargets(now: number, may: (target: Target, asked: boolean) => boolean): readonly Target[];
  /** True when it is another than before: values of the former are stale now. */
  setGeneration(generation: string | null): boolean;
}

const FIRST_DELAY = 30_000;
const LONGEST = 3_600_000;

/**
 * @param maxTargets the record that was written longest ago goes first
 * @param staleAfter milliseconds
 */
export function createMemory(maxTargets: number, staleAfter: number): Memory {
  const records = new Map<string, FactRecord>();
  let generation: string | null = null;

  /** The record, moved to the young end. */
  function touch(target: Target): FactRecord {
    const record = records.get(target.id) ?? newRecord(target);
    records.delete(target.id);
    records.set(target.id, record);
    return record;
  }

  function trim(): void {
    if (records.size <= maxTargets) return;
    for (const [id, record] of records) {
      if (records.size <= maxTargets) return;
      if (!record.pending) records.delete(id);
    }
  }

  return {
    get: (target, now) => toKnown(records.get(target.id), { now, staleAfter, generation }),
    setPending(targets, asked) {
      const fresh = targets.filter((target) => {
        const record = touch(target);
        const before = record.pending;
        record.pending = true;
        record.asked ||= asked;
        return !before;
      });
      trim();
      return fresh;
    },
    settle(results, now, retryAt) {
      for (const result of results) {
        const record = touch(result.target);
        record.pending = false;
        record.held = false;
        if ('summary' in result) {
          record.value = { value: result.summary, at: result.at ?? now };
          record.generation = generation;
          record.failure = null;
          record.asked = false;
        } else {
          const attempts = (record.failure?.attempts ?? 0) + 1;
          record.failure = { error: result.error, attempts, retryAt: retryAt === undefined ? ownRetry(result.error, attempts, now) : retryAt };
        }
      }
      trim();
    },
    restore(kept) {
      for (const { target, summary, at, generation: of } of kept) {
        const before = records.get(target.id)?.value ?? null;
        if (before !== null && before.at >= at) continue;
        Object.assign(touch(target), { value: { value: summary, at }, generation: of });
      }
      trim();
    },
    drop(targets) {
      for (const target of targets) {
        const record = records.get(target.id);
        if (record !== undefined) Object.assign(record, { pending: false, asked: false });
      }
    },
    hold(targets) {
      for (const target of targets) Object.assign(touch(target), { pending: false, asked: false, held: true });
      trim();
    },
    release() {
      const held = [...records.values()].filter((record) => record.held);
      for (const record of held) record.held = false;
      return held.map(({ target }) => target);
    },
    forget() {
      for (const [id, record] of records) {
        if (record.pending) Object.assign(record, { value: null, failure: null });
        else records.delete(id);
      }
    },
    openTargets(now, may) {
      const freshness = { now, staleAfter, generation };
      const open = [...records.values()].filter((record) => /^(?:stale|failed)$/.test(toKnown(record, freshness).state));
      return open.filter(({ target, asked }) => may(target, asked)).map(({ target }) => target);
    },
    setGeneration(latest) {
      if (latest === null || latest === generation) return false;
      const changed = generation !== null;
      generation = latest;
      return changed;
    },
  };
}

/** A refused target stays refused until a person asks again; anything else is tried again, ever later. */
function ownRetry(error: BacklinkLensError, attempts: number, now: number): number | null {
  if (error.reason === 'refused-target') return null;
  return now + (error.retryAfter ?? Math.min(FIRST_DELAY * 2 ** Math.min(attempts - 1, 16), LONGEST));
}
