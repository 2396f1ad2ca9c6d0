/** Texts by number, so that a text which stands in thousands of places is kept once and its places as four bytes each. */
import { ownString } from '../util/ownString.ts';

export interface Names {
  /** The number of a text, which counts as used once more. */
  add(text: string): number;
  /** One use less; a text without any is forgotten, and its number given anew. */
  drop(id: number): void;
  /** Undefined for a text that is not in use. */
  idOf(text: string): number | undefined;
  textOf(id: number): string;
  uses(id: number): number;
  clear(): void;
}

export function createNames(): Names {
  const ids = new Map<string, number>();
  const texts: string[] = [];
  const counts: number[] = [];
  const free: number[] = [];
  return {
    add(text) {
      const known = ids.get(text);
      if (known !== undefined) {
        counts[known] = (counts[known] ?? 0) + 1;
        return known;
      }
      const id = free.pop() ?? texts.length;
      const own = ownString(text);
      ids.set(own, id);
      texts[id] = own;
      counts[id] = 1;
      return id;
    },
    drop(id) {
      const left = (counts[id] ?? 0) - 1;
      counts[id] = left;
      if (left > 0) return;
      ids.delete(texts[id] ?? '');
      texts[id] = '';
      free.push(id);
    },
    idOf: (text) => ids.get(text),
    textOf: (id) => texts[id] ?? '',
    uses: (id) => counts[id] ?? 0,
    clear() {
      ids.clear();
      texts.length = 0;
      counts.length = 0;
      free.length = 0;
    },
  };
}
