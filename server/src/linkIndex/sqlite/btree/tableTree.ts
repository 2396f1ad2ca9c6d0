/** Fills an empty table of a database file with rows in the order of their ids, page by page, as SQLite would leave it. */
import { CellWriter, MOST_LOCAL } from './cellWriter.ts';
import { InteriorLevel } from './interiorLevel.ts';
import type { PageFile } from './pageFile.ts';
import { putVarint, type RecordWriter } from './record.ts';
import { PAGE_TYPE, TreePage } from './treePage.ts';

export class TableTree {
  readonly #file: PageFile;
  readonly #root: number;
  readonly #cells: CellWriter;
  readonly #leaf = new TreePage(PAGE_TYPE.leafTable);
  readonly #key = Buffer.alloc(9);
  #above: InteriorLevel | null = null;
  #lastId = 0;

  /** @param root page of the table, empty so far */
  constructor(file: PageFile, root: number) {
    this.#file = file;
    this.#root = root;
    this.#cells = new CellWriter(file, MOST_LOCAL.table);
  }

  /** @param id above every one before, up to 2^48; the column of the id is null in the record */
  add(id: number, record: RecordWriter): void {
    const cell = this.#cells;
    cell.write(record, id);
    if (!this.#leaf.add(cell.bytes, cell.start, cell.end)) {
      this.#leaf.seal();
      this.#above ??= new InteriorLevel(this.#file, PAGE_TYPE.interiorTable);
      this.#above.add(this.#writeLeaf(), this.#key.subarray(0, putVarint(this.#key, 0, this.#lastId)));
      this.#leaf.clear();
      this.#leaf.add(cell.bytes, cell.start, cell.end);
    }
    this.#lastId = id;
  }

  /** Ends the table. */
  finish(): void {
    this.#leaf.seal();
    if (this.#above === null) this.#file.write(this.#root, this.#leaf.bytes);
    else this.#above.finish(this.#writeLeaf(), this.#root);
  }

  #writeLeaf(): number {
    const number = this.#file.allocate();
    this.#file.write(number, this.#leaf.bytes);
    return number;
  }
}
