/** Tells names that were never seen, in 16 MB whatever their number: what passes may be one of another hash. */

const BITS = 27;

export class NameFilter {
  readonly #bits = new Uint8Array(2 ** (BITS - 3));

  add(name: string): void {
    const hash = hashOf(name);
    this.#bits[hash >>> 3] = (this.#bits[hash >>> 3] ?? 0) | (1 << (hash & 7));
  }

  mayHave(name: string): boolean {
    const hash = hashOf(name);
    return ((this.#bits[hash >>> 3] ?? 0) & (1 << (hash & 7))) !== 0;
  }
}

/** FNV-1a, folded to the bits there are. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> BITS)) & (2 ** BITS - 1);
}
