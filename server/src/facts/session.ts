/** All that is known from one source, from its first question to its last. Another source means another session: nothing is carried over. */
import type { Known, RowPage, Summary, Target } from '../../../shared/backlinks.ts';
import type { Balance, Price, Usage } from '../../../shared/spending.ts';
import type { PageRequest, Source, SourceInfo, SummaryResult } from '../sources/source.ts';
import { abortable } from '../util/abortable.ts';
import type { Clock } from '../util/clock.ts';
import { BacklinkLensError, concernsEveryTarget } from '../util/errors.ts';
import type { Log } from '../util/log.ts';
import { Availability, asFailure } from './availability.ts';
import { Batcher } from './batcher.ts';
import { type BudgetDay, createBudgetDay } from './budgetDay.ts';
import type { FactCache } from './cache.ts';
import type { Changes } from './changes.ts';
import type { SourceHealth, WantOptions } from './facts.ts';
import type { Closure } from './gate.ts';
import { ledgerOf } from './ledger.ts';
import { createMemory, type Memory } from './memory.ts';
import { createMeter, type Meter } from './meter.ts';
import { priceOf, summariesCost } from './price.ts';
import { createRecall, type Recall } from './recall.ts';
import { needsAsking } from './record.ts';
import { createRowReader, type RowReader } from './rowReader.ts';

export interface SessionParts {
  readonly source: Source;
  readonly clock: Clock;
  readonly log: Log;
  readonly changes: Changes;
  /** What is kept across restarts; null: nothing. Only answers of sources with an account are. */
  readonly cache: FactCache | null;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Milliseconds in which wants are merged into one call. */
  readonly window: number;
  /** Targets and rows kept at most. */
  readonly maxTargets: number;
  readonly maxRows: number;
  /** As in Availability. */
  readonly lookEvery: number;
  /** A day's budget in the source's unit; null: no limit. */
  readonly budget: () => number | null;
  /** Whether a target may be asked for again by itself; `asked` tells that a person asked for it and has no answer yet. */
  mayRetry(target: Target, asked: boolean): boolean;
}

const MONTH = 30 * 86_400_000;

export class Session {
  readonly source: Source;
  readonly #parts: SessionParts;
  readonly #memory: Memory;
  readonly #availability: Availability;
  readonly #meter: Meter;
  readonly #budgetDay: BudgetDay;
  readonly #recall: Recall | null;
  readonly #rows: RowReader;
  readonly #batcher: Batcher;
  readonly #closing = new AbortController();

