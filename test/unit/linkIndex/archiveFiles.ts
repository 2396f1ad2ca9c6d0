/** Archives made for one test, read back at once. */
import assert from 'node:assert/strict';
import type { CrawledPage } from '../../../server/src/linkIndex/store.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { pages, readAll, type WholeArchive } from './readArchive.ts';
import { written } from './support.ts';

export interface ArchiveFiles {
  /** Writes an archive and reads it. */
  readonly read: (bytes: Buffer | readonly Buffer[]) => Promise<WholeArchive>;
  /** The page of an archive that holds one and nothing else. */
  readonly onlyPage: (bytes: Buffer | readonly Buffer[]) => Promise<CrawledPage>;
}

/** Files of a folder that goes when the suite that asked for them ends. */
export function archiveFiles(): ArchiveFiles {
  const { folder, remove } = temporaryFolder('archives');
  after(remove);
  let files = 0;
  const read = async (bytes: Buffer | readonly Buffer[]): Promise<WholeArchive> =>
    await readAll(written(folder, `${files++}.warc`, Buffer.isBuffer(bytes) ? bytes : Buffer.concat(bytes)));
  return {
    read,
    onlyPage: async (bytes) => {
      const { captures, problem } = await read(bytes);
      assert.equal(problem, null);
      const [page, ...more] = pages(captures);
      assert.ok(page);
      assert.equal(more.length, 0);
      return page;
    },
  };
}
