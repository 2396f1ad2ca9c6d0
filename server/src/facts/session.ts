/** All that is known from one source, from its first question to its last. Another source means another session: nothing is carried over. */
import type { Known, RowPage, Summary, Target } from '../../../shared/backlinks.ts';
import type { PageRequest, Source, SourceInfo, SummaryResult } from '../sources/source.ts';
import type { Clock } from '../util/clock.ts';
import { BacklinkLensError, concernsEveryTarget } from '../util/errors.ts';
import type { Log } from '../util/log.ts';
import { createSharedCalls } from '../util/sharedCalls.ts';
import { Batcher } from './batcher.ts';
import type { Changes } from './changes.ts';
import type { SourceHealth, WantOptions } from './facts.ts';
import { type Closure, createGate, type Gate } from './gate.ts';
import { createMemory, type Memory } from './memory.ts';
import { needsAsking } from './record.ts';
import { createRowCache, type RowCache } from './rowCache.ts';
import { createStanding, type Standing } from './standing.ts';

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
  /** Whether a target may be asked for again by itself; `asked` tells that a person asked for it and has no answer yet. */
  mayRetry(target: Target, asked: boolean): boolean;
}

const MONTH = 30 * 86_400_000;

export class Session {
  readonly source: Source;
  readonly #parts: SessionParts;
  readonly #local: boolean;
  readonly #memory: Memory;
  readonly #gate: Gate;
  readonly #pages: RowCache;
  readonly #standing: Standing;
  readonly #batcher: Batcher;
  readonly #sharedRows = createSharedCalls<RowPage>();
  readonly #closing = new AbortController();
  #cancelAlarm = () => {};

