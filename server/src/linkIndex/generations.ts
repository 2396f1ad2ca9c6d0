/**
 * How an index lies on disk: what the user names (`web.db`) is a small pointer file, beside it lies the generation it names
 * (`web.db.g000002`). A build writes the next generation and replaces the pointer atomically. A database that somebody may have open is never
 * renamed over: its readers would see old rows in a file that passes its checks, and Windows refuses.
 */
import { closeSync, existsSync, fsyncSync, openSync, readdirSync, readFileSync, readSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { BacklinkLensError } from '../util/errors.ts';

const FORMAT = 1;
/** Of a database and what SQLite keeps beside it. */
const SUFFIXES = ['', '-journal', '-wal', '-shm'];
const SQLITE_MAGIC = 'SQLite format 3\0';

interface Pointer {
  readonly backlinkLensIndex: number;
  readonly generation: string;
  readonly file: string;
}

/**
 * The database behind what the user names.
 *
 * @returns an absolute path; `file` itself when that is a database
 * @throws BacklinkLensError index.missing, index.damaged, index.newer-schema
 */
export function databaseOf(file: string): string {
  if (isDatabase(file)) return path.resolve(file);
  const pointer = readPointer(file);
  return path.join(path.dirname(path.resolve(file)), pointer.file);
}

function isDatabase(file: string): boolean {
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch (cause) {
    if (existsSync(file)) throw new BacklinkLensError('index.missing', `The index ${file} may not be read. Check its permissions.`, { cause });
    throw new BacklinkLensError(
      'index.missing',
      `There is no index at ${file}. Choose another file, or build one: backlink-lens index build ${path.basename(file)} <inputs…>`,
      { cause },
    );
  }
  try {
    const head = Buffer.alloc(SQLITE_MAGIC.length);
    return readSync(handle, head) === head.length && head.toString('latin1') === SQLITE_MAGIC;
  } catch (cause) {
    throw new BacklinkLensError('index.damaged', `${file} is not an index file. Name the file that a build made.`, { cause });
  } finally {
    closeSync(handle);
  }
}

function readPointer(file: string): Pointer {
  const pointer = parsePointer(readFileSync(file));
  if (pointer === null)
    throw new BacklinkLensError('index.damaged', `${file} is not an index, or it is damaged. Build it again under this or another name.`);
  if (pointer.backlinkLensIndex > FORMAT) {
    throw new BacklinkLensError('index.newer-schema', `${file} was written by a newer version of this program. Update, or build the index again.`);
  }
  return pointer;
}

function parsePointer(bytes: Buffer): Pointer | null {
  if (bytes.length > 4096) return null;
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    if (typeof value !== 'object' || value === null) return null;
    const { backlinkLensIndex, generation, file } = value as Record<string, unknown>;
    if (typeof backlinkLensIndex !== 'number' || typeof generation !== 'string' || typeof file !== 'string') return null;
    return path.basename(file) === file ? { backlinkLensIndex, generation, file } : null;
  } catch {
    return null;
  }
}

/**
 * True when a build may write to `out`: nothing there, an empty file, or an index of ours.
 * Anything else is somebody's file.
 */
export function mayBuildAt(out: string): boolean {
  if (!existsSync(out)) return true;
  const bytes = readFileSync(out);
  return bytes.length === 0 || parsePointer(bytes) !== null;
}

/** Number of the next generation beside `out`: one above every one that is there. */
export function nextGeneration(out: string): number {
  return 1 + Math.max(0, ...generationFiles(out).map(({ number }) => number));
}

export function generationFile(out: string, number: number): string {
  return `${out}.g${String(number).padStart(6, '0')}`;
}

/** Makes a generation the current one: from here on, everybody who opens `out` gets it. */
export function switchTo(out: string, database: string, generation: string): void {
  const pointer: Pointer = { backlinkLensIndex: FORMAT, generation, file: path.basename(database) };
  const fresh = `${out}.switching`;
  writeFileSync(fresh, `${JSON.stringify(pointer)}\n`);
  syncFile(fresh);
  renameSync(fresh, out);
  syncFolder(path.dirname(out));
}

/**
 * Gives a finished database the name of its generation. What another one of that name has left is removed first: SQLite would take a log that it
 * finds beside the file for its own.
 */
export function placeGeneration(finished: string, database: string): void {
  removeDatabase(database);
  renameSync(finished, database);
}

/** Removes the generations that are not current, as far as the system lets: an open one on Windows stays for the next build. */
export function removeOldGenerations(out: string): void {
  const current = existsSync(out) ? parsePointer(readFileSync(out))?.file : undefined;
  for (const { file } of generationFiles(out)) {
    if (path.basename(file) === current) continue;
    try {
      removeDatabase(file);
    } catch {
      // Still open somewhere.
    }
  }
}

/** Removes a database with what SQLite keeps beside it; harmless where there is none. */
export function removeDatabase(file: string): void {
  for (const suffix of SUFFIXES) rmSync(file + suffix, { force: true });
}

/** Also those of which only a log is left. */
function generationFiles(out: string): { file: string; number: number }[] {
  const folder = path.dirname(path.resolve(out));
  const prefix = `${path.basename(out)}.g`;
  if (!existsSync(folder)) return [];
  const found = readdirSync(folder).flatMap((name) => {
    const [, digits] = (name.startsWith(prefix) && /^(\d{6,})(?:-journal|-wal|-shm)?$/.exec(name.slice(prefix.length))) || [];
    return digits === undefined ? [] : [digits];
  });
  return Array.from(new Set(found), (digits) => ({ file: path.join(folder, prefix + digits), number: Number(digits) }));
}

export function syncFile(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Makes a rename durable; a no-op where folders cannot be opened (Windows). */
function syncFolder(folder: string): void {
  let handle: number;
  try {
    handle = openSync(folder, 'r');
  } catch {
    return;
  }
  try {
    fsyncSync(handle);
  } catch {
    // Some file systems have no such thing.
  } finally {
    closeSync(handle);
  }
}
