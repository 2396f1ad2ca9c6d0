/**
 * Texts that are numbered from 0 in the order they were added, and found by a table of their hashes. A Map of the engine holds 2^24 entries at most,
 * and a large crawl has more URLs than that; it takes three times the memory, and for a look-up among millions twice the time.
 */
import { FIRST_CAPACITY, freedUints } from './build/grow.ts';
import { hashOf } from './build/hashOf.ts';

/** A place of the table is two elements: the hash, and one more than the number of the text, 0 where the place is free. */
const PLACE = 2;

export class NumberedTexts {
  readonly texts: string[] = [];
  /** Each text stands in the first place that was free from its hash on. At most half full. */
  #places = new Uint32Array(FIRST_CAPACITY * PLACE);
  /** Hash of the text that was looked for last: mostly it is the next to be added. */
  #hash = 0;

  /** The number of a text, or -1. */
  find(text: string): number {
    const hash = hashOf(text);
    this.#hash = hash;
    const places = this.#places;
    const mask = places.length - 1;
    for (let at = (hash << 1) & mask; ; at = (at + PLACE) & mask) {
      const number = places[at + 1] as number;
      if (number === 0) return -1;
      if (places[at] === hash && this.texts[number - 1] === text) return number - 1;
    }
  }

  /** Adds a text that was looked for last, and not found; returns its number. */
  add(text: string): number {
    const number = this.texts.push(text);
    if (number * PLACE * 2 > this.#places.length) this.#grow();
    this.#put(this.#hash, number);
    return number - 1;
  }

  /** Forgets by which number each text is known; the texts stay. From here on there is no finding, and no adding. */
  seal(): void {
    this.#places = freedUints(this.#places);
  }

  #put(hash: number, number: number): void {
    const places = this.#places;
    const mask = places.length - 1;
    let at = (hash << 1) & mask;
    while (places[at + 1] !== 0) at = (at + PLACE) & mask;
    places[at] = hash;
    places[at + 1] = number;
  }

  #grow(): void {
    const old = this.#places;
    this.#places = new Uint32Array(old.length * 2);
    for (let at = 0; at < old.length; at += PLACE) {
      const number = old[at + 1] as number;
      if (number !== 0) this.#put(old[at] as number, number);
    }
  }
}
