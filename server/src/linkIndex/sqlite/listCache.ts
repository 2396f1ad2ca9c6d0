/** Lists of numbers that took long to make, kept while the data do not change: the next page of a list costs only its own rows. */

/** Numbers in all: 32 MB. */
const MOST_NUMBERS = 4_000_000;

export class ListCache {
  readonly #lists = new Map<string, Float64Array>();
  #numbers = 0;

  /** A list by its name, made when it is not there. The one longest unused goes first. */
  get(name: string, make: () => Float64Array): Float64Array {
    const known = this.#lists.get(name);
    if (known !== undefined) {
      this.#lists.delete(name);
      this.#lists.set(name, known);
      return known;
    }
    const list = make();
    if (list.length > MOST_NUMBERS) return list;
    this.#lists.set(name, list);
    this.#numbers += list.length;
    this.#trim();
    return list;
  }

  #trim(): void {
    for (const [name, { length }] of this.#lists) {
      if (this.#numbers <= MOST_NUMBERS) return;
      this.#lists.delete(name);
      this.#numbers -= length;
    }
  }
}
