/** What was read of a folder outlives the process: taken up where it fits, read again where it does not, whatever the file is like. */
import assert from 'node:assert/strict';
import { readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { silentLog } from '../../../server/src/util/log.ts';
import type { FolderSettings } from '../../../server/src/workspace/fileKeys.ts';
import { createWorkspace } from '../../../server/src/workspace/folderWorkspace.ts';
import { makeFolder, type TestFolder, temporaryFolder } from '../../support/folders.ts';

const { signal } = new AbortController();
const SETTINGS: FolderSettings = { siteUrl: '', siteBuilder: 'auto', maxDocumentSize: 1, wikiLinks: false };
const LONG_AGO = new Date('2024-05-01T10:00:00.123Z');

describe('the folder across restarts', () => {
  const { folder: storage, remove } = temporaryFolder('kept');
  let folder: TestFolder;
  beforeEach(async () => {
    folder = await makeFolder({ 'a.md': '[b](b.md) [q "x",](b.md) <https://x.org/>', 'b.md': '', 'sub/c.md': '[b](/b.md)' });
    for (const file of ['a.md', 'b.md', 'sub/c.md']) await utimes(path.join(folder.path, file), LONG_AGO, LONG_AGO);
  });
  afterEach(async () => {
    await folder.remove();
    await rm(storage, { recursive: true, force: true });
  });
  after(remove);

  /** Reads the folder as a new process does; what is to be kept is written at once. */
  async function round(settings = SETTINGS) {
    const due: (() => void)[] = [];
    const clock = {
      now: () => Date.now(),
      after: (_: number, run: () => void) => {
        due.push(run);
        return () => void due.splice(due.indexOf(run), 1);
      },
    };
    const workspace = createWorkspace([folder.uri], { settings: () => settings, storage, log: silentLog, clock });
    await workspace.whenReady(signal);
    for (const run of due.splice(0)) run();
    const links = workspace
      .reach(folder.uriOf('b.md'))
      ?.backlinks.map(({ uri, range, text }) => `${workspace.pathOf(uri)}:${range.start.character} ${text}`);
    const uses = workspace.uses({ kind: 'page', name: '', id: 'page:x.org/' });
    const kept = await keptFile();
    workspace.close();
    return { links, uses, kept };
  }

  async function keptFile(): Promise<string | null> {
    for (let attempt = 0; attempt < 100; attempt++) {
      const names = await readdir(storage).catch(() => []);
      const name = names.find((one) => one.endsWith('.jsonl'));
      if (name !== undefined && names.length === 1) return path.join(storage, name);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return null;
  }

  /** The file says another text than the page: what is said tells which was read. */
  async function falsify(kept: string | null): Promise<void> {
    assert.ok(kept);
    await writeFile(kept, (await readFile(kept, 'utf8')).replace('"b"]', '"kept"]'));
  }

  const READ = ['a.md:4 b', 'a.md:19 q "x",', 'sub/c.md:4 b'];

  it('takes up what it kept, and only for files that are the same', async () => {
    const first = await round();
    assert.deepEqual([first.links, first.uses], [READ, 1]);
    await falsify(first.kept);
    const second = await round();
    assert.deepEqual([second.links, second.uses], [['a.md:4 kept', ...READ.slice(1)], 1]);
    await utimes(path.join(folder.path, 'a.md'), LONG_AGO, new Date('2024-05-02T10:00:00Z'));
    assert.deepEqual((await round()).links, READ);
  });

  it('reads anew where links are read otherwise now', async () => {
    await falsify((await round()).kept);
    assert.deepEqual((await round({ ...SETTINGS, siteUrl: 'https://site.org/' })).links, READ);
  });

  it('does not keep a file that was changed a moment ago', async () => {
    const now = new Date();
    await utimes(path.join(folder.path, 'a.md'), now, now);
    const { kept } = await round();
    assert.doesNotMatch(await readFile(kept ?? '', 'utf8'), /"a\.md"/);
  });

  for (const [says, damage] of [
    ['cut off', (text: string) => text.slice(0, text.length / 2)],
    ['empty', () => ''],
    ['of another version', (text: string) => text.replace(',1,', ',0,')],
    ['full of nonsense', (text: string) => text.replaceAll('"b.md"', '{]')],
    ['of other shapes', (text: string) => text.replace(/\[\["b.md".*$/gm, '[["b.md",1,"x"]],[]]')],
  ] as const) {
    it(`does not believe a file that is ${says}`, async () => {
      const { kept } = await round();
      assert.ok(kept);
      await writeFile(kept, damage(await readFile(kept, 'utf8')));
      assert.deepEqual((await round()).links, READ);
    });
  }

  it('forgets folders that nobody opens', async () => {
    await round();
    const old = path.join(storage, 'old.jsonl');
    await writeFile(old, 'x');
    await utimes(old, LONG_AGO, LONG_AGO);
    await utimes(path.join(folder.path, 'b.md'), LONG_AGO, new Date('2024-05-03T10:00:00Z'));
    await round();
    for (let attempt = 0; attempt < 100 && (await readdir(storage)).includes('old.jsonl'); attempt++)
      await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal((await readdir(storage)).includes('old.jsonl'), false);
  });
});
