/** Folders of site builders: pages are found by their addresses, and addresses by their files, whatever way a link is written. */
import assert from 'node:assert/strict';
import { systemClock } from '../../../server/src/util/clock.ts';
import { silentLog } from '../../../server/src/util/log.ts';
import type { FolderSettings } from '../../../server/src/workspace/fileKeys.ts';
import { createWorkspace } from '../../../server/src/workspace/folderWorkspace.ts';
import type { Workspace } from '../../../server/src/workspace/workspace.ts';
import { makeFolder, type TestFolder } from '../../support/folders.ts';

const { signal } = new AbortController();
const SETTINGS: FolderSettings = { siteUrl: '', siteBuilder: 'auto', maxDocumentSize: 1, wikiLinks: false };
const HUGO = {
  'hugo.toml': "baseURL = 'https://docs.site.org/hand/'\n",
  'content/_index.md': '[Guide](/hand/guide/) [Guide](guide/) [Guide](/guide)',
  'content/guide/_index.md': '[Install](install) [file](install.md) [up](../) <https://docs.site.org/hand/guide/install/>',
  'content/guide/install.md': '---\nslug: set-up\naliases: [/old/]\n---\n[guide](../) [old](/old/)',
  'README.md': '[pages](content/guide/install.md)',
};

describe('a folder with a site builder', () => {
  const made: { folder: TestFolder; workspace: Workspace }[] = [];
  afterEach(async () => {
    for (const { folder, workspace } of made.splice(0)) {
      workspace.close();
      await folder.remove();
    }
  });

  async function open(files: Readonly<Record<string, string>>, settings = SETTINGS) {
    const folder = await makeFolder(files);
    let now = settings;
    const workspace = createWorkspace([folder.uri], { settings: () => now, log: silentLog, clock: systemClock });
    made.push({ folder, workspace });
    await workspace.whenReady(signal);
    const linking = (file: string) =>
      workspace.reach(folder.uriOf(file))?.backlinks.map(({ uri, range }) => `${workspace.pathOf(uri)}:${range.start.character}`);
    const change = async (next: FolderSettings) => {
      now = next;
      workspace.setFolders([folder.uri]);
      await workspace.whenReady(signal);
    };
    return { folder, workspace, linking, change };
  }

  it('finds who links to a page by path, by address and by alias', async () => {
    const { linking, workspace, folder } = await open(HUGO);
    assert.deepEqual(linking('content/guide/_index.md'), [
      'content/_index.md:8',
      'content/_index.md:30',
      'content/_index.md:46',
      'content/guide/install.md:8',
    ]);
    assert.deepEqual(linking('content/guide/install.md'), ['README.md:8', 'content/guide/_index.md:10', 'content/guide/_index.md:26']);
    assert.deepEqual(
      [workspace.reach(folder.uriOf('content/guide/install.md'))?.clicks, workspace.reach(folder.uriOf('README.md'))?.start],
      [2, 'content/_index.md'],
    );
  });

  it('asks for the address before it uses it, and reads nothing again when it is told', async () => {
    const { workspace, folder, change, linking } = await open(HUGO);
    const uri = folder.uriOf('content/guide/install.md');
    const guess = { url: 'https://docs.site.org/hand/', from: 'hugo.toml', address: 'https://docs.site.org/hand/guide/set-up/' };
    assert.deepEqual(workspace.site(uri), { folder: folder.uri, builder: 'hugo', siteUrl: null, address: null, guess, onDisk: true });
    assert.deepEqual([workspace.siteAddress(uri), workspace.addressesOf(uri)], [null, []]);
    let told = 0;
    workspace.onDidChange(() => void told++);
    await change({ ...SETTINGS, siteUrl: guess.url });
    assert.equal(workspace.ready(), true);
    assert.deepEqual(workspace.addressesOf(uri), ['https://docs.site.org/hand/guide/set-up/', 'https://docs.site.org/hand/old/']);
    assert.equal(linking('content/guide/_index.md')?.length, 4);
    await change({ ...SETTINGS, siteUrl: 'https://other.org/' });
    assert.deepEqual(workspace.addressesOf(uri)[0], 'https://other.org/guide/set-up/');
  });

  it('tells addresses of pages that moved or are gone, and files of addresses', async () => {
    const { workspace, folder } = await open(HUGO, { ...SETTINGS, siteUrl: 'https://docs.site.org/hand/' });
    assert.deepEqual(workspace.addressesIf(folder.uriOf('content/new/gone.md'), '---\naliases: /was/\n---\n'), [
      'https://docs.site.org/hand/new/gone/',
      'https://docs.site.org/hand/was/',
    ]);
    const fileOf = (url: string) => {
      const file = workspace.fileOf(url);
      return file === null ? null : workspace.pathOf(file);
    };
    assert.deepEqual(
      [
        'https://docs.site.org/hand/',
        'http://www.docs.site.org/hand/guide/set-up',
        'https://docs.site.org/hand/old/index.html',
        'https://docs.site.org/hand/guide/install/',
      ].map(fileOf),
      ['content/_index.md', 'content/guide/install.md', 'content/guide/install.md', null],
    );
    assert.deepEqual(workspace.addressesOf(folder.uriOf('README.md')), []);
  });

  it('follows changes of the front matter and of the builder’s settings', async () => {
    const { workspace, folder, linking } = await open({ 'mkdocs.yml': '', 'docs/index.md': '[A](/pages/a/)', 'docs/a.md': '' });
    assert.deepEqual(linking('docs/a.md'), []);
    await folder.write('mkdocs.yml', 'docs_dir: docs\nplugins:\n  - redirects:\n      redirect_maps:\n        pages/a.md: a.md\n');
    workspace.changed([{ uri: folder.uriOf('mkdocs.yml'), kind: 'changed' }]);
    await workspace.whenReady(signal);
    assert.deepEqual(linking('docs/a.md'), ['docs/index.md:4']);
    assert.equal(workspace.site(folder.uriOf('docs/a.md'))?.builder, 'mkdocs');
    const plain = await open(HUGO, { ...SETTINGS, siteBuilder: 'none', siteUrl: 'https://s.org/' });
    assert.deepEqual(plain.workspace.addressesOf(plain.folder.uriOf('content/guide/install.md')), ['https://s.org/content/guide/install/']);
  });
});
