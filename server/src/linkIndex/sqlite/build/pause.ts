/** How often a build that is writing looks up, so that an interrupt ends it within a moment. */

/** Lets an abort through: rejects with the signal's reason. */
export type Pause = () => Promise<void>;

/** Rows, or steps that take about as long, between two pauses. */
export const PAUSE_EVERY = 50_000;

export function pauses(signal: AbortSignal): Pause {
  return async () => {
    await new Promise<void>((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
  };
}
