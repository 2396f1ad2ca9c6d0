/** `backlinkLens/move`, `workspace/willRenameFiles` and `workspace/willDeleteFiles`: who links there, which links follow, which redirect is written. */
import assert from 'node:assert/strict';
import type { TextDocumentEdit, WorkspaceEdit } from 'vscode-languageserver-protocol';
import { type MoveEdits, moveRequest } from '../../shared/protocol.ts';
import type { TestFolder } from '../support/folders.ts';
import type { StartParameters } from './server.ts';
import { startedParts } from './started.ts';

const FILES = {
  'index.md': '[Guide](guide.md#top) ![i](img/p.png)\n',
  'docs/a.md': '[back](../guide.md) [next](b.md)\n\n[r]: ../guide.md "t"\n\n[r]\n',
  'docs/b.md': '# B\n',
  'page.html': '<a href="guide.md">x</a> <a href="https://handbook.dev/guide/">y</a> <base2>',
  'guide.md': '[home](index.md) [a](docs/a.md)\n',
  'img/p.png': '',
  _redirects: '# old\n/start /guide/ 301\n/* /index.html 200\n',
};

describe('before files move', () => {
  const parts = startedParts();

  async function start(files: Readonly<Record<string, string>> = FILES, settings: object = {}, more: StartParameters = {}) {
    const folder = await parts.folder(files);
    const all = { 'index.path': parts.index, siteUrl: 'https://handbook.dev/', ...settings };
    const server = await parts.server({ folders: [folder.uri], settings: all, ...more });
    const ask = async (moves: Readonly<Record<string, string | null>>) =>
      server.connection.sendRequest(moveRequest, {
        files: Object.entries(moves).map(([from, to]) => ({ from: folder.uriOf(from), to: to === null ? null : folder.uriOf(to) })),
      });
    await server.until(
      async () => ask({ 'guide.md': 'none.md' }),
      (advice) => advice.pages > 0,
    );
    return { folder, server, ask };
  }

  /** Each changed file with its new texts. */
  function texts(folder: TestFolder, edit: WorkspaceEdit | null): Record<string, string[]> {
    const changes = (edit?.documentChanges ?? []).filter((change): change is TextDocumentEdit => 'textDocument' in change);
    return Object.fromEntries(
      changes.map(({ textDocument, edits }) => [
        textDocument.uri.slice(folder.uri.length + 1),
        edits.flatMap((one) => ('newText' in one ? one.newText : [])),
      ]),
    );
  }

  it('a page: the domains that link there, the links that follow, a redirect in its place', async () => {
    const { folder, ask } = await start();
    const advice = await ask({ 'guide.md': 'docs/handbook.md' });
    assert.deepEqual([advice.pages, advice.page, advice.address, advice.onMove], [1, 'guide.md', 'https://handbook.dev/guide/', 'prompt']);
    assert.deepEqual([typeof advice.backlinks, advice.folderLinks], ['number', 5]);
    assert.deepEqual(advice.redirect, { from: '/guide/', to: '/docs/handbook/', file: '_redirects', count: 1 });
    assert.deepEqual(texts(folder, advice.links), {
      'guide.md': ['../index.md', 'a.md'],
      'docs/a.md': ['handbook.md', 'handbook.md'],
      'index.md': ['docs/handbook.md#top'],
      'page.html': ['docs/handbook.md', 'https://handbook.dev/docs/handbook/'],
    });
    const all = texts(folder, advice.redirects);
    assert.deepEqual(all['_redirects'], ['/docs/handbook/', '/guide/ /docs/handbook/ 301\n']);
    assert.deepEqual(all['guide.md'], ['../index.md', 'a.md'], 'with the links that follow');
  });

  it('a folder: every page below it, and only the links that change', async () => {
    const { folder, ask } = await start();
    const advice = await ask({ docs: 'manual' });
    assert.deepEqual([advice.pages, advice.redirect?.count], [2, 2]);
    assert.deepEqual(texts(folder, advice.links), { 'guide.md': ['manual/a.md'] });
    assert.deepEqual(texts(folder, advice.redirects)['_redirects'], ['/docs/a/ /manual/a/ 301\n/docs/b/ /manual/b/ 301\n']);
  });

  it('a deletion leads readers to the page above', async () => {
    const { ask } = await start();
    const advice = await ask({ 'docs/a.md': null });
    assert.deepEqual(advice.redirect, { from: '/docs/a/', to: '/', file: '_redirects', count: 1 });
    assert.equal(advice.links, null);
  });

  it('letter case alone: links follow, no redirect', async () => {
    const { folder, ask } = await start();
    const advice = await ask({ 'guide.md': 'Guide.md' });
    assert.equal(advice.redirect, null);
    assert.deepEqual(texts(folder, advice.links)['page.html'], ['Guide.md', 'https://handbook.dev/Guide/']);
  });

  it('what is no page, and what says that nothing is to be done, moves in silence', async () => {
    const { ask } = await start();
    const nothing = (advice: MoveEdits) => [advice.pages, advice.redirects, advice.links];
    assert.deepEqual(nothing(await ask({ 'img/p.png': 'img/q.png' })), [0, null, null]);
    assert.deepEqual(nothing(await ask({ 'not-there.md': 'x.md' })), [0, null, null]);
    const quiet = await start(FILES, { redirects: { onMove: 'never' }, updateLinksOnMove: false });
    const advice = await quiet.ask({ 'guide.md': 'x.md' });
    assert.deepEqual([advice.redirects, advice.links, advice.onMove], [null, null, 'never']);
  });

  it('leaves Markdown links to an editor that updates them itself', async () => {
    const settings = { updateLinksOnFileMove: { enabled: 'prompt' } };
    const { folder, ask } = await start(FILES, settings);
    assert.deepEqual(Object.keys(texts(folder, (await ask({ 'guide.md': 'g.md' })).links)), ['page.html']);
  });

  it('front matter, where the site builder reads it', async () => {
    const { folder, ask } = await start({
      'hugo.toml': 'baseURL = "https://handbook.dev/"\n',
      'content/guide.md': '# G\n',
      'content/_index.md': '[g](guide.md)\n',
      'guide.md': 'x',
    });
    const advice = await server(ask);
    assert.equal(advice.redirect?.file, 'content/manual.md');
    const all = texts(folder, advice.redirects);
    assert.deepEqual(all['content/guide.md'], ['---\naliases:\n  - /guide/\n---\n\n']);
    assert.deepEqual(all['content/_index.md'], ['manual.md']);
  });
  const server = async (ask: (moves: Readonly<Record<string, string | null>>) => Promise<MoveEdits>) =>
    ask({ 'content/guide.md': 'content/manual.md' });

  it('to another open folder: its site is named', async () => {
    const other = await parts.folder({ 'index.md': '# Other\n' });
    const folder = await parts.folder(FILES);
    const site = (uri?: string) => (uri === other.uri ? 'https://other.dev/' : 'https://handbook.dev/');
    const both = await parts.server({ folders: [folder.uri, other.uri], settings: (uri) => ({ 'index.path': parts.index, siteUrl: site(uri) }) });
    const ask = async () => both.connection.sendRequest(moveRequest, { files: [{ from: folder.uriOf('guide.md'), to: other.uriOf('guide.md') }] });
    const advice = await both.until(ask, ({ redirect }) => redirect !== null);
    assert.deepEqual(advice.redirect, { from: '/guide/', to: 'https://other.dev/guide/', file: '_redirects', count: 1 });
  });

  it('workspace/willRenameFiles and willDeleteFiles: the same edits, annotated, for any editor', async () => {
    const { folder, server: running } = await start(
      FILES,
      {},
      {
        capabilities: (same) => ({
          ...same,
          workspace: { ...same.workspace, workspaceEdit: { documentChanges: true, resourceOperations: ['create'], changeAnnotationSupport: {} } },
        }),
      },
    );
    const { willRename, willDelete } = running.result.capabilities.workspace?.fileOperations ?? {};
    assert.ok(willRename !== undefined && willDelete !== undefined);
    const edit = await running.connection.sendRequest<WorkspaceEdit | null>('workspace/willRenameFiles', {
      files: [{ oldUri: folder.uriOf('guide.md'), newUri: folder.uriOf('g.md') }],
    });
    assert.match(edit?.changeAnnotations?.['redirect']?.label ?? '', /^Redirect/);
    assert.equal(edit?.changeAnnotations?.['redirect']?.needsConfirmation, true);
    assert.deepEqual(Object.keys(texts(folder, edit)).sort(), ['_redirects', 'docs/a.md', 'index.md', 'page.html']);
    const gone = await running.connection.sendRequest<WorkspaceEdit | null>('workspace/willDeleteFiles', {
      files: [{ uri: folder.uriOf('docs/b.md') }],
    });
    assert.deepEqual(texts(folder, gone), { _redirects: ['/docs/b/ / 301\n'] });
  });
});
