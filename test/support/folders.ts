/** Temporary folders, empty or with small files in them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { URI } from 'vscode-uri';

/** A temporary folder; `remove` deletes it with all that is in it. */
export function temporaryFolder(name: string): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), `backlink-lens-${name}-`));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface TestFolder {
  readonly uri: string;
  readonly path: string;
  uriOf(file: string): string;
  write(file: string, content: string | Uint8Array): Promise<void>;
  remove(): Promise<void>;
}

/** @param files path below the folder -> content */
export async function makeFolder(files: Readonly<Record<string, string | Uint8Array>>): Promise<TestFolder> {
  const { folder: root } = temporaryFolder('files');
  const write = async (file: string, content: string | Uint8Array) => {
    await mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await writeFile(path.join(root, file), content);
  };
  for (const [file, content] of Object.entries(files)) await write(file, content);
  return {
    uri: URI.file(root).toString(),
    path: root,
    uriOf: (file) => URI.file(path.join(root, file)).toString(),
    write,
    remove: async () => rm(root, { recursive: true, force: true }),
  };
}
