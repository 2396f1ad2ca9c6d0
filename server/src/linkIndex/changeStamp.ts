/** Tells from outside whether an index may answer differently than before: what its pointer names, and what was written to that. */
import { statSync } from 'node:fs';
import { databaseOf } from './generations.ts';

/** Milliseconds that a file must have been left alone: two writings within one tick of the file system's clock look like one. */
const SETTLED = 100;

/** Milliseconds of the clock that files are dated by. */
type Now = () => number;

export class ChangeStamp {
  readonly #file: string;
  readonly #now: Now;
  #pointer = '';
  #database: string | null = null;

  /** @param file what the user names */
  constructor(file: string, now: Now = () => Date.now()) {
    this.#file = file;
    this.#now = now;
  }

  /** Another text after each build, addition or exchange; null while something is being written, or where there is no index. */
  read(): string | null {
    const latest = this.#now() - SETTLED;
    const pointer = stampOf(this.#file, latest);
    if (pointer === null || pointer === '') return null;
    if (pointer !== this.#pointer) {
      this.#database = databaseBehind(this.#file);
      this.#pointer = pointer;
    }
    if (this.#database === null) return null;
    const data = stampOf(this.#database, latest);
    const log = stampOf(`${this.#database}-wal`, latest);
    return data === null || data === '' || log === null ? null : `${pointer} ${data} ${log}`;
  }
}

/** Null for a file that was written to just now; "" where there is none. */
function stampOf(file: string, latest: number): string | null {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) return '';
  return found.mtimeMs > latest ? null : `${found.ino}:${found.mtimeMs}:${found.size}`;
}

function databaseBehind(file: string): string | null {
  try {
    return databaseOf(file);
  } catch {
    return null;
  }
}
