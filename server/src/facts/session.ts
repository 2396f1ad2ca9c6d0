/** All that is known from one source, from its first question to its last. Another source means another session: nothing is carried over. */
import type { Known, RowPage, Summary, Target } from '../../../shared/backlinks.ts';
import type { PageRequest, Source, SourceInfo, SummaryResult } from '../sources/source.ts';
import type { Clock } from '../util/clock.ts';
import { BacklinkLensError } from '../util/errors.ts';
import type { Log } from '../util/log.ts';
import { createSharedCalls } from '../util/sharedCalls.ts';
import { createBatcher } from './batcher.ts';
import type { Changes } from './changes.ts';
import type { SourceHealth, WantOptions } from './facts.ts';
import { type Closure, createGate } from './gate.ts';
import { createMemory } from './memory.ts';
import { needsAsking } from './record.ts';
import { createRowCache } from './rowCache.ts';

export interface SessionParts {
  readonly source: Source;
  readonly clock: Clock;
  readonly log: Log;
  readonly changes: Changes;
  /** Milliseconds in which wants are merged into one call. */
  readonly window: number;
  /** Targets and rows kept at most. */
  readonly maxTargets: number;
  readonly maxRows: number;
}

export interface Session {
  readonly source: Source;
  get(target: Target): Known<Summary>;
  want(targets: readonly Target[], options: WantOptions): Promise<void>;
  rows(target: Target, page: PageRequest, signal: AbortSignal): Promise<RowPage>;
  info(): SourceInfo | null;
  health(): SourceHealth;
  close(): Promise<void>;
}

const MONTH = 30 * 86_400_000;
/** A new generation of a local index is noticed at a question at most this much later. */
const INFO_AGE = 5_000;

