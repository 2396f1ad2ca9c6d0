/** Fills an empty index, or a table without row ids, with entries in their order, page by page, as SQLite would leave it. */
import { CellWriter, MOST_LOCAL } from './cellWriter.ts';
import { InteriorLevel } from './interiorLevel.ts';
import type { PageFile } from './pageFile.ts';
import type { RecordWriter } from './record.ts';
import { PAGE_TYPE, TreePage } from './treePage.ts';

export class IndexTree {
  readonly #file: PageFile;
  readonly #root: number;
  readonly #cells: CellWriter;
  readonly #leaf = new TreePage(PAGE_TYPE.leafIndex);
  /** An entry that found no room: it stands between this leaf and the next as soon as another entry follows. */
  #waiting: Buffer | null = null;
  #above: InteriorLevel | null = null;

  /** @param root page of the index, empty so far */
  constructor(file: PageFile, root: number) {
    this.#file = file;
    this.#root = root;
    this.#cells = new CellWriter(file, MOST_LOCAL.index);
  }

  /** @param record behind every one before, by SQLite's order of its columns */
  add(record: RecordWriter): void {
    const cell = this.#cells;
    cell.write(record, null);
    this.addCell(cell.bytes, cell.start, cell.end);
  }

  /** Adds an entry as it stands in a leaf, which goes on in no other page; behind every one before. */
  addCell(bytes: Buffer, start: number, end: number): void {
    if (this.#waiting !== null) this.#promote(this.#waiting);
    if (!this.#leaf.add(bytes, start, end)) this.#waiting = Buffer.from(bytes.subarray(start, end));
  }

  /** Ends the index. */
  finish(): void {
    const waiting = this.#waiting;
    if (waiting !== null) {
      // No leaf may go without an entry: the last one of this leaf stands between in place of the one that waits.
      this.#promote(this.#leaf.pop());
      this.#leaf.add(waiting, 0, waiting.length);
    }
    this.#leaf.seal();
    if (this.#above === null) this.#file.write(this.#root, this.#leaf.bytes);
    else this.#above.finish(this.#writeLeaf(), this.#root);
  }

  #promote(entry: Buffer): void {
    this.#leaf.seal();
    this.#above ??= new InteriorLevel(this.#file, PAGE_TYPE.interiorIndex);
    this.#above.add(this.#writeLeaf(), entry);
    this.#leaf.clear();
    this.#waiting = null;
  }

  #writeLeaf(): number {
    const number = this.#file.allocate();
    this.#file.write(number, this.#leaf.bytes);
    return number;
  }
}
