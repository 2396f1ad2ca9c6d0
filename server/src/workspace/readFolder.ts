/** Reads the pages of one folder in the background: a batch of files at a time, and the event loop is free between any two. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { decodeText } from '../util/decodeText.ts';
import { pageKind } from './paths.ts';
import { type WalkEntry, walk } from './walk.ts';

/** Files read at once. */
const BATCH = 16;

export interface FolderReader {
  /** Every entry as it is met, pages included. */
  readonly onEntry: (entry: WalkEntry) => void;
  /** Text of a page; null for one that could not be read or is too large. */
  readonly onPage: (relative: string, text: string | null) => void;
}

/**
 * @param root native path
 * @param from a folder below it to read alone, or empty
 * @param maxBytes larger files are not read
 */
export async function readFolder(root: string, from: string, maxBytes: number, reader: FolderReader, signal: AbortSignal): Promise<void> {
  let batch: string[] = [];
  const flush = async () => {
    const texts = await Promise.all(batch.map((relative) => readPage(path.join(root, relative), maxBytes)));
    for (const [index, relative] of batch.entries()) {
      signal.throwIfAborted();
      reader.onPage(relative, texts[index] ?? null);
      await setImmediate();
    }
    batch = [];
  };
  for await (const entry of walk(root, signal, from)) {
    reader.onEntry(entry);
    if (entry.kind === 'file' && pageKind(entry.relative) !== null) batch.push(entry.relative);
    if (batch.length >= BATCH) await flush();
  }
  await flush();
}

/** Text of a file in whatever encoding it is; null when it cannot be read, is no file, or is too large. */
export async function readPage(file: string, maxBytes: number): Promise<string | null> {
  try {
    const { size } = await stat(file);
    return size > maxBytes ? null : decodeText(await readFile(file));
  } catch {
    return null;
  }
}
