/** Asks the source for summaries: in full calls, within the budget, not while it is left alone; each outcome goes into memory and is told. */
import type { Target } from '../../../shared/backlinks.ts';
import type { Source } from '../sources/source.ts';
import type { Clock } from '../util/clock.ts';
import { BacklinkLensError, concernsEveryTarget } from '../util/errors.ts';
import { type Availability, asFailure } from './availability.ts';
import { Batcher } from './batcher.ts';
import type { BudgetDay } from './budgetDay.ts';
import type { Changes } from './changes.ts';
import type { WantOptions } from './facts.ts';
import type { Closure } from './gate.ts';
import type { Answer, Memory } from './memory.ts';
import type { Meter } from './meter.ts';
import { summariesCost } from './price.ts';
import type { Recall } from './recall.ts';
import { needsAsking } from './record.ts';

export interface AskerParts {
  readonly source: Source;
  readonly clock: Clock;
  readonly changes: Changes;
  readonly memory: Memory;
  readonly availability: Availability;
  readonly meter: Meter;
  readonly budgetDay: BudgetDay;
  /** Null where nothing is kept beyond this session. */
  readonly recall: Recall | null;
  /** Milliseconds in which wants are merged into one call. */
  readonly window: number;
  /** Ends what is not a call of the batcher's. */
  readonly closing: AbortSignal;
}

export class Asker {
  readonly #parts: AskerParts;
  readonly #batcher: Batcher;

  constructor(parts: AskerParts) {
    const { clock, window, memory, changes } = parts;
    this.#parts = parts;
    this.#batcher = new Batcher({
      clock,
      window,
      limits: () => this.#limits(),
      call: (targets, signal) => this.#call(targets, signal),
      settled: (results) => this.#settled(results),
      failed: (targets, error) => this.failed(targets, asFailure(error)),
      dropped: (targets) => {
        memory.drop(targets);
        changes.note(targets);
      },
    });
  }

  /** As `want` of Facts, for targets that may be asked for. */
  async want(targets: readonly Target[], options: WantOptions): Promise<void> {
    const { memory, availability, changes, clock, source } = this.#parts;
    const now = clock.now();
    const { targetKinds } = source.capabilities;
    const wanted = targets.filter((target) => needsAsking(memory.get(target, now), now, options.asked));
    const needed = wanted.filter(({ kind }) => targetKinds.includes(kind));
    // Such a target would take the place of another in a call.
    if (needed.length < wanted.length) await this.#refuse(wanted.filter(({ kind }) => !targetKinds.includes(kind)));
    if (needed.length === 0) return availability.lookIfDue();
    const added = new Set(memory.setPending(needed, options.asked));
    const closure = availability.closed(options.asked);
    if (closure === null) changes.note([...added]);
    else this.#remember([...added], closure.error, closure);
    // What is on its way already is joined, though nothing new is sent.
    const joined = closure === null ? needed : needed.filter((target) => !added.has(target));
    await this.#batcher.want(joined, options.priority, options.signal);
  }

  /** The source as a whole failed: what was asked and what still waited share the failure and the time of the next try. */
  failed(asked: readonly Target[], error: BacklinkLensError): void {
    if (error.code === 'budget.spent') {
      this.#hold([...asked, ...this.#batcher.giveUpQueued()], error);
      return;
    }
    const closure = this.#parts.availability.shut(error);
    this.#remember(closure === null ? asked : [...asked, ...this.#batcher.giveUpQueued()], error, closure);
  }

  /** Aborts what is under way; waiters resolve. */
  close(): void {
    this.#batcher.close();
  }

  /**
   * Calls shrink to what the budget still pays for. One at a time where it does not pay for several, so that each knows what is left, and where
   * a source that failed is tried.
   */
  #limits(): { readonly size: number; readonly concurrency: number } {
    const { availability, meter, source } = this.#parts;
    const { summaryBatch, concurrency = 1, cost } = source.capabilities;
    const [left, affordable] = [meter.left(), meter.affords()];
    const tight = left !== null && left < concurrency * summariesCost(cost, summaryBatch);
    return { size: affordable === 0 ? summaryBatch : affordable, concurrency: tight || availability.trying() ? 1 : concurrency };
  }

  /** Of kinds that the source does not know: it says so itself, and sends nothing. */
  async #refuse(targets: readonly Target[]): Promise<void> {
    const { source, memory, clock, changes, closing } = this.#parts;
    const results = await source.summaries(targets, closing).catch(() => []);
    memory.settle(results, clock.now());
    changes.note(targets);
  }

  async #call(targets: readonly Target[], signal: AbortSignal): Promise<readonly Answer[]> {
    const { availability, meter, source, recall } = this.#parts;
    // Before the summaries: should the data change in between, these count as old, not as new.
    await availability.refresh(signal);
    await availability.heed();
    const known = (await recall?.lately(targets, availability.info()?.generation ?? null)) ?? [];
    const results = new Map<string, Answer>(known.map((fact) => [fact.target.id, fact]));
    const open = targets.filter(({ id }) => !results.has(id));
    if (open.length > 0) {
      const price = summariesCost(source.capabilities.cost, open.length);
      const answered = await meter.run(price, () => source.summaries(open, signal));
      for (const result of answered) results.set(result.target.id, result);
    }
    return targets.map((target) => results.get(target.id) ?? { target, error: unanswered(target) });
  }

  #settled(results: readonly Answer[]): void {
    const { memory, recall, availability, changes, clock } = this.#parts;
    const now = clock.now();
    memory.settle(results, now);
    recall?.keep(results, now, availability.info()?.generation ?? null);
    changes.note(results.map((result) => result.target));
    const wide = results.find((result) => 'error' in result && concernsEveryTarget(result.error));
    if (wide === undefined) availability.succeeded();
    else if ('error' in wide) this.failed([wide.target], wide.error);
  }

  #hold(targets: readonly Target[], error: BacklinkLensError): void {
    const { memory, budgetDay, changes } = this.#parts;
    memory.hold(targets);
    budgetDay.spent(error);
    changes.note(targets);
  }

  #remember(targets: readonly Target[], error: BacklinkLensError, closure: Closure | null): void {
    const { memory, changes, clock } = this.#parts;
    const results = targets.map((target) => ({ target, error }));
    memory.settle(results, clock.now(), closure?.retryAt);
    changes.note(targets);
  }
}

function unanswered(target: Target): BacklinkLensError {
  return new BacklinkLensError('source.bad-reply', `The source left ${target.name} out of its reply. Try again later.`, { reason: 'bad-reply' });
}
