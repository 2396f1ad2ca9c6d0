/** The page that is open: where it stands, who links to it, what its source says once its address is set, and which pages name it. */
import assert from 'node:assert/strict';
import path from 'node:path';
import type { RowChange, Target } from '../../shared/backlinks.ts';
import { alonePagesRequest, opportunitiesRequest, rowsRequest, thisPageRequest, workspaceBacklinksRequest } from '../../shared/protocol.ts';
import { makeFolder, type TestFolder, temporaryFolder } from '../support/folders.ts';
import { buildSmallWeb, type SmallWeb } from '../support/smallWeb.ts';
import { type Settings, startServer, type TestServer } from './server.ts';

const FILES = {
  'mkdocs.yml': 'site_url: https://handbook.dev/\nuse_directory_urls: false\n',
  'docs/index.md': '# Handbook\n\n[Guide](guide.md) [Form](form.md)\n',
  'docs/guide.md': '# The Guide\n\n[home](index.md)\n',
  'docs/form.md': '# The Form\n\nFirst read the guide, then [home](index.md).\n',
  'docs/alone.md': '# Alone\n\nThe guide `the guide` helps. [form](/form.html)\n',
};

const NOWHERE: Target = { kind: 'page', name: '', id: '' };

describe('this page', () => {
  let web: SmallWeb;
  let folder: TestFolder;
  const servers: TestServer[] = [];
  const storage = temporaryFolder('storage');
  before(async () => {
    web = await buildSmallWeb();
    folder = await makeFolder(FILES);
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.stop();
  });
  after(async () => {
    await folder.remove();
    await web.remove();
    storage.remove();
  });

  async function start(own: Settings = {}, options = {}) {
    const settings = { source: 'index', index: { path: web.index }, ...own };
    const server = await startServer({ folders: [folder.uri], settings, options });
    servers.push(server);
    const ask = (file: string) => server.connection.sendRequest(thisPageRequest, { uri: folder.uriOf(file) });
    const ready = (file: string) =>
      server.until(
        async () => ask(file),
        (page) => page?.folder.state === 'ready',
      );
    return { server, ask, ready };
  }

  it('backlinkLens/thisPage tells who links here in the folder and asks for the address before the web', async () => {
    const { server, ready, ask } = await start();
    const page = await ready('docs/guide.md');
    assert.deepEqual(page?.folder, { state: 'ready', backlinks: 1, linkingPages: 1, pages: 4, clicks: 1, start: 'docs/index.md', alone: 1 });
    assert.deepEqual(page?.site, {
      folder: folder.uri,
      builder: 'mkdocs',
      siteUrl: null,
      address: null,
      guess: { url: 'https://handbook.dev/', from: 'mkdocs.yml', address: 'https://handbook.dev/guide.html' },
    });
    assert.deepEqual([page?.path, page?.web], ['docs/guide.md', null]);
    assert.equal(await server.connection.sendRequest(thisPageRequest, { uri: 'file:///elsewhere/a.md' }), null);
    await server.setSettings({ source: 'index', index: { path: web.index }, siteUrl: 'https://handbook.dev/' });
    const told = await server.until(
      async () => ask('docs/form.md'),
      (answer) => answer?.web?.facts.state === 'fresh',
    );
    assert.equal(told?.web?.target.name, 'https://handbook.dev/form.html');
    // Nobody links to form.html: the address of the small web is without the extension.
    assert.equal(told?.web?.facts.state === 'fresh' ? told.web.facts.value.backlinks : null, 0);
  });

  it('meets the web at the address that the site builder gives the page, and gives rows that came or went', async () => {
    const site = await makeFolder({ '.vitepress/config.js': 'export default { cleanUrls: true }', 'guide.md': '# The Guide\n' });
    try {
      const server = await startServer({
        folders: [site.uri],
        settings: { source: 'index', index: { path: web.index }, siteUrl: 'https://handbook.dev/' },
      });
      servers.push(server);
      const page = await server.until(
        async () => server.connection.sendRequest(thisPageRequest, { uri: site.uriOf('guide.md') }),
        (answer) => answer?.web?.facts.state === 'fresh',
      );
      assert.equal(page?.web?.facts.state === 'fresh' ? page.web.facts.value.backlinks : null, 3);
      assert.ok(page?.web);
      const rows = async (changed?: RowChange) =>
        server.connection.sendRequest(rowsRequest, { target: page.web?.target ?? NOWHERE, offset: 0, limit: 10, ...(changed && { changed }) });
      assert.equal((await rows()).rows.length, 3);
      assert.deepEqual((await rows({ status: 'lost', since: '2000-01-01' })).rows, []);
    } finally {
      await site.remove();
    }
  });

  it('backlinkLens/opportunities finds pages that name this one, and the edit that links the words', async () => {
    const { server } = await start();
    const answer = await server.connection.sendRequest(opportunitiesRequest, { uri: folder.uriOf('docs/guide.md') });
    assert.deepEqual(answer.titles, ['The Guide']);
    assert.deepEqual(
      answer.found.map(({ uri, range, text, newText, linkingPages }) => [path.posix.basename(uri), range.start.line, text, newText, linkingPages]),
      [
        ['form.md', 2, 'the guide', '[the guide](guide.md)', 2],
        ['alone.md', 2, 'The guide', '[The guide](guide.md)', 0],
      ],
    );
    const open = folder.uriOf('docs/form.md');
    await server.open(open, '# The Form\n\n[the guide](guide.md)\n');
    const after = await server.until(
      async () => server.connection.sendRequest(opportunitiesRequest, { uri: folder.uriOf('docs/guide.md') }),
      ({ found }) => found.length === 1,
    );
    assert.equal(after.found.length, 1);
  });

  it('backlinkLens/alonePages names the pages that nobody links to', async () => {
    const { server, ready } = await start();
    await ready('docs/index.md');
    assert.deepEqual(await server.connection.sendRequest(alonePagesRequest, {}), [folder.uriOf('docs/alone.md')]);
  });

  it('takes up what it knew after a restart, and keeps nothing in the folder', async () => {
    const options = { storage: storage.folder };
    const first = await start({}, options);
    await first.ready('docs/guide.md');
    const second = await start({}, options);
    await second.ready('docs/guide.md');
    const found = await second.server.connection.sendRequest(workspaceBacklinksRequest, { uri: folder.uriOf('docs/guide.md'), soFar: true });
    assert.deepEqual(
      found?.backlinks.map(({ text }) => text),
      ['Guide'],
    );
  });

  it('says of a folder that is not on this machine that only open documents are known', async () => {
    const server = await startServer({ folders: ['vscode-vfs://github/a/b'], settings: {} });
    servers.push(server);
    await server.open('vscode-vfs://github/a/b/index.md', '[x](x.md)');
    await server.open('vscode-vfs://github/a/b/x.md', '# X');
    const page = await server.until(
      async () => server.connection.sendRequest(thisPageRequest, { uri: 'vscode-vfs://github/a/b/x.md' }),
      (answer) => answer?.folder.backlinks === 1,
    );
    assert.deepEqual([page?.folder.state, page?.folder.alone, page?.site.guess], ['documents', null, null]);
  });
});
