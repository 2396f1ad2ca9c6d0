/** Texts that repeat, numbered from 1 in the order met. */
import { NumberedTexts } from './numberedTexts.ts';

export class TextTable {
  readonly #numbers = new NumberedTexts();
  readonly #texts: string[] = [];

  idOf(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const id = this.#texts.push(text);
    this.#numbers.set(text, id);
    return id;
  }

  /** In the order of the numbers, which is the order a table takes them fastest. */
  *entries(): Generator<readonly [text: string, id: number], void, void> {
    for (const [at, text] of this.#texts.entries()) yield [text, at + 1];
  }
}
