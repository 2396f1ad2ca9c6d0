/** Everything that is known from sources, and the only place that asks them: one session for the active source, swapped as a whole. */
import type { Clock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';
import type { FactStore } from './facts.ts';

export interface FactStoreOptions {
  readonly clock: Clock;
  readonly log: Log;
}

/** A store without a source and without consent: everything is skipped until the host says more. */
export function createFactStore(options: FactStoreOptions): FactStore {
  throw new Error(String(options.clock.now()));
}
