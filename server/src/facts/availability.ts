/** Whether the source can be asked, and the next try where it could not: failures shut it, an alarm or a success opens it again. */
import type { Source, SourceInfo } from '../sources/source.ts';
import type { Clock } from '../util/clock.ts';
import { BacklinkLensError } from '../util/errors.ts';
import type { KeptClosure } from './cache.ts';
import type { SourceHealth } from './facts.ts';
import { type Closure, createGate, type Gate } from './gate.ts';
import { createStanding, type Standing } from './standing.ts';

export interface AvailabilityParts {
  readonly source: Source;
  readonly clock: Clock;
  readonly random: () => number;
  /** Milliseconds after which a local source is looked at again though nobody asks: its index may have been rebuilt. */
  readonly lookEvery: number;
  /** What is said of the source has changed. */
  readonly changed: () => void;
  /** Where its data stand now. */
  readonly generation: (generation: string | null) => void;
  /** It may be asked again for what is stale or failed. */
  readonly again: () => void;
  /** A closure that holds beyond this session, or null when it is over. */
  readonly keep: (closure: KeptClosure | null) => void;
  /** The one that was kept last, by whichever window. */
  readonly kept: () => Promise<KeptClosure | null>;
}

export class Availability {
  readonly #parts: AvailabilityParts;
  readonly #local: boolean;
  readonly #gate: Gate;
  readonly #standing: Standing;
  readonly #closing = new AbortController();
  #kept = false;
  #cancelAlarm = () => {};

  constructor(parts: AvailabilityParts) {
    const { source, clock, random, changed, generation } = parts;
    this.#parts = parts;
    this.#local = !source.capabilities.remote;
    this.#gate = createGate(
      this.#local ? { firstDelay: 2_000, longestDelay: 15_000, random: () => 0 } : { firstDelay: 5_000, longestDelay: 300_000, random },
    );
    this.#standing = createStanding(source, clock, (info, before) => {
      if (before === null) changed();
      generation(info.generation);
    });
  }

  info(): SourceInfo | null {
    return this.#standing.info();
  }

  /** Asks where the data stand, if that was not asked just now. Rejects as the source does. */
  async refresh(signal: AbortSignal): Promise<void> {
    await this.#standing.refresh(signal);
  }

  /** @param asked a person asked */
  closed(asked: boolean): Closure | null {
    return this.#gate.closed(this.#now(), asked);
  }

  /** True while one call at a time finds out whether it answers again. */
  trying(): boolean {
    return this.#gate.trying();
  }

  health(): SourceHealth {
    const problem = this.#gate.problem(this.#now());
    if (problem === null) return { state: 'ok' };
    const { error, retryAt, failures, paused } = problem;
    const message = paused ? `${error.message} It failed ${failures} times in a row and is left alone in between.` : error.message;
    return { state: 'problem', code: error.code, reason: error.reason ?? 'unavailable', message, retryAt, ...(paused && { paused }) };
  }

  /** It answered. */
  succeeded(): void {
    const stood = this.#gate.problem(this.#now()) !== null;
    this.#gate.succeeded();
    if (this.#kept) this.#parts.keep(null);
    this.#kept = false;
    if (stood) this.#parts.changed();
  }

  /** Leaves the source alone for a while; then it is tried again by itself. Null for a failure that concerns only its targets. */
  shut(error: BacklinkLensError): Closure | null {
    const standing = this.closed(false);
    if (standing?.error === error) return standing;
    const closure = this.#gate.failed(error, this.#now());
    if (closure === null) return null;
    if (error.reason === 'throttled' || error.reason === 'quota') {
      this.#kept = true;
      this.#parts.keep({ reason: error.reason, message: error.message, retryAt: closure.retryAt, at: this.#now() });
    }
    this.#await(closure);
    return closure;
  }

  /** Takes over what an earlier session left. */
  restore(kept: KeptClosure): Closure | null {
    const closure = this.#gate.restore(kept, this.#now());
    if (closure === null || this.#closing.signal.aborted) return null;
    this.#kept = true;
    this.#await(closure);
    this.#parts.changed();
    return closure;
  }

  /** Rejects where another window was asked to wait in the meantime: that holds for all. Called before each call. */
  async heed(): Promise<void> {
    const kept = await this.#parts.kept();
    const closure = kept?.reason === 'throttled' ? this.restore(kept) : null;
    if (closure !== null) throw closure.error;
  }

  /** Asks a source where its data stand, outside any want. True when it answered. */
  async look(): Promise<boolean> {
    const before = this.#gate.problem(this.#now())?.error.message;
    try {
      await this.#standing.refresh(this.#closing.signal);
    } catch (error) {
      if (this.#closing.signal.aborted) return false;
      const failure = asFailure(error);
      this.shut(failure);
      if (failure.message !== before) this.#parts.changed();
      return false;
    }
    // A remote source answers this from what it knows: that says nothing of the other side.
    if (this.#local) this.#gate.succeeded();
    if (this.#local && !this.#closing.signal.aborted) this.#setAlarm(this.#parts.lookEvery);
    if (this.#local && before !== undefined) this.#parts.changed();
    return true;
  }

  /** Looks again at a local source that was not looked at for a while. */
  lookIfDue(): void {
    if (this.#local && this.closed(false) === null && this.#standing.due()) void this.look();
  }

  close(): void {
    this.#closing.abort();
    this.#cancelAlarm();
  }

  #now(): number {
    return this.#parts.clock.now();
  }

  #await(closure: Closure): void {
    this.#cancelAlarm();
    if (closure.retryAt !== null) this.#setAlarm(closure.retryAt - this.#now());
  }

  #setAlarm(milliseconds: number): void {
    this.#cancelAlarm();
    if (Number.isFinite(milliseconds)) this.#cancelAlarm = this.#parts.clock.after(milliseconds, () => void this.#wake());
  }

  async #wake(): Promise<void> {
    if (!this.#local) this.#parts.changed();
    if (!this.#local || (await this.look())) this.#parts.again();
  }
}

/** A failure of a call as one of ours. */
export function asFailure(error: unknown): BacklinkLensError {
  if (BacklinkLensError.is(error)) return error;
  return new BacklinkLensError('internal', `Something unexpected happened while asking the source: ${String(error)}. Please report it.`, {
    cause: error,
  });
}
