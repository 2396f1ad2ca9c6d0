/** Time as a parameter: the hour and the alarm, so that waiting and ageing can be tested without waiting. */

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /**
   * Runs something once after a while.
   *
   * @param milliseconds from now; 0 or less means as soon as possible
   * @param awaited true when somebody waits for it: the process then stays alive until it has run
   * @returns a function that calls it off
   */
  after(milliseconds: number, run: () => void, awaited?: boolean): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, run, awaited = false) {
    const timer = setTimeout(run, Math.min(Math.max(milliseconds, 0), 2 ** 31 - 1));
    if (!awaited) timer.unref();
    return () => clearTimeout(timer);
  },
};
