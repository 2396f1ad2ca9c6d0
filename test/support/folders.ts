/** Small folders on disk for the server to read. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { URI } from 'vscode-uri';

export interface TestFolder {
  readonly uri: string;
  readonly path: string;
  uriOf(file: string): string;
  write(file: string, content: string | Uint8Array): Promise<void>;
  remove(): Promise<void>;
}

/** @param files path below the folder -> content */
export async function makeFolder(files: Readonly<Record<string, string | Uint8Array>>): Promise<TestFolder> {
  const root = await mkdtemp(path.join(tmpdir(), 'backlink-lens-'));
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
