/** What a supervisor asks: is the process alive, and can it answer from its index? Neither reply holds a path or a name. */
import type { IndexState } from './indexWatch.ts';

export interface Readiness {
  readonly status: 200 | 503;
  readonly body: {
    readonly status: 'ready' | 'unavailable' | 'stopping';
    /** The generation that answers; null when none can. */
    readonly generation: string | null;
    /** Code of what is wrong (docs/errors.md): with status ready, of a newer build that could not be opened. */
    readonly problem: string | null;
  };
}

/**
 * Ready is who can answer, though perhaps from the build before.
 *
 * @param stopping true once no new connections are taken
 */
export function readiness({ info, problem }: IndexState, stopping: boolean): Readiness {
  const generation = info?.generation ?? null;
  if (stopping) return { status: 503, body: { status: 'stopping', generation, problem: null } };
  if (info === null) return { status: 503, body: { status: 'unavailable', generation, problem: problem?.code ?? 'internal' } };
  return { status: 200, body: { status: 'ready', generation, problem: problem?.code ?? null } };
}
