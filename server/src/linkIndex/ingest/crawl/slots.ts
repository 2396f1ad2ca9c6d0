/** At most so many at a time; who comes later waits in line. */
import { abortable } from '../../../util/abortable.ts';

export class Slots {
  #free: number;
  readonly #line: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** Runs something when there is room. */
  async run<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    await this.#enter(signal);
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  async #enter(signal: AbortSignal): Promise<void> {
    if (this.#free > 0) {
      this.#free--;
      return;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#line.push(resolve);
    try {
      await abortable(promise, signal);
    } catch (error) {
      const at = this.#line.indexOf(resolve);
      if (at < 0) this.#leave();
      else this.#line.splice(at, 1);
      throw error;
    }
  }

  #leave(): void {
    const next = this.#line.shift();
    if (next === undefined) this.#free++;
    else next();
  }
}
