/** Appends pages to a database file that SQLite has made and let go of. Source: sqlite.org/fileformat2.html, sections 1.2 to 1.5. */
import { closeSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { PAGES_A_RUN, PageNumbers } from './pageNumbers.ts';
import { PAGE_BYTES } from './pageSize.ts';

const PAGES_AT_ONCE = 256;
const HEADER_BYTES = 100;
/** Where the file's size in pages stands, the first page of its list of free pages, and how many are in the list. */
const SIZE_AT = 28;
const FREE_AT = 32;
const FREE_COUNT_AT = 36;
/** Free pages that one page of the list names: what the oldest SQLite that may read it expects. */
const FREE_A_PAGE = PAGE_BYTES / 4 - 8;

/** Writes pages for one thread. */
export class PageFile {
  readonly #handle: number;
  readonly #numbers: PageNumbers;
  readonly #buffer = Buffer.allocUnsafeSlow(PAGES_AT_ONCE * PAGE_BYTES);
  /** First page in the buffer, and how many are in it. */
  #first = 0;
  #count = 0;

  constructor({ handle, last, shared }: AppendedFile) {
    this.#handle = handle;
    this.#numbers = new PageNumbers(last, shared ? PAGES_A_RUN : 1);
  }

  /** The number of a new page, to be written before the file is finished. */
  allocate(): number {
    return this.#numbers.take();
  }

  write(number: number, page: Uint8Array): void {
    if (this.#count === PAGES_AT_ONCE || number !== this.#first + this.#count) {
      this.#flush();
      this.#first = number;
    }
    this.#buffer.set(page, this.#count * PAGE_BYTES);
    this.#count++;
  }

  /**
   * Writes what waits.
   *
   * @returns pages that were taken for nothing, for finishAppending
   */
  finish(): readonly number[] {
    this.#flush();
    return this.#numbers.leftOver();
  }

  #flush(): void {
    writeAll(this.#handle, this.#buffer.subarray(0, this.#count * PAGE_BYTES), (this.#first - 1) * PAGE_BYTES);
    this.#count = 0;
  }
}

/** A database file that pages are appended to; it can cross to other threads of the process. */
export interface AppendedFile {
  readonly handle: number;
  /** See PageNumbers. */
  readonly last: Int32Array<SharedArrayBuffer>;
  /** True where several threads write. */
  readonly shared: boolean;
}

/** @param file a database without open connections, of PAGE_BYTES a page */
export function beginAppending(file: string, shared: boolean): AppendedFile {
  const handle = openSync(file, 'r+');
  const header = Buffer.alloc(HEADER_BYTES);
  readSync(handle, header, 0, header.length, 0);
  return { handle, last: new PageNumbers(header.readUInt32BE(SIZE_AT), 1).last, shared };
}

/** Makes what was appended part of the database. @param free pages that nobody wrote: SQLite will use them */
export function finishAppending({ handle, last }: AppendedFile, free: readonly number[]): void {
  const header = Buffer.alloc(HEADER_BYTES);
  readSync(handle, header, 0, header.length, 0);
  const pages = last[0] ?? 0;
  ftruncateSync(handle, pages * PAGE_BYTES);
  for (let at = 0; at < free.length; at += FREE_A_PAGE + 1) {
    const [listing = 0, ...listed] = free.slice(at, at + FREE_A_PAGE + 1);
    const page = Buffer.alloc(PAGE_BYTES);
    // Each page of the list names the one before it.
    for (const [place, value] of [header.readUInt32BE(FREE_AT), listed.length, ...listed].entries()) page.writeUInt32BE(value, 4 * place);
    writeAll(handle, page, (listing - 1) * PAGE_BYTES);
    header.writeUInt32BE(listing, FREE_AT);
  }
  header.writeUInt32BE(header.readUInt32BE(FREE_COUNT_AT) + free.length, FREE_COUNT_AT);
  header.writeUInt32BE(pages, SIZE_AT);
  writeAll(handle, header.subarray(SIZE_AT, FREE_COUNT_AT + 4), SIZE_AT);
}

export function endAppending({ handle }: AppendedFile): void {
  closeSync(handle);
}

function writeAll(handle: number, bytes: Buffer, position: number): void {
  let written = 0;
  while (written < bytes.length) written += writeSync(handle, bytes, written, bytes.length - written, position + written);
}
