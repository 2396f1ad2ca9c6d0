/** The records of an export, one after another, in bounded memory; a quote that is never closed costs its own line, not the rest of the file. */
import { parse } from 'csv-parse/sync';
import { TextPieces } from './encoding.ts';
import { type Layout, PARSING } from './layout.ts';

/** Bytes a record may have; a quoted cell that is longer was never closed. */
const LARGEST_RECORD = 1 << 20;
/** Lines with a quote too many, after which quotes count as ordinary signs. */
const MOST_BROKEN = 50;
const NEWLINE = 0x0a;

/**
 * Parses the rows of a table.
 *
 * @param chunks the bytes of the file, from the first on
 * @throws what `chunks` throws, after the rows before it
 */
export async function* recordsOf(chunks: AsyncIterable<Uint8Array>, layout: Layout): AsyncGenerator<string[], void, void> {
  const buffer = new RecordBuffer(layout);
  let skip = layout.skip;
  for await (const bytes of asUtf8(chunks, layout)) {
    for (const record of buffer.push(bytes)) {
      if (skip > 0) skip--;
      // Files that were put together have their header again between the rows.
      else if (!isHeader(record, layout.header)) yield record;
    }
  }
  for (const record of buffer.end()) if (skip-- <= 0 && !isHeader(record, layout.header)) yield record;
}

async function* asUtf8(chunks: AsyncIterable<Uint8Array>, { encoding }: Layout): AsyncGenerator<Buffer, void, void> {
  const pieces = new TextPieces(encoding);
  for await (const chunk of chunks) yield Buffer.from(pieces.next(chunk));
  yield Buffer.from(pieces.end());
}

function isHeader(record: readonly string[], header: readonly string[]): boolean {
  return record.length === header.length && record.every((cell, at) => cell === header[at]);
}

interface Found {
  readonly record: string[];
  /** Where it ends in what was parsed. */
  readonly end: number;
}

/** Cuts a stream into records: each piece is parsed as far as it is sure, the rest waits for the next. */
class RecordBuffer {
  readonly #options: typeof PARSING & { readonly delimiter: string; quote: string | null };
  readonly #width: number;
  readonly #skip: number;
  #held: Buffer = Buffer.alloc(0);
  #records = 0;
  #broken = 0;

  constructor({ delimiter, header, skip }: Layout) {
    this.#options = { ...PARSING, delimiter, quote: '"' };
    this.#width = header.length;
    this.#skip = skip;
  }

  *push(bytes: Buffer): Generator<string[], void, void> {
    this.#held = this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes]);
    yield* this.#parse(false);
    while (this.#held.length > LARGEST_RECORD) {
      yield* this.#breakLine();
      yield* this.#parse(false);
    }
  }

  *end(): Generator<string[], void, void> {
    for (;;) {
      yield* this.#parse(true);
      if (this.#held.length === 0) return;
      yield* this.#breakLine();
    }
  }

  *#parse(last: boolean): Generator<string[], void, void> {
    while (yield* this.#parseSure(last)) yield* this.#breakLine();
  }

  /**
   * Takes what is sure: all records but the last, which may go on; at the end of the file that too. What a quote keeps open is left.
   *
   * @returns true when it came upon a line that must be read by itself
   */
  *#parseSure(last: boolean): Generator<string[], boolean, void> {
    const found: Found[] = [];
    const closed = this.#collect(found);
    let start = 0;
    for (const { record, end } of last && closed ? found : found.slice(0, -1)) {
      if (this.#looksSwallowed(record, start, end)) {
        this.#held = this.#held.subarray(start);
        return true;
      }
      start = end;
      this.#records++;
      yield this.#options.quote === null ? unquoted(record) : record;
    }
    this.#held = last && closed ? Buffer.alloc(0) : this.#held.subarray(start);
    return false;
  }

  /** @returns false when a quote is open at the end */
  #collect(found: Found[]): boolean {
    const onRecord = (record: string[], { bytes }: { readonly bytes: number }): null => {
      found.push({ record, end: bytes });
      return null;
    };
    try {
      parse(this.#held, { ...this.#options, on_record: onRecord });
      return true;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'CSV_QUOTE_NOT_CLOSED')) throw error;
      // The open record is none yet: what came before is whole.
      found.push({ record: [], end: this.#held.length });
      return false;
    }
  }

  /** A record of several lines whose first is a row by itself: a stray quote has taken in the rows up to the next one. */
  #looksSwallowed(record: readonly string[], start: number, end: number): boolean {
    if (this.#records < this.#skip) return false;
    const inside = this.#held.indexOf(NEWLINE, start);
    if (inside < 0 || inside >= end - 1) return false;
    const [first = '', second = ''] = this.#held
      .toString('utf8', start, Math.min(end, start + LARGEST_RECORD))
      .trimStart()
      .split('\n', 2);
    // A cell of several lines that is in order begins in a row that is not whole, and has more quotes in the rows it goes through.
    const [cells, next] = [first, second].map((line) => line.split(this.#options.delimiter)) as [string[], string[]];
    if (cells.length !== this.#width || cells.filter(hasOpenQuote).length !== 1) return false;
    return record.length !== this.#width || (next.length === this.#width && !hasOpenQuote(second));
  }

  /** Reads one line for what it is, quotes and all. */
  *#breakLine(): Generator<string[], void, void> {
    if (++this.#broken > MOST_BROKEN) this.#options.quote = null;
    const newline = this.#held.indexOf(NEWLINE);
    const end = newline < 0 ? this.#held.length : newline + 1;
    const line = this.#held.subarray(0, end);
    this.#held = this.#held.subarray(end);
    this.#records++;
    yield* parse(line, { ...this.#options, quote: null }).map(unquoted);
  }
}

function hasOpenQuote(text: string): boolean {
  return text.split('"').length % 2 === 0;
}

/** A row whose quotes were read as ordinary signs. */
function unquoted(record: readonly string[]): string[] {
  return record.map((cell) => (/^".*"$/s.test(cell) ? cell.slice(1, -1).replaceAll('""', '"') : cell.replace(/^"|"$/g, '')));
}
