/** Time as a parameter: the hour and the alarm, so that waiting and ageing can be tested without waiting. */

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /**
   * Runs something once after a while; it never keeps the process alive.
   *
   * @param milliseconds from now; 0 or less means as soon as possible
   * @returns a function that calls it off
   */
  after(milliseconds: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, run) {
    const timer = setTimeout(run, Math.min(Math.max(milliseconds, 0), 2 ** 31 - 1));
    timer.unref();
    return () => clearTimeout(timer);
  },
};
