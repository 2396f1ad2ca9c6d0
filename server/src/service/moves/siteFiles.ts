/** The few files of an open folder that say how it redirects, read from disk; what an editor holds unsaved stands in for them. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { URI } from 'vscode-uri';
import { type FoundFile, HINT_FILES, REDIRECT_FILES } from '../../redirects/place.ts';
import { decodeText } from '../../util/decodeText.ts';

/** Bytes; a larger file is no file of redirects that a person wrote. */
const LARGEST = 2_000_000;

const PATHS = [...new Set([...Object.values(REDIRECT_FILES).flat(), ...HINT_FILES])];

/**
 * @param folder URI of an open folder; one that is on no disk has only what is unsaved
 * @param unsaved texts by URI
 */
export async function siteFiles(folder: string, unsaved: ReadonlyMap<string, string>, signal: AbortSignal): Promise<readonly FoundFile[]> {
  const root = URI.parse(folder);
  const found = await Promise.all(
    PATHS.map(async (relative): Promise<FoundFile | null> => {
      const text =
        unsaved.get(siteFileUri(folder, relative)) ?? (root.scheme === 'file' ? await read(path.join(root.fsPath, relative), signal) : null);
      return text === null ? null : { path: relative, text };
    }),
  );
  return found.filter((file) => file !== null);
}

/** URI of a file below an open folder. */
export function siteFileUri(folder: string, relative: string): string {
  const root = URI.parse(folder);
  return root.with({ path: `${root.path.replace(/\/$/, '')}/${relative}` }).toString();
}

/** Null for a file that is not there, and for one that is no text of a person's. */
async function read(file: string, signal: AbortSignal): Promise<string | null> {
  signal.throwIfAborted();
  try {
    const found = await stat(file);
    return found.isFile() && found.size <= LARGEST ? decodeText(await readFile(file, { signal })) : null;
  } catch {
    signal.throwIfAborted();
    return null;
  }
}
