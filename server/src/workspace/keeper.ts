/**
 * What was read of a folder, kept in the extension's own storage across restarts: one file a folder, a line a page, taken up again for every
 * page whose file has the same size and time. A damaged or foreign file is not believed, line by line; it is written anew.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../util/clock.ts';
import { type Coalescer, coalesce } from '../util/coalesce.ts';
import type { Log } from '../util/log.ts';
import { readingKey, type WorkspaceFolder } from './fileKeys.ts';
import { readLine, writeLine } from './keptLines.ts';
import type { KeptPage, Pages, Stamp } from './pages.ts';

/** Changes with what stands in a line. */
const VERSION = 1;
/** Milliseconds from a change to its being kept: a crash before costs a few files read again. */
const QUIET = 20_000;
/** Of a file that was changed less than this before it was read, milliseconds: it may have been changed again without another time. */
const TOO_FRESH = 2_000;
/** Bytes of all folders together; the longest unused ones go first. */
const MOST_BYTES = 400_000_000;
/** Milliseconds after which a folder that was not opened is forgotten. */
const MOST_AGE = 90 * 86_400_000;
/** Pages written between two breaths of the event loop. */
const SLICE = 200;

/** The pages of one folder as they were kept. */
export interface KeptFolder {
  /** A page in this state; null where it is not kept, or its file is another now. */
  take(relative: string, stamp: Stamp): KeptPage | null;
}

export interface PageKeeper {
  /** Null where nothing is kept of the folder as it is read now. */
  load(folder: WorkspaceFolder): Promise<KeptFolder | null>;
  /** Something of the folder is to be kept; it is written when things are quiet. */
  changed(folder: WorkspaceFolder): void;
  /** What waits to be written is not. */
  dispose(): void;
}

export interface KeeperParts {
  /** Folder of our own. */
  readonly folder: string;
  readonly pages: Pages;
  /** Folders as they stand now. */
  readonly folders: () => readonly WorkspaceFolder[];
  /** True while pages are being read: what is written then would be half of it. */
  readonly busy: () => boolean;
  readonly clock: Clock;
  readonly log: Log;
}

/** Keeps nothing: for a host without a folder of ours. */
export const KEEPS_NOTHING: PageKeeper = { load: async () => null, changed: () => {}, dispose: () => {} };

export function createKeeper(parts: KeeperParts): PageKeeper {
  const waiting = new Set<string>();
  const save: Coalescer = coalesce(
    () => {
      if (parts.busy()) return save();
      const due = parts.folders().filter((folder) => waiting.has(folder.path) && folder.disk !== null);
      waiting.clear();
      saveAll(parts, due).catch((error: unknown) => parts.log.debug(`The folder's links were not kept: ${String(error)}`));
    },
    QUIET,
    parts.clock,
  );
  return {
    async load(folder) {
      try {
        return await loadFolder(fileOf(parts.folder, folder), folder);
      } catch {
        return null;
      }
    },
    changed(folder) {
      waiting.add(folder.path);
      save();
    },
    dispose: () => save.dispose(),
  };
}

function fileOf(storage: string, folder: WorkspaceFolder): string {
  const name = createHash('sha256').update(folder.uri.toString()).digest('hex').slice(0, 24);
  return path.join(storage, `${name}.jsonl`);
}

function header(folder: WorkspaceFolder): string {
  return JSON.stringify(['backlink-lens', VERSION, readingKey(folder)]);
}

async function loadFolder(file: string, folder: WorkspaceFolder): Promise<KeptFolder | null> {
  const bytes = await readFile(file);
  const end = bytes.indexOf(10);
  if (end < 0 || bytes.toString('utf8', 0, end) !== header(folder)) return null;
  const now = new Date();
  await utimes(file, now, now).catch(() => undefined);
  const lines = new Map<string, readonly [number, number]>();
  for (let from = end + 1; from < bytes.length; ) {
    const to = bytes.indexOf(10, from);
    if (to < 0) break;
    const name = bytes.indexOf('",', from, 'latin1');
    const relative = name < 0 || name > to ? null : nameOf(bytes.toString('utf8', from + 1, name + 1));
    if (relative !== null) lines.set(relative, [from, to]);
    from = to + 1;
  }
  return {
    take(relative, stamp) {
      const place = lines.get(relative);
      lines.delete(relative);
      return place === undefined ? null : readLine(bytes.toString('utf8', ...place), stamp, folder.path);
    },
  };
}

function nameOf(text: string): string | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'string' ? parsed : null;
  } catch {
    return null;
  }
}

async function saveAll(parts: KeeperParts, folders: readonly WorkspaceFolder[]): Promise<void> {
  await mkdir(parts.folder, { recursive: true });
  for (const folder of folders) await saveFolder(parts, folder);
  await tidy(parts.folder, parts.clock.now());
}

/** Written beside and put in its place whole: a reader never sees half of it. */
async function saveFolder(parts: KeeperParts, folder: WorkspaceFolder): Promise<void> {
  const { pages, clock } = parts;
  const fresh = clock.now() - TOO_FRESH;
  const blocks: Buffer[] = [Buffer.from(`${header(folder)}\n`)];
  let lines: string[] = [];
  const flush = async () => {
    blocks.push(Buffer.from(lines.join('')));
    lines = [];
    await setImmediate();
  };
  for (const key of [...pages.graph.pages()]) {
    const stamp = pages.stampOf(key);
    const links = key.startsWith(folder.path) ? pages.graph.linksOf(key) : null;
    if (stamp === null || links === null || stamp.modified > fresh) continue;
    const published = pages.publishedAt(key, folder);
    lines.push(writeLine(key.slice(folder.path.length), { links, published, stamp }, folder.path));
    if (lines.length >= SLICE) await flush();
  }
  await flush();
  const file = fileOf(parts.folder, folder);
  const beside = `${file}.${process.pid}`;
  await writeFile(beside, blocks);
  await rename(beside, file);
}

/** Folders that were not opened for long go, and the longest unused ones of too many. */
async function tidy(storage: string, now: number): Promise<void> {
  const files = await Promise.all(
    (await readdir(storage)).map(async (name) => {
      const file = path.join(storage, name);
      const found = await stat(file).catch(() => null);
      return { file, used: found?.mtimeMs ?? 0, bytes: found?.size ?? 0 };
    }),
  );
  let left = MOST_BYTES;
  for (const { file, used, bytes } of files.sort((a, b) => b.used - a.used)) {
    left -= bytes;
    if (left < 0 || now - used > MOST_AGE) await rm(file, { force: true });
  }
}
