/**
 * Makes few calls of many wants: those of a short window are merged, what is already queued or on its way is joined, what the user looks
 * at goes first, and each call is cut to the source's size. N distinct targets of one window make exactly ceil(N / size) calls.
 */
import type { Target } from '../../../shared/backlinks.ts';
import type { SummaryResult } from '../sources/source.ts';
import type { Clock } from '../util/clock.ts';
import type { Priority } from './facts.ts';
import { createQueue, type Entry, type Waiter } from './queue.ts';

export interface BatcherParts {
  readonly clock: Clock;
  /** Milliseconds in which wants are merged. */
  readonly window: number;
  /** Targets per call and calls at once, read before each call. */
  limits(): { readonly size: number; readonly concurrency: number };
  call(targets: readonly Target[], signal: AbortSignal): Promise<readonly SummaryResult[]>;
  /** A call was answered; the waiters go on after this. */
  settled(results: readonly SummaryResult[]): void;
  /** A call failed as a whole; the waiters go on after this. */
  failed(targets: readonly Target[], error: unknown): void;
  /** Nobody waits for these any more and they were not answered. */
  dropped(targets: readonly Target[]): void;
}

export interface Batcher {
  /** Resolves when each target is answered, or when the batcher closes; rejects only when the signal aborts. */
  want(targets: readonly Target[], priority: Priority, signal: AbortSignal): Promise<void>;
  /** Gives up all that has not been sent yet. Its waiters resolve, after the caller's tick. */
  giveUpQueued(): readonly Target[];
  /** Aborts what is under way; waiters resolve. */
  close(): void;
}

interface Batch {
  readonly entries: readonly Entry[];
  readonly controller: AbortController;
}

export function createBatcher(parts: BatcherParts): Batcher {
  const queue = createQueue();
  const running = new Set<Batch>();
  let timer: (() => void) | null = null;

  function pump(): void {
    const { size, concurrency } = parts.limits();
    // A partial call waits for its window, so that what comes in the meantime still joins it.
    while (running.size < concurrency && queue.size > 0 && (timer === null || queue.size >= size)) void send(queue.take(size));
  }

  function windowOver(): void {
    timer = null;
    pump();
  }

  async function send(entries: readonly Entry[]): Promise<void> {
    const batch: Batch = { entries, controller: new AbortController() };
    running.add(batch);
    const targets = entries.map((entry) => entry.target);
    const { signal } = batch.controller;
    const answer = await parts.call(targets, signal).then(
      (results) => () => parts.settled(results),
      (error: unknown) => () => parts.failed(targets, error),
    );
    running.delete(batch);
    if (!signal.aborted) {
      queue.forget(entries);
      answer();
      release(entries);
    }
    pump();
  }

  /** A waiter gave up: what only it waited for leaves the queue; a call that nobody waits for is aborted. */
  function leave(waiter: Waiter): void {
    const unsent = queue.remove(waiter);
    for (const batch of running) {
      if (batch.entries.some((entry) => entry.waiters.size > 0)) continue;
      batch.controller.abort();
      running.delete(batch);
      queue.forget(batch.entries);
      parts.dropped(batch.entries.map((entry) => entry.target));
    }
    if (unsent.length > 0) parts.dropped(unsent);
    pump();
  }

  return {
    want(targets, priority, signal) {
      if (signal.aborted) return Promise.reject(signal.reason as Error);
      if (targets.length === 0) return Promise.resolve();
      return new Promise((resolve, reject) => {
        const onAbort = () => {
          leave(waiter);
          reject(signal.reason as Error);
        };
        const done = () => {
          signal.removeEventListener('abort', onAbort);
          resolve();
        };
        const waiter: Waiter = { open: new Set(), done };
        signal.addEventListener('abort', onAbort, { once: true });
        queue.add(targets, priority, waiter);
        timer ??= parts.clock.after(parts.window, windowOver, true);
      });
    },
    giveUpQueued() {
      const entries = queue.take(queue.size);
      queue.forget(entries);
      release(entries);
      return entries.map((entry) => entry.target);
    },
    close() {
      timer?.();
      for (const batch of running) batch.controller.abort();
      running.clear();
      release(queue.clear());
    },
  };
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
