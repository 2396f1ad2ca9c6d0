/** All that is known from one source, from its first question to its last. Another source means another session: nothing is carried over. */
import type { Known, RowPage, Summary, Target } from '../../../shared/backlinks.ts';
import type { Balance, Price, Usage } from '../../../shared/spending.ts';
import type { PageRequest, Source, SourceInfo } from '../sources/source.ts';
import { abortable } from '../util/abortable.ts';
import type { Clock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';
import { Asker } from './asker.ts';
import { Availability } from './availability.ts';
import { type BudgetDay, createBudgetDay } from './budgetDay.ts';
import type { FactCache } from './cache.ts';
import type { Changes } from './changes.ts';
import type { SourceHealth, WantOptions } from './facts.ts';
import { ledgerOf } from './ledger.ts';
import { createMemory, type Memory } from './memory.ts';
import { createMeter, type Meter } from './meter.ts';
import { callsFor, priceOf } from './price.ts';
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
  readonly #asker: Asker;
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
      kept: async () => (disk === null ? null : await disk.cache.closure(disk.account)),
    });
    this.#meter = createMeter({
      source,
      ledger: ledgerOf(disk),
      clock,
      limit: () => (local ? null : parts.budget()),
    });
    this.#budgetDay = createBudgetDay(clock, parts.budget, () => this.#budgetBegins());
    this.#recall = disk === null ? null : createRecall({ ...disk, memory: this.#memory, clock, changes, maxAge: MONTH });
    this.#asker = new Asker({
      ...parts,
      memory: this.#memory,
      availability: this.#availability,
      meter: this.#meter,
      budgetDay: this.#budgetDay,
      recall: this.#recall,
      closing: this.#closing.signal,
    });
    this.#rows = createRowReader({
      ...parts,
      availability: this.#availability,
      meter: this.#meter,
      disk,
      maxAge: MONTH,
      closing: this.#closing.signal,
      generation: (generation) => this.#noticeGeneration(generation),
      read: (target) => changes.note([target]),
      failed: (error) => {
        this.#asker.failed([], error);
        changes.noteEverything();
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
    await this.#asker.want(targets, options);
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
    const open = new Map(asked.map(({ id, kind }) => [id, kind]));
    const calls = callsFor([...open.values()], this.source.capabilities);
    return { ...priceOf(open.size, this.source.capabilities, this.#meter.left()), calls };
  }

  usage(): Usage {
    return this.#meter.usage();
  }

  async balance(signal: AbortSignal): Promise<Balance | null> {
    return (await this.source.balance?.(signal)) ?? null;
  }

  /** Reads what other windows have spent today. */
  async recount(): Promise<void> {
    await this.#meter.refresh();
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
    this.#asker.close();
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
