/**
 * Element and attribute names the scanner knows, found by a hash that the tokenizer builds while it reads a name:
 * no string is made for the many names that do not matter.
 */

/** Start value of the rolling hash. */
export const HASH_START = 7;

/** One step of the rolling hash; upper and lower case letters give the same. */
export function hashStep(hash: number, charCode: number): number {
  return (Math.imul(hash, 31) + (charCode | 0x20)) | 0;
}

const SLOTS = 1024;

/** Room for the letters of one name. */
const WIDTH = 16;

/** Names by hash, in open addressing: a look-up that fails, the usual case, reads one slot. */
export class NameTable {
  private readonly slots = new Uint8Array(SLOTS);
  // By code. Characters are compared only where the hash says that the name is almost surely there, and in a table: reading them from a
  // string takes twice as long.
  private readonly hashes = new Int32Array(256);
  private readonly lengths = new Uint8Array(256);
  private readonly letters = new Uint8Array(256 * WIDTH);

  /** @param words at most 255 lower-case names of at most 16 ASCII characters; a name's code is its index here, from 1 */
  constructor(words: readonly string[]) {
    for (const [index, word] of words.entries()) {
      const code = index + 1;
      let hash = HASH_START;
      for (let at = 0; at < word.length; at++) {
        hash = hashStep(hash, word.charCodeAt(at));
        this.letters[code * WIDTH + at] = word.charCodeAt(at);
      }
      let slot = slotOf(hash);
      while (this.slots[slot] !== 0) slot = (slot + 1) % SLOTS;
      this.slots[slot] = code;
      this.hashes[code] = hash;
      this.lengths[code] = word.length;
    }
  }

  /**
   * The code of the name that stands in `text` from `start` to `end`, in any letter case.
   *
   * @param hash the rolling hash over exactly these characters
   * @returns 0 for a name that is not in the table
   */
  codeOf(text: string, start: number, end: number, hash: number): number {
    for (let slot = slotOf(hash); ; slot = (slot + 1) & (SLOTS - 1)) {
      const code = this.slots[slot] ?? 0;
      if (code === 0) return 0;
      if (this.hashes[code] === hash && this.lengths[code] === end - start && this.spells(code, text, start)) return code;
    }
  }

  private spells(code: number, text: string, start: number): boolean {
    const length = this.lengths[code] ?? 0;
    for (let index = 0; index < length; index++) {
      const letter = this.letters[code * WIDTH + index] ?? 0;
      const found = text.charCodeAt(start + index);
      // Only of letters there are two cases.
      if (found !== letter && (letter < 0x61 || (found | 0x20) !== letter)) return false;
    }
    return true;
  }
}

function slotOf(hash: number): number {
  return (hash ^ (hash >>> 15)) & (SLOTS - 1);
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
