/**
 * Numbers of new pages in a database file that several threads append to. Each takes a run of them at a time, so that what it writes lies
 * together and is written at once; what is left of the last runs is given to SQLite as free pages.
 */
import { LOCK_PAGE } from './pageSize.ts';

/** Pages in a run where several write. Alone one page is enough, and none is left over. */
export const PAGES_A_RUN = 32;

export class PageNumbers {
  /** The last number given out: shared by all that write the file. */
  readonly last: Int32Array<SharedArrayBuffer>;
  readonly #run: number;
  #next = 1;
  #end = 0;

  /**
   * @param last how many pages the file has, or the shared memory that says it
   * @param run pages to take at a time
   */
  constructor(last: number | Int32Array<SharedArrayBuffer>, run: number) {
    this.last = typeof last === 'number' ? new Int32Array(new SharedArrayBuffer(4)).fill(last) : last;
    this.#run = run;
  }

  /** A page that is nobody else's. */
  take(): number {
    for (;;) {
      if (this.#next > this.#end) {
        this.#next = Atomics.add(this.last, 0, this.#run) + 1;
        this.#end = this.#next + this.#run - 1;
      }
      const number = this.#next++;
      if (number !== LOCK_PAGE) return number;
    }
  }

  /** The pages taken and not given out, which are nobody's from here on. */
  leftOver(): number[] {
    const pages: number[] = [];
    for (; this.#next <= this.#end; this.#next++) if (this.#next !== LOCK_PAGE) pages.push(this.#next);
    return pages;
  }
}
