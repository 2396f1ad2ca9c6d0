/**
 * Element and attribute names the scanner knows, found by a hash that the tokenizer builds while it reads a name:
 * no string is made for the many names that do not matter.
 */

/** A name with the code the scanner switches on. */
export interface Name {
  readonly text: string;
  readonly code: number;
}

/** Start value of the rolling hash. */
export const HASH_START = 7;

/** One step of the rolling hash; upper and lower case letters give the same. */
export function hashStep(hash: number, charCode: number): number {
  return (Math.imul(hash, 31) + (charCode | 0x20)) | 0;
}

/** Names by hash. Two names of one table never share a hash: the constructor refuses. */
export class NameTable {
  private readonly byHash = new Map<number, Name>();

  constructor(names: Iterable<Name>) {
    for (const name of names) {
      let hash = HASH_START;
      for (let index = 0; index < name.text.length; index++) hash = hashStep(hash, name.text.charCodeAt(index));
      if (this.byHash.has(hash)) throw new Error(`names collide: ${name.text}`);
      this.byHash.set(hash, name);
    }
  }

  /**
   * The code of the name that stands in `text` from `start` to `end`, in any letter case.
   *
   * @param hash the rolling hash over exactly these characters
   * @returns 0 for a name that is not in the table
   */
  codeOf(text: string, start: number, end: number, hash: number): number {
    const name = this.byHash.get(hash);
    if (name === undefined || name.text.length !== end - start) return 0;
    return equalsIgnoreCase(text, start, name.text) ? name.code : 0;
  }
}

/** True when the lower-case `word` stands at `start`, ASCII letters in any case. */
export function equalsIgnoreCase(text: string, start: number, word: string): boolean {
  for (let index = 0; index < word.length; index++) {
    let code = text.charCodeAt(start + index);
    if (code >= 0x41 && code <= 0x5a) code += 0x20;
    if (code !== word.charCodeAt(index)) return false;
  }
  return true;
}

/** Numbers a list of words from 1. */
export function nameCodes<Word extends string>(words: readonly Word[]): Record<Word, number> {
  return Object.fromEntries(words.map((word, index) => [word, index + 1])) as Record<Word, number>;
}

/** The table behind `nameCodes`. */
export function nameTable(codes: Record<string, number>): NameTable {
  return new NameTable(Object.entries(codes).map(([text, code]) => ({ text, code })));
}
