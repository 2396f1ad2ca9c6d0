/** Scores that lists give pages: kept under the list's own name and scale, one a page, the last one given. */
import type { ListedLink } from '../../store.ts';

type Score = NonNullable<ListedLink['score']>;

export interface ScaleOfScores {
  readonly name: string;
  readonly scale: number;
  readonly ofDomain: boolean;
}

export class Scores {
  /** By number less one. */
  readonly scales: ScaleOfScores[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #ofUrl = new Map<number, { readonly scale: number; readonly value: number }>();

  /** @param url number of the page */
  add(url: number, { name, value, scale, of }: Score): void {
    const ofDomain = of === 'domain';
    const identity = `${name}\n${scale}\n${ofDomain}`;
    const number = this.#numbers.get(identity) ?? this.scales.push({ name, scale, ofDomain });
    this.#numbers.set(identity, number);
    this.#ofUrl.set(url, { scale: number, value });
  }

  /** Pages with a score: URL number, number of the scale, value. */
  *entries(): Generator<readonly [url: number, scale: number, value: number], void, void> {
    for (const [url, { scale, value }] of this.#ofUrl) yield [url, scale, value];
  }
}
