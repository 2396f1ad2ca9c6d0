/** Wakes everybody who waits for something to change. */

export class Turnstile {
  #waiting = Promise.withResolvers<void>();

  /** Settles at the next turn. */
  next(): Promise<void> {
    return this.#waiting.promise;
  }

  turn(): void {
    const { resolve } = this.#waiting;
    this.#waiting = Promise.withResolvers<void>();
    resolve();
  }
}
