/** Tells listeners which targets changed, once per tick however many changed in it. */
import type { Target } from '../../../shared/backlinks.ts';
import type { Clock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';

export type ChangeListener = (targets: readonly Target[]) => void;

export interface Changes {
  note(targets: readonly Target[]): void;
  noteEverything(): void;
  listen(listener: ChangeListener): { dispose(): void };
  close(): void;
}

export function createChanges(clock: Clock, log: Log): Changes {
  const listeners = new Set<ChangeListener>();
  let changed = new Map<string, Target>();
  let everything = false;
  let cancel: (() => void) | null = null;

  function emit(): void {
    const targets = everything ? [] : [...changed.values()];
    cancel = null;
    everything = false;
    changed = new Map();
    for (const listener of listeners) {
      try {
        listener(targets);
      } catch (error) {
        log.error(`facts: a listener failed: ${String(error)}`);
      }
    }
  }

  function schedule(): void {
    cancel ??= clock.after(0, emit);
  }

  return {
    note(targets) {
      for (const target of targets) changed.set(target.id, target);
      if (changed.size > 0) schedule();
    },
    noteEverything() {
      everything = true;
      schedule();
    },
    listen(listener) {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
    close() {
      cancel?.();
      cancel = null;
      listeners.clear();
    },
  };
}
