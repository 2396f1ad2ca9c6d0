/**
 * Makes few calls of many wants: those of a short window are merged, what is already queued or on its way is joined, what the user looks
 * at goes first, and each call is cut to the source's size. N distinct targets of one window make exactly ceil(N / size) calls.
 */
import type { Target } from '../../../shared/backlinks.ts';
import { abortReason } from '../util/abortable.ts';
import type { Clock } from '../util/clock.ts';
import type { Priority } from './facts.ts';
import type { Answer } from './memory.ts';
import { createQueue, type Entry, type Waiter } from './queue.ts';

export interface BatcherParts {
  readonly clock: Clock;
  /** Milliseconds in which wants are merged. */
  readonly window: number;
  /** Targets per call and calls at once, read before each call. */
  limits(): { readonly size: number; readonly concurrency: number };
  call(targets: readonly Target[], signal: AbortSignal): Promise<readonly Answer[]>;
  /** A call was answered; the waiters go on after this. */
  settled(results: readonly Answer[]): void;
  /** A call failed as a whole; the waiters go on after this. */
  failed(targets: readonly Target[], error: unknown): void;
  /** Nobody waits for these any more and they were not answered. */
  dropped(targets: readonly Target[]): void;
}

interface Batch {
  readonly entries: readonly Entry[];
  readonly controller: AbortController;
}

export class Batcher {
  readonly #parts: BatcherParts;
  readonly #queue = createQueue();
  readonly #running = new Set<Batch>();
  #cancelWindow: (() => void) | null = null;

  constructor(parts: BatcherParts) {
    this.#parts = parts;
  }

  /** Resolves when each target is answered, or when the batcher closes; rejects only when the signal aborts. */
  want(targets: readonly Target[], priority: Priority, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.reject(abortReason(signal));
    if (targets.length === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        this.#leave(waiter);
        reject(abortReason(signal));
      };
      const done = () => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      };
      const waiter: Waiter = { open: new Set(), done };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#queue.add(targets, priority, waiter);
      this.#cancelWindow ??= this.#parts.clock.after(this.#parts.window, () => this.#windowOver(), true);
    });
  }

  /** Gives up all that has not been sent yet. Its waiters resolve, after the caller's tick. */
  giveUpQueued(): readonly Target[] {
    const entries = this.#queue.take(this.#queue.size);
    this.#queue.forget(entries);
    release(entries);
    return entries.map((entry) => entry.target);
  }

  /** Aborts what is under way; waiters resolve. */
  close(): void {
    this.#cancelWindow?.();
    for (const batch of this.#running) batch.controller.abort();
    this.#running.clear();
    release(this.#queue.clear());
  }

  #windowOver(): void {
    this.#cancelWindow = null;
    this.#pump();
  }

  #pump(): void {
    const { size, concurrency } = this.#parts.limits();
    // A partial call waits for its window, so that what comes in the meantime still joins it.
    const worthIt = () => this.#queue.size > 0 && (this.#cancelWindow === null || this.#queue.size >= size);
    while (this.#running.size < concurrency && worthIt()) void this.#send(this.#queue.take(size));
  }

  async #send(entries: readonly Entry[]): Promise<void> {
    const batch: Batch = { entries, controller: new AbortController() };
    this.#running.add(batch);
    const targets = entries.map((entry) => entry.target);
    const { signal } = batch.controller;
    const answer = await this.#parts.call(targets, signal).then(
      (results) => () => this.#parts.settled(results),
      (error: unknown) => () => this.#parts.failed(targets, error),
    );
    this.#running.delete(batch);
    if (!signal.aborted) {
      this.#queue.forget(entries);
      answer();
      release(entries);
    }
    this.#pump();
  }

  /** A waiter gave up: what only it waited for leaves the queue; a call that nobody waits for is aborted. */
  #leave(waiter: Waiter): void {
    const unsent = this.#queue.remove(waiter);
    for (const batch of this.#running) {
      if (batch.entries.some((entry) => entry.waiters.size > 0)) continue;
      batch.controller.abort();
      this.#running.delete(batch);
      this.#queue.forget(batch.entries);
      this.#parts.dropped(batch.entries.map((entry) => entry.target));
    }
    if (unsent.length > 0) this.#parts.dropped(unsent);
    this.#pump();
  }
}

/** Lets the waiters go for whom these were the last. */
function release(entries: readonly Entry[]): void {
  for (const { target, waiters } of entries) {
    for (const waiter of waiters) {
      waiter.open.delete(target.id);
      if (waiter.open.size === 0) waiter.done();
    }
  }
}
