/** The edges of a web graph, `from_id <tab> to_id` a line, sorted by from_id: billions of lines, so they are looked at byte by byte. */

const ZERO = 0x30;
const NINE = 0x39;
const TAB = 0x09;
const BLANK = 0x20;
const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** Finds the edges that lead to some vertices. */
export class EdgeScanner {
  /** Lines that are no edge. */
  malformed = 0;
  edges = 0;
  readonly #wanted: Uint8Array;
  #from = 0;
  #value = 0;
  #digits = 0;
  #fields = 0;
  #bad = false;

  /** @param wanted ids of the vertices that edges must lead to */
  constructor(wanted: Iterable<number>) {
    const ids = [...wanted];
    const largest = ids.reduce((most, id) => Math.max(most, id), 0);
    this.#wanted = new Uint8Array((largest >> 3) + 1);
    for (const id of ids) this.#wanted[id >> 3] = (this.#wanted[id >> 3] ?? 0) | (1 << (id & 7));
  }

  /** @param found called for each edge to a wanted vertex, in the order of the file */
  scan(bytes: Uint8Array, found: (from: number, to: number) => void): void {
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at] as number;
      if (byte >= ZERO && byte <= NINE) {
        this.#value = this.#value * 10 + (byte - ZERO);
        this.#digits++;
      } else if (byte === NEWLINE) this.#endLine(found);
      else if (byte === TAB || byte === BLANK) this.#endField();
      else if (byte !== RETURN) this.#bad = true;
    }
  }

  /** The last line may have no end. */
  end(found: (from: number, to: number) => void): void {
    if (this.#digits > 0 || this.#fields > 0) this.#endLine(found);
  }

  #endField(): void {
    if (this.#digits === 0 || this.#fields > 0) this.#bad = true;
    this.#from = this.#value;
    this.#fields++;
    this.#value = 0;
    this.#digits = 0;
  }

  #endLine(found: (from: number, to: number) => void): void {
    const to = this.#value;
    if (this.#bad || this.#fields !== 1 || this.#digits === 0) {
      if (this.#bad || this.#fields > 0 || this.#digits > 0) this.malformed++;
    } else {
      this.edges++;
      if (((this.#wanted[to >>> 3] ?? 0) & (1 << (to & 7))) !== 0) found(this.#from, to);
    }
    this.#value = 0;
    this.#digits = 0;
    this.#fields = 0;
    this.#bad = false;
  }
}
