/** A stream of pieces read as lines and blocks of a given length, without ever holding more than is asked for. */

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
/** No header line is longer. */
const LONGEST_LINE = 1 << 16;

export class ByteQueue {
  readonly #pieces: AsyncIterator<Buffer>;
  #held: Buffer = Buffer.alloc(0);
  #ended = false;
  /** What ended the stream too early. It is told to whoever asks for more than is held. */
  #failure: Error | null = null;

  constructor(pieces: AsyncIterable<Buffer>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /**
   * The next line without its CR and LF; the rest of the stream where no line end follows. A line beyond 64 kB comes in parts.
   *
   * @returns null at the end of the stream
   * @throws what the stream threw, as `take` and `skip`
   */
  async line(): Promise<string | null> {
    let from = 0;
    for (;;) {
      const line = this.heldLine(from);
      if (line !== null) return line;
      from = this.#held.length;
      if (from <= LONGEST_LINE && (await this.#more())) continue;
      this.#tellFailure();
      return from === 0 ? null : this.#takeText(from, from);
    }
  }

  /** The next line where all of it is here already, else null: most are, and need not be waited for. */
  heldLine(from = 0): string | null {
    const end = this.#held.indexOf(LINE_FEED, from);
    return end < 0 ? null : this.#takeText(end, end + 1);
  }

  /** Up to `length` bytes, which stay in the queue; fewer only at the end of the stream, whatever ended it. */
  async peek(length: number): Promise<Buffer> {
    while (this.#held.length < length && (await this.#more()));
    return this.#held.subarray(0, length);
  }

  /** Up to `length` bytes, fewer only at the end of the stream. */
  async take(length: number): Promise<Buffer> {
    if (length <= this.#held.length) return this.#takeHeld(length);
    const parts = [this.#held];
    let missing = length - this.#held.length;
    this.#held = Buffer.alloc(0);
    while (missing > 0 && (await this.#more())) {
      const part = this.#takeHeld(Math.min(missing, this.#held.length));
      parts.push(part);
      missing -= part.length;
    }
    if (missing > 0) this.#tellFailure();
    return Buffer.concat(parts, length - missing);
  }

  /** Puts bytes that were taken last back at the front. */
  giveBack(bytes: Buffer): void {
    const { buffer, byteOffset, length } = bytes;
    // Mostly they still lie before what is held: a copy for each record would make hostile files slow.
    const inPlace = buffer === this.#held.buffer && byteOffset + length === this.#held.byteOffset;
    this.#held = inPlace ? Buffer.from(buffer, byteOffset, length + this.#held.length) : Buffer.concat([bytes, this.#held]);
  }

  /** Drops `length` bytes; false when the stream ends before. */
  async skip(length: number): Promise<boolean> {
    let missing = length;
    for (;;) {
      missing -= this.#takeHeld(Math.min(missing, this.#held.length)).length;
      if (missing === 0) return true;
      if (await this.#more()) continue;
      this.#tellFailure();
      return false;
    }
  }

  async close(): Promise<void> {
    await this.#pieces.return?.();
  }

  #takeHeld(length: number): Buffer {
    const part = this.#held.subarray(0, length);
    this.#held = this.#held.subarray(length);
    return part;
  }

  #takeText(end: number, next: number): string {
    const line = this.#held.toString('utf8', 0, end > 0 && this.#held[end - 1] === CARRIAGE_RETURN ? end - 1 : end);
    this.#held = this.#held.subarray(next);
    return line;
  }

  async #more(): Promise<boolean> {
    if (this.#ended) return false;
    const piece = await this.#next();
    if (piece === null) {
      this.#ended = true;
      return false;
    }
    this.#held = this.#held.length === 0 ? piece : Buffer.concat([this.#held, piece]);
    return true;
  }

  async #next(): Promise<Buffer | null> {
    try {
      const next = await this.#pieces.next();
      return next.done ? null : next.value;
    } catch (error) {
      this.#failure = error instanceof Error ? error : new Error(String(error));
      return null;
    }
  }

  #tellFailure(): void {
    if (this.#failure !== null) throw this.#failure;
  }
}
