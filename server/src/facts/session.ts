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
import { createStanding } from './standing.ts';

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
  /** Milliseconds after which a local source is looked at again though nobody asks: its index may have been rebuilt. */
  readonly lookEvery: number;
  /** Whether the source may be asked without a person asking. */
  mayRetry(): boolean;
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

export function createSession(parts: SessionParts): Session {
  const { source, clock, log, changes } = parts;
  const local = !source.capabilities.remote;
  const memory = createMemory(parts.maxTargets, local ? Number.POSITIVE_INFINITY : MONTH);
  const gate = local ? createGate(2_000, 15_000) : createGate(5_000, 300_000);
  const pages = createRowCache(parts.maxRows, MONTH);
  const sharedRows = createSharedCalls<RowPage>();
  const closing = new AbortController();
  const standing = createStanding(source, clock, (info, before) => {
    if (before === null) changes.noteEverything();
    noticeGeneration(info.generation);
  });
  let cancelAlarm = () => {};

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
    await standing.refresh(signal);
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

  /** Leaves the source alone for a while; then it is tried again by itself, as far as it may be. */
  function close(error: BacklinkLensError): Closure | null {
    const closure = gate.failed(error, clock.now());
    if (closure === null) return null;
    cancelAlarm();
    if (closure.retryAt !== null) alarm(closure.retryAt - clock.now());
    return closure;
  }

  function alarm(milliseconds: number): void {
    cancelAlarm();
    if (Number.isFinite(milliseconds)) cancelAlarm = clock.after(milliseconds, () => void wake());
  }

  async function wake(): Promise<void> {
    if (!local) changes.noteEverything();
    if (!local || (await look())) askAgain();
  }

  /** Asks anew for what is stale or failed, of what somebody wanted once. */
  function askAgain(): void {
    if (!parts.mayRetry()) return;
    const open = memory.openTargets(clock.now());
    session.want(open, { priority: 'workspace', asked: false, signal: closing.signal }).catch((error: unknown) => {
      if (!closing.signal.aborted) log.error(`facts: asking again failed: ${String(error)}`);
    });
  }

  /** Asks a local source where its data stand, outside any want. True when it answered. */
  async function look(): Promise<boolean> {
    const before = gate.problem(clock.now())?.error.message;
    try {
      await standing.refresh(closing.signal);
      gate.succeeded();
      if (local) alarm(parts.lookEvery);
      if (before !== undefined) changes.noteEverything();
      return true;
    } catch (error) {
      if (closing.signal.aborted) return false;
      const failure = asFailure(error);
      close(failure);
      if (failure.message !== before) changes.noteEverything();
      return false;
    }
  }

  function noticeGeneration(generation: string | null): void {
    if (!memory.setGeneration(generation)) return;
    pages.clear();
    changes.noteEverything();
    if (local) askAgain();
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
        if (local && gate.closed(now, false) === null && standing.due()) void look();
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
    info: () => standing.info(),
    health() {
      const problem = gate.problem(clock.now());
      if (problem === null) return { state: 'ok' };
      const { error, retryAt } = problem;
      return { state: 'problem', code: error.code, reason: error.reason ?? 'unavailable', message: error.message, retryAt };
    },
    async close() {
      closing.abort();
      cancelAlarm();
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
