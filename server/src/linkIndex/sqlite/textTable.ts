/** Texts that repeat, numbered from 1 in the order met. */
export class TextTable {
  readonly #ids = new Map<string, number>();

  idOf(text: string): number {
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    const id = this.#ids.size + 1;
    this.#ids.set(text, id);
    return id;
  }

  entries(): Iterable<[text: string, id: number]> {
    return this.#ids;
  }
}
