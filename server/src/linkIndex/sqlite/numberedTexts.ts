/** Numbers of texts, without the bound of one Map: V8 ends at 2^24 entries, and a large crawl has more URLs than that. */

const SHARDS = 64;

export class NumberedTexts {
  readonly #shards: readonly Map<string, number>[] = Array.from({ length: SHARDS }, () => new Map<string, number>());

  get(text: string): number | undefined {
    return this.#shard(text).get(text);
  }

  set(text: string, number: number): void {
    this.#shard(text).set(text, number);
  }

  /** Forgets all numbers, and gives back their memory. */
  clear(): void {
    for (const shard of this.#shards) shard.clear();
  }

  /** By length and a few characters: it need only be even, the maps hash the rest. */
  #shard(text: string): Map<string, number> {
    const { length } = text;
    const mixed = length * 31 + (text.charCodeAt(length - 1) | 0) * 17 + (text.charCodeAt(length - 2) | 0) * 7 + (text.charCodeAt(length >> 1) | 0);
    return this.#shards[mixed % SHARDS] as Map<string, number>;
  }
}
