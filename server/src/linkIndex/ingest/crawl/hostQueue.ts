/** What waits for one host: the lowest level first, within it in the order in which it was added. */

interface Level<T> {
  readonly items: T[];
  head: number;
}

export class HostQueue<T> {
  readonly #levels: (Level<T> | undefined)[] = [];
  /** No level before this one holds anything. */
  #first = 0;

  push(item: T, number: number): void {
    const level = this.#levels[number];
    if (level === undefined) this.#levels[number] = { items: [item], head: 0 };
    else level.items.push(item);
    this.#first = Math.min(this.#first, number);
  }

  /**
   * The first item; it stays.
   *
   * @param isStale says of an item that it is to be dropped
   * @returns null when nothing is left
   */
  peek(isStale: (item: T) => boolean): T | null {
    for (; this.#first < this.#levels.length; this.#first++) {
      const level = this.#levels[this.#first];
      for (; level !== undefined && level.head < level.items.length; level.head++) {
        const item = level.items[level.head];
        if (item !== undefined && !isStale(item)) return item;
      }
      this.#levels[this.#first] = undefined;
    }
    return null;
  }
}
