/** A stream of pieces read as lines and blocks of a given length, without ever holding more than is asked for. */

const LINE_FEED = 0x0a;
/** No header line is longer; a file without line ends is not an archive. */
const LONGEST_LINE = 1 << 16;

export class ByteQueue {
  readonly #pieces: AsyncIterator<Buffer>;
  #held: Buffer = Buffer.alloc(0);
  #ended = false;

  constructor(pieces: AsyncIterable<Buffer>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /**
   * The next line without its CR and LF; the rest of the stream where no line end follows.
   *
   * @returns null at the end of the stream, and for a line beyond 64 kB
   */
  async line(): Promise<string | null> {
    let from = 0;
    for (;;) {
      const end = this.#held.indexOf(LINE_FEED, from);
      if (end >= 0) return this.#takeLine(end, end + 1);
      from = this.#held.length;
      if (from > LONGEST_LINE) return null;
      if (!(await this.#more())) return this.#held.length === 0 ? null : this.#takeLine(this.#held.length, this.#held.length);
    }
  }

  /** Exactly `length` bytes, or null when the stream ends before. */
  async take(length: number): Promise<Buffer | null> {
    const parts: Buffer[] = [];
    let missing = length;
    for (;;) {
      const part = this.#held.subarray(0, missing);
      parts.push(part);
      missing -= part.length;
      this.#held = this.#held.subarray(part.length);
      if (missing === 0) return parts.length === 1 ? part : Buffer.concat(parts, length);
      if (!(await this.#more())) return null;
    }
  }

  /** Drops `length` bytes; false when the stream ends before. */
  async skip(length: number): Promise<boolean> {
    let missing = length;
    for (;;) {
      const dropped = Math.min(missing, this.#held.length);
      missing -= dropped;
      this.#held = this.#held.subarray(dropped);
      if (missing === 0) return true;
      if (!(await this.#more())) return false;
    }
  }

  async close(): Promise<void> {
    await this.#pieces.return?.();
  }

  #takeLine(end: number, next: number): string {
    const line = this.#held.toString('utf8', 0, end);
    this.#held = this.#held.subarray(next);
    return line.endsWith('\r') ? line.slice(0, -1) : line;
  }

  async #more(): Promise<boolean> {
    if (this.#ended) return false;
    const next = await this.#pieces.next();
    if (next.done) {
      this.#ended = true;
      return false;
    }
    this.#held = this.#held.length === 0 ? next.value : Buffer.concat([this.#held, next.value]);
    return true;
  }
}
