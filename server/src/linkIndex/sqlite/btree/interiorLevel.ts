/** The pages above the leaves of a tree, one level at a time; each holds pages below it with the keys between them. */
import type { PageFile } from './pageFile.ts';
import { type PAGE_TYPE, TreePage } from './treePage.ts';

/** Bytes of a page number in front of a key. */
const CHILD_BYTES = 4;

type InteriorType = typeof PAGE_TYPE.interiorIndex | typeof PAGE_TYPE.interiorTable;

export class InteriorLevel {
  readonly #file: PageFile;
  readonly #type: InteriorType;
  readonly #page: TreePage;
  /** A cell that found no room: its page is the last one below this page, its key goes up as soon as another follows. */
  #waiting: Buffer | null = null;
  #above: InteriorLevel | null = null;

  constructor(file: PageFile, type: InteriorType) {
    this.#file = file;
    this.#type = type;
    this.#page = new TreePage(type);
  }

  /** @param key what separates the page from the next one, as cells of this level have it */
  add(child: number, key: Uint8Array): void {
    if (this.#waiting !== null) this.#promote(this.#waiting, null);
    const cell = cellOf(child, key);
    if (!this.#page.add(cell, 0, cell.length)) this.#waiting = cell;
  }

  /**
   * Ends the tree.
   *
   * @param lastChild the page behind the last key
   * @param root where the tree begins
   */
  finish(lastChild: number, root: number): void {
    // No page may go without a cell: its last one goes up in place of the one that waits.
    if (this.#waiting !== null) this.#promote(this.#page.pop(), this.#waiting);
    this.#page.seal(lastChild);
    if (this.#above === null) {
      this.#file.write(root, this.#page.bytes);
      return;
    }
    const number = this.#file.allocate();
    this.#file.write(number, this.#page.bytes);
    this.#above.finish(number, root);
  }

  /** Writes the page with a cell's child as its last one, hands that cell's key up, and begins a page. */
  #promote(cell: Buffer, first: Buffer | null): void {
    this.#page.seal(cell.readUInt32BE(0));
    const number = this.#file.allocate();
    this.#file.write(number, this.#page.bytes);
    this.#above ??= new InteriorLevel(this.#file, this.#type);
    this.#above.add(number, cell.subarray(CHILD_BYTES));
    this.#page.clear();
    this.#waiting = null;
    if (first !== null) this.#page.add(first, 0, first.length);
  }
}

function cellOf(child: number, key: Uint8Array): Buffer {
  const cell = Buffer.allocUnsafe(CHILD_BYTES + key.length);
  cell.writeUInt32BE(child);
  cell.set(key, CHILD_BYTES);
  return cell;
}
