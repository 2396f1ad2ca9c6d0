/**
 * Texts that repeat, numbered from 1 in the order met: their bytes and a table of their hashes lie outside the heap, half of what a Map of
 * strings takes.
 */
import type { RecordWriter } from './btree/record.ts';
import { FIRST_CAPACITY, freedUints, grownUints } from './build/grow.ts';
import { hashOf } from './build/hashOf.ts';
import { TextPile } from './build/textPile.ts';

export class TextTable {
  readonly #texts = new TextPile();
  #size = 0;
  /** Hash of each text, by its number. */
  #hashes = new Uint32Array(FIRST_CAPACITY);
  /** Numbers by hash, each in the first free place from there on; 0 for free. At most half full. */
  #slots = new Uint32Array(FIRST_CAPACITY * 2);

  idOf(text: string): number {
    const hash = hashOf(text);
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (let id = this.#slots[slot] as number; id !== 0; id = this.#slots[slot] as number) {
      if (this.#hashes[id] === hash && this.#texts.is(id, text)) return id;
      slot = (slot + 1) & mask;
    }
    const id = this.#texts.add(text);
    this.#slots[slot] = id;
    this.#size = id;
    this.#hashes[id] = hash;
    if (id === this.#hashes.length - 1) this.#grow();
    return id;
  }

  get size(): number {
    return this.#size;
  }

  /** The text of a number that `idOf` gave. */
  textOf(id: number): string {
    return this.#texts.get(id) ?? '';
  }

  /** The text of a number as a value of a row. */
  put(id: number, record: RecordWriter): void {
    this.#texts.put(id, record);
  }

  /** Forgets by which number each text is known; the texts stay. */
  seal(): void {
    this.#hashes = freedUints(this.#hashes);
    this.#slots = freedUints(this.#slots);
  }

  #grow(): void {
    this.#hashes = grownUints(this.#hashes, this.#hashes.length * 2);
    const old = this.#slots;
    const slots = new Uint32Array(old.length * 2);
    const mask = slots.length - 1;
    for (const id of old) {
      if (id === 0) continue;
      let slot = (this.#hashes[id] as number) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = id;
    }
    this.#slots = slots;
  }
}
