/** From the ids of an earlier generation to numbers of this build: an array for the ids it was built with, a map for those added later. */

/** Ids above this go into the map: arrays are for what lies close together. */
const DENSE_BELOW = 2 ** 31;

export class IdMap {
  #dense = new Uint32Array(1 << 10);
  readonly #added = new Map<number, number>();

  set(id: number, number: number): void {
    if (id >= DENSE_BELOW) {
      this.#added.set(id, number);
      return;
    }
    if (id >= this.#dense.length) this.#dense = new Uint32Array(this.#dense.buffer.transfer((id + (id >>> 1)) * Uint32Array.BYTES_PER_ELEMENT));
    this.#dense[id] = number;
  }

  /** 0 for an id that was never set. */
  get(id: number): number {
    return (id < DENSE_BELOW ? this.#dense[id] : this.#added.get(id)) ?? 0;
  }
}
