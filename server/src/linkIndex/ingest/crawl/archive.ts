/**
 * Where the archives of crawls lie: beside the index, `web.db.crawl-20261123174512.warc.gz`, with an empty file `….unfinished` beside it until
 * the crawl is done and in the index. Each says in its first record which start URLs it belongs to.
 */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { type FileHandle, open, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { BacklinkLensError } from '../../../util/errors.ts';
import { readMember, recordIn } from './members.ts';
import { warcinfoRecord } from './records.ts';

export interface FoundArchive {
  readonly file: string;
  /** True while its crawl is not done, or not in the index. */
  readonly unfinished: boolean;
}

const START_FIELD = 'Backlink-Lens-Start';
/** A file that is shorter and holds no whole record holds nothing. */
const SHORTEST = 1 << 14;
const LARGEST_INFO = 1 << 20;
/** Records between two moments at which what is written is made to survive a power cut. */
const SYNC_EVERY = 200;

const compress = promisify(gzip);

/** The archives of crawls with these start URLs, oldest first. Removes what a crawl left that was killed before its first record. */
export async function findArchives(out: string, starts: readonly string[]): Promise<FoundArchive[]> {
  const folder = path.dirname(path.resolve(out));
  const prefix = `${path.basename(out)}.crawl-`;
  const names = readdirSync(folder).filter((name) => name.startsWith(prefix) && /^\d{14}(?:-\d+)?\.warc\.gz$/.test(name.slice(prefix.length)));
  const found: FoundArchive[] = [];
  for (const name of names.sort(byStamp)) {
    const file = path.join(path.dirname(out), name);
    const unfinished = existsSync(markOf(file));
    if (sameStarts(await startsOf(file), starts)) found.push({ file, unfinished });
    else if (unfinished && statSync(file).size < SHORTEST && (await readMember(file, 0)) === null) await removeArchive(file);
  }
  return found;
}

/** By time, and by number within a second. */
function byStamp(a: string, b: string): number {
  const [[stampA, copyA], [stampB, copyB]] = [stampOf(a), stampOf(b)];
  return stampA - stampB || copyA - copyB;
}

function stampOf(name: string): readonly [stamp: number, copy: number] {
  const [, stamp, copy = '1'] = /(\d{14})(?:-(\d+))?\.warc\.gz$/.exec(name) ?? [];
  return [Number(stamp), Number(copy)];
}

function sameStarts(a: readonly string[], b: readonly string[]): boolean {
  return a.length > 0 && [...a].sort().join('\n') === [...b].sort().join('\n');
}

async function startsOf(file: string): Promise<string[]> {
  const first = await readMember(file, 0);
  const record = first === null ? null : await recordIn(first.bytes);
  const block = record?.type === 'warcinfo' ? await record.block(LARGEST_INFO) : null;
  const lines = block?.toString('utf8').split('\r\n') ?? [];
  return lines.flatMap((line) => (line.startsWith(`${START_FIELD}: `) ? [line.slice(START_FIELD.length + 2)] : []));
}

/** An archive being written, one append after the other. Each is a write of whole members: a process that dies leaves at most the last one cut. */
export class OpenArchive {
  readonly file: string;
  readonly #handle: FileHandle;
  #at: number;
  #unsynced = 0;
  #tail: Promise<void> = Promise.resolve();

  private constructor(file: string, handle: FileHandle, at: number) {
    this.file = file;
    this.#handle = handle;
    this.#at = at;
  }

  /**
   * A new one.
   *
   * @param now epoch milliseconds
   * @throws BacklinkLensError index.not-writable
   */
  static async create(out: string, starts: readonly string[], info: readonly (readonly [string, string])[], now: number): Promise<OpenArchive> {
    const stamp = new Date(now).toISOString().replace(/\D/g, '').slice(0, 14);
    for (let copy = 1; ; copy++) {
      const file = `${out}.crawl-${stamp}${copy === 1 ? '' : `-${copy}`}.warc.gz`;
      const handle = await writable(file, async () => await createNew(file));
      if (handle === null) continue;
      const archive = new OpenArchive(file, handle, 0);
      const fields = [...info, ...starts.map((start) => [START_FIELD, start] as const)];
      await archive.append([warcinfoRecord(path.basename(file), fields, now)]);
      return archive;
    }
  }

  /**
   * Goes on with one behind its last whole record.
   *
   * @param end as readMembers found it
   * @throws BacklinkLensError index.not-writable
   */
  static async reopen(file: string, end: number): Promise<OpenArchive> {
    const handle = await writable(file, async () => await open(file, 'r+'));
    await handle.truncate(end);
    return new OpenArchive(file, handle, end);
  }

  /**
   * Writes records, in the order of the calls.
   *
   * @throws BacklinkLensError index.not-writable, then and from then on: what came after a gap would be lost
   */
  async append(records: readonly Buffer[]): Promise<void> {
    const members = Promise.all(records.map(async (record) => await compress(record)));
    this.#tail = this.#tail.then(async () => await this.#write(await members));
    await this.#tail;
  }

  async #write(records: readonly Buffer[]): Promise<void> {
    const members = Buffer.concat(records);
    await writable(this.file, async () => {
      for (let done = 0; done < members.length; ) {
        const { bytesWritten } = await this.#handle.write(members, done, members.length - done, this.#at);
        done += bytesWritten;
        this.#at += bytesWritten;
      }
      this.#unsynced += records.length;
      if (this.#unsynced < SYNC_EVERY) return;
      this.#unsynced = 0;
      await this.#handle.datasync();
    });
  }

  /** What is written stays, and is still unfinished. */
  async close(): Promise<void> {
    await this.#tail.catch(() => {});
    await this.#handle.datasync().catch(() => {});
    await this.#handle.close();
  }

  /** Removes it: nothing came. */
  async discard(): Promise<void> {
    await this.close();
    await removeArchive(this.file);
  }
}

async function removeArchive(file: string): Promise<void> {
  await rm(file, { force: true });
  await finishArchive(file);
}

/** Says that a crawl is done: the next one begins anew. */
export async function finishArchive(file: string): Promise<void> {
  await rm(markOf(file), { force: true });
}

function markOf(file: string): string {
  return `${file}.unfinished`;
}

/** Marked before it is there, so that it is never taken for a finished one. Null when there is one of that name already. */
async function createNew(file: string): Promise<FileHandle | null> {
  if (existsSync(file)) return null;
  await writeFile(markOf(file), '');
  try {
    return await open(file, 'wx');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return null;
    throw error;
  }
}

async function writable<T>(file: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause)) throw cause;
    const message = `${file} cannot be written: ${cause.message}. Check the folder's permissions and free space; what is in it is kept, and the next crawl goes on from there.`;
    throw new BacklinkLensError('index.not-writable', message, { cause });
  }
}
