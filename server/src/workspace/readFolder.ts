/** Reads the pages of one folder in the background: a batch of files at a time, and the event loop is free between any two. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { decodeText } from '../util/decodeText.ts';
import { BacklinkLensError } from '../util/errors.ts';
import type { Excluded } from './excludes.ts';
import type { Stamp } from './pages.ts';
import { pageKind } from './paths.ts';
import { type WalkEntry, walk } from './walk.ts';

/** Files looked at at once. */
const BATCH = 32;

export interface FolderReader {
  /** Every entry as it is met, pages included. */
  readonly onEntry: (entry: WalkEntry) => void;
  /** True where a page in this state is known already: it is not read. */
  readonly knows: (relative: string, stamp: Stamp) => boolean;
  /** Text of a page; null for one that could not be read or is too large, without a stamp where it could not even be looked at. */
  readonly onPage: (relative: string, text: string | null, stamp: Stamp | null) => void;
}

export interface Reading {
  /** Native path of the open folder. */
  readonly root: string;
  /** A folder below it to read alone, or empty. */
  readonly from: string;
  /** Larger files are not read. */
  readonly maxBytes: number;
  readonly excluded: Excluded;
}

export async function readFolder({ root, from, maxBytes, excluded }: Reading, reader: FolderReader, signal: AbortSignal): Promise<void> {
  let batch: string[] = [];
  const flush = async () => {
    const pages = await Promise.all(
      batch.map(async (relative) => {
        const file = path.join(root, relative);
        const stamp = await stampOf(file);
        if (stamp !== null && reader.knows(relative, stamp)) return null;
        return { relative, stamp, text: stamp === null ? null : await readPage(file, stamp, maxBytes) };
      }),
    );
    batch = [];
    for (const page of pages) {
      signal.throwIfAborted();
      if (page === null) continue;
      reader.onPage(page.relative, page.text, page.stamp);
      await setImmediate();
    }
  };
  for await (const entry of walk(root, signal, from, excluded)) {
    reader.onEntry(entry);
    if (entry.kind === 'file' && pageKind(entry.relative) !== null) batch.push(entry.relative);
    if (batch.length >= BATCH) await flush();
  }
  await flush();
}

/** Null for a file that is gone, or none. */
export async function stampOf(file: string): Promise<Stamp | null> {
  try {
    const { mtimeMs, size } = await stat(file);
    return { modified: mtimeMs, size };
  } catch {
    return null;
  }
}

/** Text of a file in whatever encoding it is; null when it cannot be read, is no file, or is too large. */
export async function readPage(file: string, { size }: Stamp, maxBytes: number): Promise<string | null> {
  try {
    return size > maxBytes ? null : decodeText(await readFile(file));
  } catch {
    return null;
  }
}

/**
 * A file's text for somebody who asked for it. Rejects with `input.unreadable`, or for an abort.
 *
 * @param shown what the file is called in the sentence
 */
export async function readText(file: string, shown: string, signal: AbortSignal): Promise<string> {
  try {
    return decodeText(await readFile(file, { signal }));
  } catch (cause) {
    signal.throwIfAborted();
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new BacklinkLensError('input.unreadable', `Could not read ${shown}: ${reason}. Check that it is there and may be read.`, { cause });
  }
}
