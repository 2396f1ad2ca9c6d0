/** The HTML and Markdown files of a folder, for commands that take a folder for its documents. */
import path from 'node:path';
import { pageKind } from './paths.ts';
import { walk } from './walk.ts';

/**
 * @param folder native path
 * @returns native paths in the order of names; ignored files and folders left out
 */
export async function listDocuments(folder: string, signal: AbortSignal): Promise<string[]> {
  const found: string[] = [];
  for await (const { relative, kind } of walk(folder, signal)) {
    if (kind === 'file' && pageKind(relative) !== null) found.push(path.join(folder, relative));
  }
  return found;
}
