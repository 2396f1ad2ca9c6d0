/** Numbers of places in the order of the pages that lie there: those in which they were met depend on who reads first. */
import { Uints } from './grow.ts';

export class PlaceNumbers {
  readonly #numbers = new Uints();
  /** Numbers of the staged places, by number less one. */
  readonly order: number[] = [];

  /** @param staged number of a staged place, 0 for none; null for none */
  of(staged: number): number | null {
    if (staged === 0) return null;
    while (this.#numbers.length <= staged) this.#numbers.push(0);
    const known = this.#numbers.at(staged);
    if (known !== 0) return known;
    const number = this.order.push(staged);
    this.#numbers.set(staged, number);
    return number;
  }
}
