/** What the tests of the index share: folders of their own, archives in them, and a question to an index. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openIndex } from '../../../server/src/linkIndex/sqlite/openIndex.ts';
import { parseTarget } from '../../../server/src/urls/targets.ts';
import type { InternalFilter, RowPage } from '../../../shared/backlinks.ts';
import { temporaryFolder } from '../../support/folders.ts';

/** Empty folders, one after another; they go when the suite that asked for them ends. */
export function emptyFolders(name: string): () => string {
  const { folder: root, remove } = temporaryFolder(name);
  after(remove);
  let folders = 0;
  return () => {
    const folder = path.join(root, String(folders++));
    mkdirSync(folder);
    return folder;
  };
}

/** Writes a file and returns its path. */
export function written(folder: string, name: string, bytes: Buffer): string {
  const file = path.join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

/** Opens an index, asks once, and closes it. */
export async function rowsOf(file: string, text: string, internal: InternalFilter = 'exclude', limit = 250): Promise<RowPage> {
  const store = openIndex(file);
  try {
    const target = parseTarget(text);
    assert.ok(target);
    return await store.rows({ target, limit, offset: 0, internal }, new AbortController().signal);
  } finally {
    await store.close();
  }
}
