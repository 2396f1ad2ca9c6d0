/** Where the data of a source stand: asked again now and then, so that a new generation of an index is noticed. */
import type { Source, SourceInfo } from '../sources/source.ts';
import type { Clock } from '../util/clock.ts';

export interface Standing {
  /** The last answer; null until there is one. */
  info(): SourceInfo | null;
  /** True when the answer is old enough to be asked for again. */
  due(): boolean;
  /** Asks if it is due. Rejects as the source does. */
  refresh(signal: AbortSignal): Promise<void>;
}

/** Milliseconds for which an answer holds. */
const HOLDS = 5_000;

/**
 * @param learned called with each answer, and with the one before
 */
export function createStanding(source: Source, clock: Clock, learned: (info: SourceInfo, before: SourceInfo | null) => void): Standing {
  let info: SourceInfo | null = null;
  let at = Number.NEGATIVE_INFINITY;
  const due = () => clock.now() - at >= HOLDS;
  return {
    info: () => info,
    due,
    async refresh(signal) {
      if (!due()) return;
      const before = info;
      info = await source.info(signal);
      at = clock.now();
      learned(info, before);
    },
  };
}
