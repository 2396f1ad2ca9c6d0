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

/** Names by hash, in open addressing: a look-up that fails, the usual case, reads one slot. */
export class NameTable {
  private readonly slots = new Uint8Array(SLOTS);
  /** By code: the hash of each name, so that characters are compared only where the name is almost surely there. */
  private readonly hashes = new Int32Array(256);
  private readonly words: readonly string[];

  /** @param words at most 255 lower-case names; a name's code is its index here, from 1 */
  constructor(words: readonly string[]) {
    this.words = ['', ...words];
    for (const [index, word] of words.entries()) {
      let hash = HASH_START;
      for (let at = 0; at < word.length; at++) hash = hashStep(hash, word.charCodeAt(at));
      let slot = slotOf(hash);
      while (this.slots[slot] !== 0) slot = (slot + 1) % SLOTS;
      this.slots[slot] = index + 1;
      this.hashes[index + 1] = hash;
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
      if (this.hashes[code] !== hash) continue;
      const word = this.words[code] ?? '';
      if (word.length === end - start && equalsIgnoreCase(text, start, word)) return code;
    }
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
