/** Keeps what is known true to the disk: reads every folder once, then follows single changes. All of it in the background, one at a time. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { isAbort } from '../util/errors.ts';
import type { Log } from '../util/log.ts';
import { folderOfKey, keyOf, type WorkspaceFolder } from './fileKeys.ts';
import type { KeptFolder, PageKeeper } from './keeper.ts';
import type { Pages, Stamp } from './pages.ts';
import { baseName, pageKind } from './paths.ts';
import { readFolder, readPage } from './readFolder.ts';
import { isSkipped, type WalkEntry } from './walk.ts';
import type { FileChange } from './workspace.ts';

export interface SyncParts {
  readonly pages: Pages;
  readonly folders: () => readonly WorkspaceFolder[];
  /** Paths of which nothing is known because they are ignored. */
  readonly skipped: Set<string>;
  /** Sees to it that a page whose open document stands in for the disk is known; false when it is not open. */
  readonly putOpen: (key: string) => boolean;
  /** Finds out what the folder's site is, before its pages are read and when the files that tell change; the folder as it is then. */
  readonly settle: (folder: WorkspaceFolder, signal: AbortSignal) => Promise<WorkspaceFolder>;
  /** True for a file that tells what the site is. */
  readonly tellsOfSite: (relative: string) => boolean;
  readonly keeper: PageKeeper;
  readonly onChange: () => void;
  readonly log: Log;
}

export interface FolderSync {
  /** Reads a folder from the start; pages whose files are as they were kept are not read again. */
  readAll(folder: WorkspaceFolder): void;
  apply(changes: readonly FileChange[]): void;
  /** One page as it is on disk now. */
  reread(key: string): void;
  /** True when nothing is left to do. */
  idle(): boolean;
  whenIdle(): Promise<void>;
  /** Stops and forgets everything that was still to do. */
  stop(): void;
}

export function createFolderSync(parts: SyncParts): FolderSync {
  let control = new AbortController();
  let queue: Promise<void> = Promise.resolve();
  let waiting = 0;

  const enqueue = (what: string, job: (signal: AbortSignal) => Promise<void>) => {
    const { signal } = control;
    waiting++;
    queue = queue.then(async () => {
      try {
        if (!signal.aborted) await job(signal);
      } catch (error) {
        if (!isAbort(error)) parts.log.error(`Could not read ${what}: ${String(error)}`);
      } finally {
        waiting--;
        parts.onChange();
      }
    });
  };

  return {
    readAll: (folder) => enqueue(folder.path, async (signal) => readWhole(parts, folder, signal)),
    apply(changes) {
      for (const change of changes) enqueue(baseName(change.uri), async (signal) => applyChange(parts, change, signal));
    },
    reread: (key) => enqueue(baseName(key), async (signal) => readAgain(parts, key, signal)),
    idle: () => waiting === 0,
    async whenIdle() {
      while (waiting > 0) await queue;
    },
    stop() {
      control.abort();
      control = new AbortController();
    },
  };
}

async function readWhole(parts: SyncParts, given: WorkspaceFolder, signal: AbortSignal): Promise<void> {
  if (given.disk === null) return;
  const folder = await parts.settle(given, signal);
  const kept = await parts.keeper.load(folder);
  await readBelow(parts, folder, '', signal, kept);
  parts.keeper.changed(folder);
}

/** What was there and is not met any more is forgotten when all is read: until then it stands. */
async function readBelow(parts: SyncParts, folder: WorkspaceFolder, from: string, signal: AbortSignal, kept: KeptFolder | null): Promise<void> {
  if (folder.disk === null) return;
  const { pages, skipped } = parts;
  const met = new Set<string>();
  for (const key of skipped) if (key.startsWith(folder.path + from)) skipped.delete(key);
  const reader = {
    onEntry({ relative, kind }: WalkEntry) {
      const key = folder.path + relative;
      met.add(key);
      if (kind === 'skipped') skipped.add(key);
      else if (kind === 'folder') pages.graph.setFolder(key);
      else if (pageKind(relative) === null) pages.setFile(key, folder);
    },
    knows(relative: string, stamp: Stamp) {
      const key = folder.path + relative;
      if (parts.putOpen(key)) return true;
      if (same(pages.stampOf(key), stamp)) return true;
      const page = kept?.take(relative, stamp) ?? null;
      if (page !== null) pages.setKept(key, folder, page);
      return page !== null;
    },
    onPage(relative: string, text: string | null, stamp: Stamp | null) {
      const key = folder.path + relative;
      if (!parts.putOpen(key)) pages.setText(key, folder, text, stamp);
    },
  };
  await readFolder({ root: folder.disk, from, maxBytes: folder.maxBytes, excluded: folder.excluded }, reader, signal);
  const below = folder.path + (from === '' ? '' : `${from}/`);
  for (const key of [...pages.graph.entries()]) {
    const gone = key.startsWith(below) && (!met.has(key) || skipped.has(key));
    if (gone && folderOfKey(key, parts.folders())?.path === folder.path && !parts.putOpen(key)) pages.remove(key);
  }
}

function same(a: Stamp | null, b: Stamp): boolean {
  return a !== null && a.modified === b.modified && a.size === b.size;
}

async function applyChange(parts: SyncParts, change: FileChange, signal: AbortSignal): Promise<void> {
  const key = keyOf(change.uri);
  const folder = folderOfKey(key, parts.folders());
  if (folder?.disk == null) return;
  if (baseName(key) === '.gitignore') await readBelow(parts, folder, '', signal, null);
  else if (change.kind === 'deleted') parts.pages.remove(key);
  else await readAgain(parts, key, signal);
  if (parts.tellsOfSite(key.slice(folder.path.length))) await parts.settle(folder, signal);
  parts.keeper.changed(folder);
}

/** A file or folder that is new or different; gone again meanwhile counts as deleted. */
async function readAgain(parts: SyncParts, key: string, signal: AbortSignal): Promise<void> {
  const { pages } = parts;
  const folder = folderOfKey(key, parts.folders());
  if (folder?.disk == null || parts.putOpen(key)) return;
  const relative = key.slice(folder.path.length);
  const file = path.join(folder.disk, relative);
  const found = await stat(file).catch(() => null);
  if (found === null) pages.remove(key);
  else if (await isSkipped(folder.disk, found.isDirectory() ? `${relative}/` : relative, folder.excluded)) parts.skipped.add(key);
  else if (found.isDirectory()) {
    pages.graph.setFolder(key);
    await readBelow(parts, folder, relative, signal, null);
  } else if (pageKind(key) === null) pages.setFile(key, folder);
  else {
    const stamp = { modified: found.mtimeMs, size: found.size };
    pages.setText(key, folder, await readPage(file, stamp, folder.maxBytes), stamp);
  }
}