  constructor(parts: SessionParts) {
    const { source, clock, changes, cache } = parts;
    const local = !source.capabilities.remote;
    const disk = cache === null || source.account === null ? null : { cache, account: source.account };
    this.#parts = parts;
    this.source = source;
    this.#memory = createMemory(parts.maxTargets, local ? Number.POSITIVE_INFINITY : MONTH);
    this.#availability = new Availability({
      ...parts,
      changed: () => changes.noteEverything(),
      generation: (generation) => this.#noticeGeneration(generation),
      again: () => this.#askAgain(),
      keep: (closure) => disk?.cache.keepClosure(disk.account, closure),
    });
    this.#meter = createMeter({
      source,
      ledger: ledgerOf(disk),
      clock,
      limit: () => (local ? null : parts.budget()),
      spent: () => changes.note([]),
    });
    this.#budgetDay = createBudgetDay(clock, parts.budget, () => this.#budgetBegins());
    this.#recall = disk === null ? null : createRecall({ ...disk, memory: this.#memory, clock, changes });
    this.#rows = createRowReader({
      ...parts,
      availability: this.#availability,
      meter: this.#meter,
      disk,
      maxAge: MONTH,
      closing: this.#closing.signal,
      generation: (generation) => this.#noticeGeneration(generation),
      failed: (error) => {
        this.#fail([], error);
        changes.noteEverything();
      },
    });
    this.#batcher = new Batcher({
      clock,
      window: parts.window,
      limits: () => this.#limits(),
      call: (targets, signal) => this.#call(targets, signal),
      settled: (results) => this.#settled(results),
      failed: (targets, error) => this.#fail(targets, asFailure(error)),
      dropped: (targets) => {
        this.#memory.drop(targets);
        changes.note(targets);
      },
    });
    void this.#start();
  }

  get(target: Target): Known<Summary> {
    return this.#memory.get(target, this.#now());
  }

  /** Sees to it that what is kept of these targets is known; asks nobody. Null where nothing is kept. */
  recall(targets: readonly Target[], signal: AbortSignal): Promise<void> | null {
    return this.#recall === null ? null : abortable(this.#recall.read(targets), signal);
  }

  async want(targets: readonly Target[], options: WantOptions): Promise<void> {
    const now = this.#now();
    const { targetKinds } = this.source.capabilities;
    const wanted = targets.filter((target) => needsAsking(this.#memory.get(target, now), now, options.asked));
    const needed = wanted.filter(({ kind }) => targetKinds.includes(kind));
    // Such a target would take the place of another in a call.
    if (needed.length < wanted.length) await this.#refuse(wanted.filter(({ kind }) => !targetKinds.includes(kind)));
    if (needed.length === 0) return this.#availability.lookIfDue();
    const added = new Set(this.#memory.setPending(needed, options.asked));
    const closure = this.#availability.closed(options.asked);
    if (closure === null) this.#parts.changes.note([...added]);
    else this.#remember([...added], closure.error, closure);
    // What is on its way already is joined, though nothing new is sent.
    const joined = closure === null ? needed : needed.filter((target) => !added.has(target));
    await this.#batcher.want(joined, options.priority, options.signal);
  }

  async rows(target: Target, page: PageRequest, signal: AbortSignal): Promise<RowPage> {
    await this.#recall?.ready;
    return await this.#rows.read(target, page, signal);
  }

  info(): SourceInfo | null {
    return this.#availability.info();
  }

  health(): SourceHealth {
    const health = this.#availability.health();
    return health.state === 'ok' ? this.#budgetDay.health() : health;
  }

  /** Of a want of these targets by a person. */
  price(targets: readonly Target[]): Price {
    const now = this.#now();
    const { targetKinds } = this.source.capabilities;
    const asked = targets.filter((target) => targetKinds.includes(target.kind) && needsAsking(this.#memory.get(target, now), now, true));
    const open = new Set(asked.map(({ id }) => id));
    return priceOf(open.size, this.source.capabilities, this.#meter.left());
  }

  usage(): Usage {
    return this.#meter.usage();
  }

  async balance(signal: AbortSignal): Promise<Balance | null> {
    await this.#meter.refresh();
    return (await this.source.balance?.(signal)) ?? null;
  }

  /** Nothing that was learned stays; what is on its way is still answered. */
  forget(): void {
    this.#memory.forget();
    this.#rows.forget();
  }

  /** The limit of the day's budget may be another now. */
  budgetChanged(): void {
    this.#budgetDay.check();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#availability.close();
    this.#budgetDay.close();
    this.#batcher.close();
    await this.source
      .close()
      .catch((error: unknown) => this.#parts.log.warn(`facts: closing ${this.source.capabilities.id} failed: ${String(error)}`));
  }

  #now(): number {
    return this.#parts.clock.now();
  }

  async #start(): Promise<void> {
    void this.#availability.look();
    if (this.#recall === null) return;
    const spent = this.#meter.refresh();
    const closure = await this.#recall.ready;
    if (closure !== null) this.#availability.restore(closure);
    await spent;
  }

  /** A source that failed is tried with one call at a time, and calls shrink to what the budget still pays for. */
  #limits(): { readonly size: number; readonly concurrency: number } {
    const { summaryBatch, concurrency = 1 } = this.source.capabilities;
    const affordable = this.#meter.affords();
    return { size: affordable === 0 ? summaryBatch : affordable, concurrency: this.#availability.trying() ? 1 : concurrency };
  }

  /** Of kinds that the source does not know: it says so itself, and sends nothing. */
  async #refuse(targets: readonly Target[]): Promise<void> {
    const results = await this.source.summaries(targets, this.#closing.signal).catch(() => []);
    this.#memory.settle(results, this.#now());
    this.#parts.changes.note(targets);
  }

  async #call(targets: readonly Target[], signal: AbortSignal): Promise<readonly SummaryResult[]> {
    // Before the summaries: should the data change in between, these count as old, not as new.
    await this.#availability.refresh(signal);
    const price = summariesCost(this.source.capabilities.cost, targets.length);
    const answered = await this.#meter.run(price, () => this.source.summaries(targets, signal));
    const results = new Map(answered.map((result) => [result.target.id, result]));
    return targets.map((target) => results.get(target.id) ?? { target, error: unanswered(target) });
  }

  #settled(results: readonly SummaryResult[]): void {
    const now = this.#now();
    this.#memory.settle(results, now);
    this.#recall?.keep(results, now, this.info()?.generation ?? null);
    this.#parts.changes.note(results.map((result) => result.target));
    const wide = results.find((result) => 'error' in result && concernsEveryTarget(result.error));
    if (wide === undefined) this.#availability.succeeded();
    else if ('error' in wide) this.#fail([wide.target], wide.error);
  }

  /** The source as a whole failed: what was asked and what still waited share the failure and the time of the next try. */
  #fail(asked: readonly Target[], error: BacklinkLensError): void {
    if (error.code === 'budget.spent') {
      this.#hold([...asked, ...this.#batcher.giveUpQueued()], error);
      return;
    }
    const closure = this.#availability.shut(error);
    this.#remember(closure === null ? asked : [...asked, ...this.#batcher.giveUpQueued()], error, closure);
  }

  #hold(targets: readonly Target[], error: BacklinkLensError): void {
    this.#memory.hold(targets);
    this.#budgetDay.spent(error);
    this.#parts.changes.note(targets);
  }

  #remember(targets: readonly Target[], error: BacklinkLensError, closure: Closure | null): void {
    const results = targets.map((target) => ({ target, error }));
    this.#memory.settle(results, this.#now(), closure?.retryAt);
    this.#parts.changes.note(targets);
  }

  /** Asks anew for what is stale or failed, of what somebody wanted once. */
  #askAgain(): void {
    this.#wantByItself(this.#memory.openTargets(this.#now(), (target, asked) => this.#parts.mayRetry(target, asked)));
  }

  #budgetBegins(): void {
    const held = this.#memory.release();
    this.#parts.changes.noteEverything();
    this.#wantByItself(held.filter((target) => this.#parts.mayRetry(target, false)));
  }

  #wantByItself(targets: readonly Target[]): void {
    const { signal } = this.#closing;
    this.want(targets, { priority: 'workspace', asked: false, signal }).catch((error: unknown) => {
      if (!signal.aborted) this.#parts.log.error(`facts: asking again failed: ${String(error)}`);
    });
  }

  #noticeGeneration(generation: string | null): void {
    if (!this.#memory.setGeneration(generation)) return;
    this.#rows.forget();
    this.#parts.changes.noteEverything();
    if (!this.source.capabilities.remote) this.#askAgain();
  }
}

function unanswered(target: Target): BacklinkLensError {
  return new BacklinkLensError('source.bad-reply', `The source left ${target.name} out of its reply. Try again later.`, { reason: 'bad-reply' });
}