  constructor(parts: SessionParts) {
    const { source, clock, changes } = parts;
    this.#parts = parts;
    this.source = source;
    this.#local = !source.capabilities.remote;
    this.#memory = createMemory(parts.maxTargets, this.#local ? Number.POSITIVE_INFINITY : MONTH);
    this.#gate = this.#local ? createGate(2_000, 15_000) : createGate(5_000, 300_000);
    this.#pages = createRowCache(parts.maxRows, MONTH);
    this.#standing = createStanding(source, clock, (info, before) => {
      if (before === null) changes.noteEverything();
      this.#noticeGeneration(info.generation);
    });
    this.#batcher = new Batcher({
      clock,
      window: parts.window,
      limits: () => ({ size: source.capabilities.summaryBatch, concurrency: source.capabilities.concurrency ?? 1 }),
      call: (targets, signal) => this.#call(targets, signal),
      settled: (results) => this.#settled(results),
      failed: (targets, error) => this.#fail(targets, asFailure(error)),
      dropped: (targets) => {
        this.#memory.drop(targets);
        changes.note(targets);
      },
    });
    void this.#look();
  }

  get(target: Target): Known<Summary> {
    return this.#memory.get(target, this.#now());
  }

  async want(targets: readonly Target[], options: WantOptions): Promise<void> {
    const now = this.#now();
    const needed = targets.filter((target) => needsAsking(this.#memory.get(target, now), now, options.asked));
    if (needed.length === 0) {
      if (this.#local && this.#gate.closed(now, false) === null && this.#standing.due()) void this.#look();
      return;
    }
    const added = new Set(this.#memory.setPending(needed, options.asked));
    const closure = this.#gate.closed(now, options.asked);
    if (closure === null) this.#parts.changes.note([...added]);
    else this.#remember([...added], closure.error, closure);
    // What is on its way already is joined, though nothing new is sent.
    const joined = closure === null ? needed : needed.filter((target) => !added.has(target));
    await this.#batcher.want(joined, options.priority, options.signal);
  }

  async rows(target: Target, page: PageRequest, signal: AbortSignal): Promise<RowPage> {
    const key = `${page.internal} ${page.limit} ${page.offset} ${target.id}`;
    const kept = this.#pages.get(key, this.#now());
    if (kept !== null) return kept;
    // Rows are asked for by people only.
    const closure = this.#gate.closed(this.#now(), true);
    if (closure !== null) throw closure.error;
    const either = AbortSignal.any([signal, this.#closing.signal]);
    return await this.#sharedRows.run(key, either, (shared) => this.#readRows(target, page, key, shared));
  }

  info(): SourceInfo | null {
    return this.#standing.info();
  }

  health(): SourceHealth {
    const problem = this.#gate.problem(this.#now());
    if (problem === null) return { state: 'ok' };
    const { error, retryAt } = problem;
    return { state: 'problem', code: error.code, reason: error.reason ?? 'unavailable', message: error.message, retryAt };
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#cancelAlarm();
    this.#batcher.close();
    await this.source
      .close()
      .catch((error: unknown) => this.#parts.log.warn(`facts: closing ${this.source.capabilities.id} failed: ${String(error)}`));
  }

  #now(): number {
    return this.#parts.clock.now();
  }

  async #call(targets: readonly Target[], signal: AbortSignal): Promise<readonly SummaryResult[]> {
    // Before the summaries: should the data change in between, these count as old, not as new.
    await this.#standing.refresh(signal);
    const results = new Map((await this.source.summaries(targets, signal)).map((result) => [result.target.id, result]));
    return targets.map((target) => results.get(target.id) ?? { target, error: unanswered(target) });
  }

  #settled(results: readonly SummaryResult[]): void {
    this.#memory.settle(results, this.#now());
    this.#parts.changes.note(results.map((result) => result.target));
    const wide = results.find((result) => 'error' in result && concernsEveryTarget(result.error));
    if (wide === undefined) this.#gate.succeeded();
    else if ('error' in wide) this.#fail([wide.target], wide.error);
  }

  /** The source as a whole failed: what was asked and what still waited share the failure and the time of the next try. */
  #fail(asked: readonly Target[], error: BacklinkLensError): void {
    const closure = this.#shut(error);
    this.#remember(closure === null ? asked : [...asked, ...this.#batcher.giveUpQueued()], error, closure);
  }

  #remember(targets: readonly Target[], error: BacklinkLensError, closure: Closure | null): void {
    const results = targets.map((target) => ({ target, error }));
    this.#memory.settle(results, this.#now(), closure?.retryAt);
    this.#parts.changes.note(targets);
  }

  /** Leaves the source alone for a while; then it is tried again by itself, as far as it may be. */
  #shut(error: BacklinkLensError): Closure | null {
    const closure = this.#gate.failed(error, this.#now());
    if (closure === null) return null;
    this.#cancelAlarm();
    if (closure.retryAt !== null) this.#setAlarm(closure.retryAt - this.#now());
    return closure;
  }

  #setAlarm(milliseconds: number): void {
    this.#cancelAlarm();
    if (Number.isFinite(milliseconds)) this.#cancelAlarm = this.#parts.clock.after(milliseconds, () => void this.#wake());
  }

  async #wake(): Promise<void> {
    if (!this.#local) this.#parts.changes.noteEverything();
    if (!this.#local || (await this.#look())) this.#askAgain();
  }

  /** Asks anew for what is stale or failed, of what somebody wanted once. */
  #askAgain(): void {
    const { signal } = this.#closing;
    const open = this.#memory.openTargets(this.#now(), (target, asked) => this.#parts.mayRetry(target, asked));
    this.want(open, { priority: 'workspace', asked: false, signal }).catch((error: unknown) => {
      if (!signal.aborted) this.#parts.log.error(`facts: asking again failed: ${String(error)}`);
    });
  }

  /** Asks a source where its data stand, outside any want. True when it answered. */
  async #look(): Promise<boolean> {
    const before = this.#gate.problem(this.#now())?.error.message;
    try {
      await this.#standing.refresh(this.#closing.signal);
    } catch (error) {
      if (this.#closing.signal.aborted) return false;
      const failure = asFailure(error);
      this.#shut(failure);
      if (failure.message !== before) this.#parts.changes.noteEverything();
      return false;
    }
    this.#gate.succeeded();
    if (this.#local && !this.#closing.signal.aborted) this.#setAlarm(this.#parts.lookEvery);
    if (before !== undefined) this.#parts.changes.noteEverything();
    return true;
  }

  #noticeGeneration(generation: string | null): void {
    if (!this.#memory.setGeneration(generation)) return;
    this.#pages.clear();
    this.#parts.changes.noteEverything();
    if (this.#local) this.#askAgain();
  }

  async #readRows(target: Target, page: PageRequest, key: string, signal: AbortSignal): Promise<RowPage> {
    try {
      const read = await this.source.rows(target, page, signal);
      if (this.#gate.problem(this.#now()) !== null) this.#parts.changes.noteEverything();
      this.#gate.succeeded();
      this.#noticeGeneration(read.generation);
      this.#pages.put(key, read, this.#now());
      return read;
    } catch (error) {
      if (signal.aborted) throw error;
      const failure = asFailure(error);
      if (concernsEveryTarget(failure)) {
        this.#fail([], failure);
        this.#parts.changes.noteEverything();
      }
      throw failure;
    }
  }
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
