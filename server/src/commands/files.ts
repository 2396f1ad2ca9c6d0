/** The documents that a command was pointed at: files as they are, folders by their HTML and Markdown files. */
import { access, constants, readFile, stat } from 'node:fs/promises';
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
    const files = await filesOf(named, signal);
    if ('error' in files) yield files;
    else for (const file of files.list) yield await readDocument(file, relativeName(files.folder, file), signal);
  }
}

/** The files behind a path: itself, or the documents of a folder. */
export async function filesOf(
  named: string,
  signal: AbortSignal,
): Promise<{ readonly folder: string; readonly list: readonly string[] } | { readonly error: BacklinkLensError }> {
  try {
    await access(named, constants.R_OK);
    if ((await stat(named)).isDirectory()) return { folder: named, list: await listDocuments(named, signal) };
    return { folder: path.dirname(named), list: [named] };
  } catch (cause) {
    signal.throwIfAborted();
    return { error: unreadable(named, cause) };
  }
}

async function readDocument(file: string, relative: string, signal: AbortSignal): Promise<DiskDocument | { readonly error: BacklinkLensError }> {
  try {
    return { path: file, relative, text: decodeText(await readFile(file, { signal })) };
  } catch (cause) {
    signal.throwIfAborted();
    return { error: unreadable(file, cause) };
  }
}

function unreadable(file: string, cause: unknown): BacklinkLensError {
  return new BacklinkLensError('input.unreadable', `Could not read ${file}: ${messageOf(cause)}. Check the path and its permissions.`, { cause });
}

function relativeName(folder: string, file: string): string {
  return path.relative(folder, file).split(path.sep).join('/');
}

function messageOf(cause: unknown): string {
  if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return 'there is no such file or folder';
  return cause instanceof Error ? cause.message : String(cause);
}