export function createSession(parts: SessionParts): Session {
  const { source, clock, log, changes } = parts;
  const local = !source.capabilities.remote;
  const memory = createMemory(parts.maxTargets, local ? Number.POSITIVE_INFINITY : MONTH);
  const gate = local ? createGate(2_000, 15_000) : createGate(5_000, 300_000);
  const pages = createRowCache(parts.maxRows, MONTH);
  const sharedRows = createSharedCalls<RowPage>();
  const closing = new AbortController();
  let info: SourceInfo | null = null;
  let infoAt = Number.NEGATIVE_INFINITY;
  let cancelAlarm: (() => void) | null = null;

  const batcher = createBatcher({
    clock,
    window: parts.window,
    limits: () => ({ size: source.capabilities.summaryBatch, concurrency: source.capabilities.concurrency ?? 1 }),
    call,
    settled,
    failed(targets, error) {
      fail(targets, asFailure(error));
    },
    dropped(targets) {
      memory.drop(targets);
      changes.note(targets);
    },
  });

  async function call(targets: readonly Target[], signal: AbortSignal): Promise<readonly SummaryResult[]> {
    // Before the summaries: should the data change in between, these count as old, not as new.
    await refreshInfo(signal);
    const results = new Map((await source.summaries(targets, signal)).map((result) => [result.target.id, result]));
    return targets.map((target) => results.get(target.id) ?? { target, error: unanswered(target) });
  }

  function settled(results: readonly SummaryResult[]): void {
    memory.settle(results, clock.now());
    changes.note(results.map((result) => result.target));
    const wide = results.find((result) => 'error' in result && result.error.reason !== 'refused-target' && result.error.reason !== 'bad-reply');
    if (wide === undefined) gate.succeeded();
    else if ('error' in wide) fail([wide.target], wide.error);
  }

  /** The source as a whole failed: what was asked and what still waited share the failure and the time of the next try. */
  function fail(asked: readonly Target[], error: BacklinkLensError): void {
    const closure = close(error);
    const targets = closure === null ? asked : [...asked, ...batcher.giveUpQueued()];
    memory.settle(
      targets.map((target) => ({ target, error })),
      clock.now(),
      closure?.retryAt,
    );
    changes.note(targets);
  }

  /** Leaves the source alone for a while. A local one is tried again by itself, for a remote one the state is only shown anew. */
  function close(error: BacklinkLensError): Closure | null {
    const closure = gate.failed(error, clock.now());
    if (closure === null) return null;
    cancelAlarm?.();
    cancelAlarm = null;
    if (closure.retryAt !== null)
      cancelAlarm = clock.after(closure.retryAt - clock.now(), local ? () => void recover() : () => changes.noteEverything());
    return closure;
  }

  async function recover(): Promise<void> {
    if (!(await look())) return;
    const failed = memory.failedTargets();
    changes.noteEverything();
    await session.want(failed, { priority: 'workspace', asked: true, signal: closing.signal }).catch(() => {});
  }

  /** Asks where the data stand, outside any want. True when the source answered. */
  async function look(): Promise<boolean> {
    try {
      await refreshInfo(closing.signal);
      gate.succeeded();
      return true;
    } catch (error) {
      if (closing.signal.aborted) return false;
      const failure = asFailure(error);
      const before = gate.problem(clock.now())?.error.message;
      close(failure);
      if (failure.message !== before) changes.noteEverything();
      return false;
    }
  }

  async function refreshInfo(signal: AbortSignal): Promise<void> {
    if (clock.now() - infoAt < INFO_AGE) return;
    const latest = await source.info(signal);
    const first = info === null;
    info = latest;
    infoAt = clock.now();
    noticeGeneration(latest.generation);
    if (first) changes.noteEverything();
  }

  function noticeGeneration(generation: string | null): void {
    if (!memory.setGeneration(generation)) return;
    pages.clear();
    changes.noteEverything();
  }

  async function readRows(target: Target, page: PageRequest, key: string, signal: AbortSignal): Promise<RowPage> {
    try {
      const read = await source.rows(target, page, signal);
      if (gate.problem(clock.now()) !== null) changes.noteEverything();
      gate.succeeded();
      noticeGeneration(read.generation);
      pages.put(key, read, clock.now());
      return read;
    } catch (error) {
      if (signal.aborted) throw error;
      const failure = asFailure(error);
      if (failure.reason !== 'bad-reply' && failure.reason !== 'refused-target') {
        fail([], failure);
        changes.noteEverything();
      }
      throw failure;
    }
  }

  const session: Session = {
    source,
    get: (target) => memory.get(target, clock.now()),
    async want(targets, options) {
      const now = clock.now();
      const needed = targets.filter((target) => needsAsking(memory.get(target, now), now, options.asked));
      if (needed.length === 0) {
        if (local && gate.closed(now, false) === null && now - infoAt >= INFO_AGE) void look();
        return;
      }
      const closure = gate.closed(now, options.asked);
      if (closure !== null) {
        memory.settle(
          needed.map((target) => ({ target, error: closure.error })),
          now,
          closure.retryAt,
        );
        changes.note(needed);
        return;
      }
      changes.note(memory.setPending(needed));
      await batcher.want(needed, options.priority, options.signal);
    },
    async rows(target, page, signal) {
      signal.throwIfAborted();
      const key = `${page.internal} ${page.limit} ${page.offset} ${target.id}`;
      const kept = pages.get(key, clock.now());
      if (kept !== null) return kept;
      const closure = gate.closed(clock.now(), true);
      if (closure !== null) throw closure.error;
      return await sharedRows.run(key, AbortSignal.any([signal, closing.signal]), (shared) => readRows(target, page, key, shared));
    },
    info: () => info,
    health() {
      const problem = gate.problem(clock.now());
      if (problem === null) return { state: 'ok' };
      const { error, retryAt } = problem;
      return { state: 'problem', code: error.code, reason: error.reason ?? 'unavailable', message: error.message, retryAt };
    },
    async close() {
      closing.abort();
      cancelAlarm?.();
      batcher.close();
      await source.close().catch((error: unknown) => log.warn(`facts: closing ${source.capabilities.id} failed: ${String(error)}`));
    },
  };
  void look();
  return session;
}

function asFailure(error: unknown): BacklinkLensError {
  if (BacklinkLensError.is(error)) return error;
  return new BacklinkLensError('internal', `Something unexpected happened while asking the source: ${String(error)}. Please report it.`, {
    cause: error,
  });
}

function unanswered(target: Target): BacklinkLensError {
  return new BacklinkLensError('source.bad-reply', `The source left ${target.name} out of its reply. Try again later.`, { reason: 'bad-reply' });
}
