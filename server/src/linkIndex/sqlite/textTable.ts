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

  /** Forgets by which number each text is known; the texts stay. */
  seal(): void {
    this.#numbers.clear();
  }

  get size(): number {
    return this.#texts.length;
  }

  /** The text of a number that `idOf` gave. */
  textOf(id: number): string {
    return this.#texts[id - 1] ?? '';
  }
}
