/** Keeps the graph true to the disk: reads every folder once, then follows single changes. All of it in the background, one at a time. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { isAbort } from '../util/errors.ts';
import type { Log } from '../util/log.ts';
import { folderOfKey, keyOf, type WorkspaceFolder } from './fileKeys.ts';
import type { LinkGraph } from './linkGraph.ts';
import { baseName, pageKind } from './paths.ts';
import { readFolder, readPage } from './readFolder.ts';
import { isSkipped } from './walk.ts';
import type { FileChange } from './workspace.ts';

export interface SyncParts {
  readonly graph: LinkGraph;
  readonly folders: () => readonly WorkspaceFolder[];
  /** Paths of which nothing is known because they are ignored. */
  readonly skipped: Set<string>;
  /** Puts a page's text into the graph; null: known, but not read. */
  readonly setPage: (key: string, folder: WorkspaceFolder, text: string | null) => void;
  /** Sees to it that a page whose open document stands in for the disk is in the graph; false when it is not open. */
  readonly putOpen: (key: string) => boolean;
  readonly maxBytes: (folder: WorkspaceFolder) => number;
  readonly onChange: () => void;
  readonly log: Log;
}

export interface FolderSync {
  /** Reads a folder from the start. */
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
    readAll: (folder) => enqueue(folder.path, async (signal) => readBelow(parts, folder, '', signal)),
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

async function readBelow(parts: SyncParts, folder: WorkspaceFolder, from: string, signal: AbortSignal): Promise<void> {
  const { graph, skipped } = parts;
  if (folder.disk === null) return;
  const reader = {
    onEntry({ relative, kind }: { relative: string; kind: string }) {
      const key = folder.path + relative;
      if (kind === 'skipped') skipped.add(key);
      else if (kind === 'folder') graph.setFolder(key);
      else if (pageKind(relative) === null) graph.setFile(key);
    },
    onPage(relative: string, text: string | null) {
      const key = folder.path + relative;
      if (!parts.putOpen(key)) parts.setPage(key, folder, text);
    },
  };
  await readFolder(folder.disk, from, parts.maxBytes(folder), reader, signal);
}

async function applyChange(parts: SyncParts, change: FileChange, signal: AbortSignal): Promise<void> {
  const key = keyOf(change.uri);
  const folder = folderOfKey(key, parts.folders());
  if (folder?.disk == null) return;
  if (baseName(key) === '.gitignore') {
    parts.graph.remove(folder.path.slice(0, -1));
    parts.skipped.clear();
    return readBelow(parts, folder, '', signal);
  }
  if (change.kind === 'deleted') parts.graph.remove(key);
  else await readAgain(parts, key, signal);
}

/** A file or folder that is new or different; gone again meanwhile counts as deleted. */
async function readAgain(parts: SyncParts, key: string, signal: AbortSignal): Promise<void> {
  const folder = folderOfKey(key, parts.folders());
  if (folder?.disk == null || parts.putOpen(key)) return;
  const relative = key.slice(folder.path.length);
  const file = path.join(folder.disk, relative);
  const found = await stat(file).catch(() => null);
  if (found === null) parts.graph.remove(key);
  else if (await isSkipped(folder.disk, found.isDirectory() ? `${relative}/` : relative)) parts.skipped.add(key);
  else if (found.isDirectory()) {
    parts.graph.setFolder(key);
    await readBelow(parts, folder, relative, signal);
  } else if (pageKind(key) === null) parts.graph.setFile(key);
  else parts.setPage(key, folder, await readPage(file, parts.maxBytes(folder)));
}
