/** Appends pages to a database file that SQLite has made and let go of. Source: sqlite.org/fileformat2.html, sections 1.2 and 1.3. */
import { closeSync, openSync, readSync, writeSync } from 'node:fs';

export const PAGE_BYTES = 4096;
const PAGES_AT_ONCE = 256;
/** Where the file's size in pages stands, and its count of changes twice: the size counts while these two are equal. */
const SIZE_AT = 28;
/** The page that holds the bytes systems lock must hold nothing else. */
const LOCK_PAGE = 0x4000_0000 / PAGE_BYTES + 1;

export class PageFile {
  readonly #handle: number;
  readonly #buffer = Buffer.allocUnsafeSlow(PAGES_AT_ONCE * PAGE_BYTES);
  /** First page in the buffer, and how many are in it. */
  #first = 0;
  #count = 0;
  #pages: number;

  /** @param file a database without open connections, of PAGE_BYTES a page */
  constructor(file: string) {
    this.#handle = openSync(file, 'r+');
    const header = Buffer.alloc(100);
    readSync(this.#handle, header, 0, header.length, 0);
    this.#pages = header.readUInt32BE(SIZE_AT);
  }

  /** The number of a new page, to be written before the file is closed. */
  allocate(): number {
    this.#pages++;
    if (this.#pages === LOCK_PAGE) {
      this.write(this.#pages, Buffer.alloc(PAGE_BYTES));
      this.#pages++;
    }
    return this.#pages;
  }

  write(number: number, page: Uint8Array): void {
    if (this.#count === PAGES_AT_ONCE || number !== this.#first + this.#count) {
      this.#flush();
      this.#first = number;
    }
    this.#buffer.set(page, this.#count * PAGE_BYTES);
    this.#count++;
  }

  /** Makes what was appended part of the database. */
  finish(): void {
    this.#flush();
    const size = Buffer.alloc(4);
    size.writeUInt32BE(this.#pages);
    writeSync(this.#handle, size, 0, size.length, SIZE_AT);
  }

  close(): void {
    closeSync(this.#handle);
  }

  #flush(): void {
    const bytes = this.#count * PAGE_BYTES;
    let written = 0;
    while (written < bytes) {
      written += writeSync(this.#handle, this.#buffer, written, bytes - written, (this.#first - 1) * PAGE_BYTES + written);
    }
    this.#count = 0;
  }
}
