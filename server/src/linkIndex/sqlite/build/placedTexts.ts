/**
 * The texts that the links of a generation have (link texts, rel values, forms), numbered anew: by the places of the links, so that the numbers
 * do not depend on the order of reading, and texts of links that count no more are left out.
 */
import type { RecordWriter } from '../btree/record.ts';
import type { TextTable } from '../textTable.ts';
import { bump } from './grow.ts';

/** So many texts have numbers that rows hold in one byte and in two. */
const SHORT_NUMBERS = [127, 32_767] as const;

export class PlacedTexts {
  readonly #table: TextTable;
  /** Numbers in the table, by number less one. */
  readonly #staged: Uint32Array;

  private constructor(table: TextTable, staged: Uint32Array) {
    this.#table = table;
    this.#staged = staged;
  }

  /**
   * Numbers texts in the order they are met in, those that are met most before the others: theirs are the numbers that take the fewest bytes.
   *
   * @param column number of each link's text in the table, above `base`; up to `base` it is none. The new numbers stand there afterwards
   */
  static number(table: TextTable, column: Uint32Array, base = 0): PlacedTexts {
    const counts = new Uint32Array(table.size + 1);
    for (let place = 0; place < column.length; place++) {
      const text = (column[place] as number) - base;
      if (text > 0) bump(counts, text);
    }
    const [most, more] = leastCounts(counts);
    const next = firstNumbers(counts, most, more);
    const used = next[3] as number;
    const staged = new Uint32Array(used);
    const numbers = new Uint32Array(table.size + 1);
    for (let place = 0; place < column.length; place++) {
      const text = (column[place] as number) - base;
      if (text <= 0) continue;
      let number = numbers[text] as number;
      if (number === 0) {
        const count = counts[text] as number;
        number = bump(next, count >= most ? 0 : count >= more ? 1 : 2) + 1;
        numbers[text] = number;
        staged[number - 1] = text;
      }
      column[place] = number + base;
    }
    return new PlacedTexts(table, staged);
  }

  get size(): number {
    return this.#staged.length;
  }

  textOf(number: number): string {
    return this.#table.textOf(this.#staged[number - 1] ?? 0);
  }

  /** The text of a number as a value of a row. */
  put(number: number, record: RecordWriter): void {
    this.#table.put(this.#staged[number - 1] ?? 0, record);
  }
}

/** How often a text must be met to be among those with short numbers, and among those with the shortest. */
function leastCounts(counts: Uint32Array): readonly [most: number, more: number] {
  // Those met once are mostly half of all, and never decide.
  const repeated = counts.filter((count) => count > 1).sort();
  const least = SHORT_NUMBERS.map((size) => (repeated.length <= size ? 2 : (repeated[repeated.length - size - 1] as number) + 1));
  return [least[0] ?? 2, least[1] ?? 2];
}

/** Where the numbers of each of the three groups begin, and how many texts there are. */
function firstNumbers(counts: Uint32Array, most: number, more: number): Uint32Array {
  const starts = new Uint32Array(4);
  for (const count of counts) {
    if (count >= most) bump(starts, 1);
    if (count >= more) bump(starts, 2);
    if (count > 0) bump(starts, 3);
  }
  return starts;
}
