/** The documents that a command was pointed at: files as they are, folders by their HTML and Markdown files. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { decodeText } from '../util/decodeText.ts';
import { BacklinkLensError } from '../util/errors.ts';
import { listDocuments } from '../workspace/listDocuments.ts';

export interface DiskDocument {
  readonly path: string;
  /** Path below the folder that was named, with forward slashes; the file's own name for a file. */
  readonly relative: string;
  readonly text: string;
}

/** Reads one document after the other; what cannot be read comes as an error in its place, and the rest goes on. */
export async function* eachDocument(
  paths: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<DiskDocument | { readonly error: BacklinkLensError }> {
  for (const named of paths) {
    try {
      const folder = (await stat(named)).isDirectory();
      for (const file of folder ? await listDocuments(named, signal) : [named]) {
        signal.throwIfAborted();
        yield { path: file, relative: relativeName(folder ? named : path.dirname(file), file), text: decodeText(await readFile(file)) };
      }
    } catch (cause) {
      signal.throwIfAborted();
      yield {
        error: new BacklinkLensError('input.unreadable', `Could not read ${named}: ${messageOf(cause)}. Check the path and its permissions.`, {
          cause,
        }),
      };
    }
  }
}

function relativeName(folder: string, file: string): string {
  return path.relative(folder, file).split(path.sep).join('/');
}

function messageOf(cause: unknown): string {
  if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return 'there is no such file or folder';
  return cause instanceof Error ? cause.message : String(cause);
}
