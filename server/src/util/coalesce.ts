/** Many calls become one: listeners are told once, however many things changed meanwhile. */
import type { Clock } from './clock.ts';

export interface Coalescer {
  /** Asks for a run; further calls until it happens are part of it. */
  (): void;
  /** A run that was asked for does not happen any more. */
  dispose(): void;
}

/**
 * @param run what to do once things are quiet
 * @param milliseconds from the first call to the run; not prolonged by later calls, so that a steady stream is still served
 */
export function coalesce(run: () => void, milliseconds: number, clock: Pick<Clock, 'after'>): Coalescer {
  let cancel: (() => void) | null = null;
  const ask = () => {
    cancel ??= clock.after(milliseconds, () => {
      cancel = null;
      run();
    });
  };
  return Object.assign(ask, {
    dispose() {
      cancel?.();
      cancel = null;
    },
  });
}
