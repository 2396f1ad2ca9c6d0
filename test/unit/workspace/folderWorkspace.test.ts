/** The workspace layer on real folders: what it reads, what it leaves alone, and how it follows changes. */
import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { scanMarkdown } from '../../../server/src/scan/markdown.ts';
import { systemClock } from '../../../server/src/util/clock.ts';
import { lineIndex } from '../../../server/src/util/lineIndex.ts';
import { silentLog } from '../../../server/src/util/log.ts';
import type { FolderSettings } from '../../../server/src/workspace/fileKeys.ts';
import { createWorkspace } from '../../../server/src/workspace/folderWorkspace.ts';
import { listDocuments } from '../../../server/src/workspace/listDocuments.ts';
import type { Workspace } from '../../../server/src/workspace/workspace.ts';
import { makeFolder, type TestFolder } from '../../support/folders.ts';

const { signal } = new AbortController();
const SETTINGS: FolderSettings = { siteUrl: '', siteBuilder: 'auto', maxDocumentSize: 1, wikiLinks: false, exclude: [] };

describe('the folder on disk', () => {
  const folders: TestFolder[] = [];
  const workspaces: Workspace[] = [];
  afterEach(async () => {
    for (const workspace of workspaces.splice(0)) workspace.close();
    for (const folder of folders.splice(0)) await folder.remove();
  });

  async function open(files: Readonly<Record<string, string | Uint8Array>>, settings = SETTINGS) {
    const folder = await makeFolder(files);
    const workspace = createWorkspace([folder.uri], { settings: () => settings, log: silentLog, clock: systemClock });
    folders.push(folder);
    workspaces.push(workspace);
    await workspace.whenReady(signal);
    const linking = (file: string) =>
      workspace.reach(folder.uriOf(file))?.backlinks.map(({ uri, range, text }) => `${workspace.pathOf(uri)}:${range.start.line + 1} ${text}`);
    return { folder, workspace, linking };
  }

  function setOpen(workspace: Workspace, uri: string, text: string): void {
    const at = lineIndex(text);
    workspace.setOpen(uri, text, scanMarkdown(text), (start, end) => ({ start: at(start), end: at(end) }));
  }

  it('knows who links to a page, with place and words, in HTML and Markdown', async () => {
    const { linking, workspace, folder } = await open({
      'index.md': '# Home\n\n[Install](guide/install.md)\n',
      'old.html': '<p>\n<a href="guide/install.html#x">click <b>here</b></a><img src="guide/install.md"></p>',
      'ref.md': '[the guide][g]\n\n[g]: /guide/install\n[unused]: /guide/install\n',
      'guide/install.md': '[self](#top) [self](install.md) ![pic](../old.html)',
    });
    assert.deepEqual(linking('guide/install.md'), ['index.md:3 Install', 'old.html:2 click here', 'ref.md:1 the guide']);
    assert.deepEqual(linking('old.html'), []);
    assert.deepEqual(
      workspace.files().map((uri) => workspace.pathOf(uri)),
      ['guide/install.md', 'index.md', 'old.html', 'ref.md'],
    );
    const reach = workspace.reach(folder.uriOf('guide/install.md'));
    assert.deepEqual([reach?.clicks, reach?.start], [1, 'index.md']);
  });

  it('leaves ignored, hidden and built files alone, and does not call them missing', async () => {
    const { workspace, folder, linking } = await open({
      '.gitignore': 'private/\n*.tmp.md\n!keep.tmp.md\n',
      'a.md': '[p](private/x.md) [n](node_modules/m/README.md) [gone](gone.md) [pic](pic.png) [dir](sub)',
      'private/x.md': '[a](../a.md)',
      'node_modules/m/README.md': '[a](../../a.md)',
      '.cache/x.md': '[a](../a.md)',
      'package.json': '{}',
      'dist/index.html': '<a href="../a.md">',
      'sub/build/how.md': '[a](../../a.md)',
      'x.tmp.md': '[a](a.md)',
      'keep.tmp.md': '[a](a.md)',
      'sub/.gitignore': '/only-here.md\n',
      'sub/only-here.md': '[a](../a.md)',
      'sub/deeper/only-here.md': '[a](../../a.md)',
      'pic.png': 'x',
    });
    assert.deepEqual(linking('a.md'), ['keep.tmp.md:1 a', 'sub/build/how.md:1 a', 'sub/deeper/only-here.md:1 a']);
    const exists = (url: string) => workspace.resolve(folder.uriOf('a.md'), { url, resolved: null }, null)?.exists;
    assert.deepEqual(['private/x.md', 'node_modules/m/README.md', 'x.tmp.md', 'gone.md', 'pic.png', 'sub', 'sub/', 'sub/none/x.md'].map(exists), [
      null,
      null,
      null,
      false,
      true,
      true,
      true,
      false,
    ]);
    const listed = await listDocuments(folder.path, signal);
    assert.deepEqual(
      listed.map((file) => path.relative(folder.path, file)),
      ['a.md', 'keep.tmp.md', path.join('sub', 'build', 'how.md'), path.join('sub', 'deeper', 'only-here.md')],
    );
  });

  it('reads files that are not UTF-8, empty or too large without falling over', async () => {
    const { linking, workspace } = await open(
      {
        'latin1.html': Buffer.from('<a href="a.md">caf\u00e9</a>', 'latin1'),
        'utf16.md': Buffer.from('\ufeff[sixteen](a.md)', 'utf16le'),
        'binary.md': new Uint8Array([0xff, 0x00, 0xfe, 0x5b, 0x61, 0x5d]),
        'empty.md': '',
        'large.md': `[large](a.md)${' '.repeat(30_000)}`,
        'a.md': '',
      },
      { ...SETTINGS, maxDocumentSize: 0.02 },
    );
    assert.deepEqual(linking('a.md'), ['latin1.html:1 café', 'utf16.md:1 sixteen']);
    assert.equal(workspace.pages(), 6);
  });

  it('follows files that are created, changed, deleted and moved', async () => {
    const { folder, workspace, linking } = await open({ 'a.md': '', 'b.md': '[a](a.md)' });
    const tell = async (...changes: [file: string, kind: 'created' | 'changed' | 'deleted'][]) => {
      workspace.changed(changes.map(([file, kind]) => ({ uri: folder.uriOf(file), kind })));
      await workspace.whenReady(signal);
    };
    await folder.write('c.md', '[a too](a.md)');
    await tell(['c.md', 'created']);
    assert.deepEqual(linking('a.md'), ['b.md:1 a', 'c.md:1 a too']);
    await folder.write('b.md', 'nothing');
    await tell(['b.md', 'changed']);
    assert.deepEqual(linking('a.md'), ['c.md:1 a too']);
    await folder.write('sub/deep/d.md', '[up](../../a.md)');
    await tell(['sub', 'created']);
    assert.deepEqual(linking('a.md'), ['c.md:1 a too', 'sub/deep/d.md:1 up']);
    await rm(path.join(folder.path, 'sub'), { recursive: true });
    await tell(['sub', 'deleted']);
    assert.deepEqual(linking('a.md'), ['c.md:1 a too']);
    await rm(path.join(folder.path, 'a.md'));
    await folder.write('moved.md', '');
    await tell(['a.md', 'deleted'], ['moved.md', 'created']);
    assert.equal(workspace.resolve(folder.uriOf('c.md'), { url: 'a.md', resolved: null }, null)?.exists, false);
    await folder.write('.gitignore', 'c.md');
    await tell(['.gitignore', 'created']);
    assert.deepEqual(
      workspace.files().map((uri) => workspace.pathOf(uri)),
      ['b.md', 'moved.md'],
    );
  });

  it('takes what is open in the editor for what is true', async () => {
    const { folder, workspace, linking } = await open({ 'a.md': '', 'b.md': '[a](a.md)' });
    setOpen(workspace, folder.uriOf('b.md'), '\n[not saved](a.md)');
    assert.deepEqual(linking('a.md'), ['b.md:2 not saved']);
    workspace.changed([{ uri: folder.uriOf('b.md'), kind: 'changed' }]);
    await workspace.whenReady(signal);
    assert.deepEqual(linking('a.md'), ['b.md:2 not saved']);
    workspace.setClosed(folder.uriOf('b.md'));
    await workspace.whenReady(signal);
    assert.deepEqual(linking('a.md'), ['b.md:1 a']);
  });

  it('knows an open page again when its file, or the reading of the folder, comes back', async () => {
    const { folder, workspace, linking } = await open({ 'a.md': '', 'b.md': '[saved](a.md)', '.gitignore': '' });
    setOpen(workspace, folder.uriOf('a.md'), '[not saved](b.md)');
    setOpen(workspace, folder.uriOf('b.md'), '[not saved](a.md)');
    const told = async (file: string, kind: 'created' | 'changed' | 'deleted') => {
      workspace.changed([{ uri: folder.uriOf(file), kind }]);
      await workspace.whenReady(signal);
    };
    await told('a.md', 'deleted');
    assert.deepEqual(linking('b.md'), []);
    await told('a.md', 'created');
    assert.deepEqual(linking('b.md'), ['a.md:1 not saved']);
    await told('.gitignore', 'changed');
    assert.deepEqual([linking('a.md'), linking('b.md')], [['b.md:1 not saved'], ['a.md:1 not saved']]);
  });

  it('tells once of many changes, and not of typing that changes no link', async () => {
    const { folder, workspace } = await open({ 'a.md': '[b](b.md)', 'b.md': '' });
    let told = 0;
    await new Promise<void>((resolve) => workspace.onDidChange(() => resolve(void told++)));
    const before = told;
    setOpen(workspace, folder.uriOf('a.md'), '\n\ntyping [b](b.md)');
    setOpen(workspace, folder.uriOf('a.md'), '\n\ntyping on [b](b.md)');
    await new Promise((resolve) => setTimeout(resolve, 120));
    assert.equal(told, before);
    assert.deepEqual(workspace.reach(folder.uriOf('b.md'))?.backlinks[0]?.range.start, { line: 2, character: 14 });
  });

  it('counts what is linked on the web, and gives own pages their address', async () => {
    const { folder, workspace } = await open(
      { 'index.md': '<https://x.org/y> [y](https://www.x.org/y#z) <https://docs.example.com/m/guide/>', 'guide.md': '', 'a b.html': '' },
      { ...SETTINGS, siteUrl: 'https://docs.example.com/m' },
    );
    assert.equal(workspace.uses({ kind: 'page', name: '', id: 'page:x.org/y' }), 2);
    assert.equal(workspace.uses({ kind: 'domain', name: '', id: 'domain:x.org' }), 2);
    assert.equal(workspace.reach(folder.uriOf('guide.md'))?.backlinks.length, 1);
    assert.deepEqual(
      ['index.md', 'guide.md', 'a b.html'].map((file) => workspace.siteAddress(folder.uriOf(file))),
      ['https://docs.example.com/m/', 'https://docs.example.com/m/guide/', 'https://docs.example.com/m/a%20b.html'],
    );
    assert.deepEqual(workspace.addressesOf(folder.uriOf('guide.md')), ['https://docs.example.com/m/guide/']);
    assert.deepEqual(workspace.addressesIf(folder.uriOf('gone/guide.md'), ''), ['https://docs.example.com/m/gone/guide/']);
    const fileOf = (url: string) => {
      const file = workspace.fileOf(url);
      return file === null ? null : workspace.pathOf(file);
    };
    assert.deepEqual(['http://docs.example.com/m', 'https://docs.example.com/m/guide/#x', 'https://docs.example.com/guide/'].map(fileOf), [
      'index.md',
      'guide.md',
      null,
    ]);
    assert.deepEqual(['https://docs.example.com/m/a%20b.html', 'https://docs.example.com/m/no', 'https://x.org/m/guide', 'no url'].map(fileOf), [
      'a b.html',
      null,
      null,
      null,
    ]);
  });

  it('counts [[page]] links where the setting says so', async () => {
    const files = { 'a.md': '[[b]] and [[b|the other]]', 'b.md': '' };
    const off = await open(files);
    assert.deepEqual(off.linking('b.md'), []);
    const on = await open(files, { ...SETTINGS, wikiLinks: true });
    assert.deepEqual(on.linking('b.md'), ['a.md:1 b', 'a.md:1 the other']);
  });

  it('leaves out what the editor hides, and takes it up when it no longer does', async () => {
    const files = { 'a.md': '', 'old/b.md': '[a](../a.md)', 'new/c.tmp.md': '[a](../a.md)', 'new/d.md': '[a](../a.md)' };
    const folder = await makeFolder(files);
    folders.push(folder);
    let exclude: readonly string[] = ['old', '**/*.tmp.md', '{'];
    const workspace = createWorkspace([folder.uri], { settings: () => ({ ...SETTINGS, exclude }), log: silentLog, clock: systemClock });
    workspaces.push(workspace);
    const names = async () => {
      await workspace.whenReady(signal);
      return workspace.files().map((uri) => workspace.pathOf(uri));
    };
    assert.deepEqual(await names(), ['a.md', 'new/d.md']);
    assert.equal(workspace.resolve(folder.uriOf('a.md'), { url: 'old/b.md', resolved: null }, null)?.exists, null);
    await folder.write('new/e.tmp.md', '[a](../a.md)');
    workspace.changed([{ uri: folder.uriOf('new/e.tmp.md'), kind: 'created' }]);
    assert.deepEqual(await names(), ['a.md', 'new/d.md']);
    exclude = [];
    workspace.setFolders([folder.uri]);
    assert.deepEqual(await names(), ['a.md', 'new/c.tmp.md', 'new/d.md', 'new/e.tmp.md', 'old/b.md']);
  });

  it('knows which pages nobody links to, and which are linked to most', async () => {
    const { folder, workspace } = await open({
      'index.md': '[a](a.md) [b](b.md)',
      'a.md': '[b](b.md) [b again](b.md)',
      'b.md': '[b](#x)',
      'alone.md': '[a](a.md)',
    });
    const names = (uris: readonly string[] | null) => uris?.map((uri) => workspace.pathOf(uri));
    assert.deepEqual(names(workspace.orphans()), ['alone.md']);
    assert.deepEqual([workspace.linkCount(folder.uriOf('b.md')), workspace.linkCount(folder.uriOf('alone.md'))], [3, 0]);
    assert.deepEqual(
      workspace.strongest(folder.uriOf('alone.md')).map(({ uri, linkingPages }) => [workspace.pathOf(uri), linkingPages]),
      [
        ['a.md', 2],
        ['b.md', 2],
        ['index.md', 0],
      ],
    );
    assert.deepEqual(
      workspace.strongest(folder.uriOf('b.md')).map(({ uri }) => workspace.pathOf(uri)),
      ['alone.md'],
    );
  });

  it('keeps each of several folders when others come and go', async () => {
    const { folder, workspace } = await open({ 'a.md': '[b](b.md)', 'b.md': '' });
    const other = await makeFolder({ 'x.md': '[y](y.md)', 'y.md': '' });
    folders.push(other);
    workspace.setFolders([folder.uri, other.uri]);
    await workspace.whenReady(signal);
    assert.deepEqual([workspace.linkCount(folder.uriOf('b.md')), workspace.linkCount(other.uriOf('y.md'))], [1, 1]);
    workspace.setFolders([other.uri]);
    assert.equal(workspace.linkCount(other.uriOf('y.md')), 1);
    assert.equal(workspace.linkCount(folder.uriOf('b.md')), 0);
  });

  it('has nothing to say without a folder, and says so at once', async () => {
    const workspace = createWorkspace([], {
      settings: () => SETTINGS,
      log: silentLog,
      clock: systemClock,
    });
    await workspace.whenReady(signal);
    assert.deepEqual([workspace.hasFolder, workspace.ready(), workspace.pages(), workspace.files()], [false, true, 0, []]);
    assert.equal(workspace.resolve('file:///x/a.md', { url: 'b.md', resolved: null }, null), null);
    assert.deepEqual(workspace.reach('file:///x/a.md'), { backlinks: [], clicks: null, start: null });
    assert.equal(workspace.uses({ kind: 'page', name: '', id: 'page:x.org/' }), null);
    workspace.close();
  });

  it('stops reading when the folder is gone, and when it is told to', async () => {
    const { folder, workspace } = await open({ 'a.md': '[b](b.md)' });
    workspace.setFolders([`${folder.uri}/nowhere`]);
    await workspace.whenReady(signal);
    assert.deepEqual([workspace.ready(), workspace.pages()], [true, 0]);
    workspace.setFolders([folder.uri]);
    workspace.setFolders([]);
    await workspace.whenReady(signal);
    assert.deepEqual([workspace.ready(), workspace.pages()], [true, 0]);
    await assert.rejects(workspace.whenReady(AbortSignal.abort()), { name: 'AbortError' });
  });

  it('understands Windows addresses', async () => {
    const settings = () => SETTINGS;
    const workspace = createWorkspace(['file:///C%3A/Users/x/docs'], { settings, log: silentLog, clock: systemClock });
    workspaces.push(workspace);
    await workspace.whenReady(signal);
    setOpen(workspace, 'file:///c%3A/Users/x/docs/a.md', '[b](sub\\b.md)');
    setOpen(workspace, 'file:///C:/Users/x/docs/sub/b.md', '');
    assert.equal(workspace.pathOf('file:///C:/Users/x/docs/sub/b.md'), 'sub/b.md');
    assert.deepEqual(
      workspace.reach('file:///c%3A/Users/x/docs/sub/b.md')?.backlinks.map(({ uri }) => uri),
      ['file:///c%3A/Users/x/docs/a.md'],
    );
  });
});
