/** `backlinkLens/lostPages`, `backlinkLens/redirectLost`, and the problems of a file of redirects: pages that are gone while links still lead there. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { CodeAction, Diagnostic, TextDocumentEdit } from 'vscode-languageserver-protocol';
import { lostPagesChangedNotification, lostPagesRequest, redirectLostRequest } from '../../shared/protocol.ts';
import { startedParts } from './started.ts';

describe('lost pages', () => {
  const parts = startedParts();

  async function start(files: Readonly<Record<string, string>>, settings: object = {}, trusted = true) {
    const folder = await parts.folder(files);
    const git = (...words: string[]) =>
      execFileSync('git', ['-C', folder.path, '-c', 'user.name=a', '-c', 'user.email=a@b.c', ...words], { stdio: 'pipe' });
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'one');
    await rm(path.join(folder.path, 'guide.md'), { force: true });
    git('commit', '-qam', 'two', '--allow-empty');
    const all = { 'index.path': parts.index, siteUrl: 'https://handbook.dev/', ...settings };
    const server = await parts.server({ folders: [folder.uri], settings: all, options: { trusted } });
    return { folder, server, lost: async () => server.connection.sendRequest(lostPagesRequest, { again: true }) };
  }

  const FILES = { 'index.md': '# H\n', 'guide.md': '# Guide\n', _redirects: '# none yet\n' };

  it('are linked addresses without a page, with the commit that removed it and the redirect that would help', async () => {
    const { folder, lost, server } = await start(FILES);
    const { pages, why } = await server.until(lost, (answer) => answer.pages.length > 0);
    assert.equal(why, null);
    const guide = pages.find((page) => /^\/guide\/?$/.test(page.path));
    assert.ok(guide, JSON.stringify(pages));
    assert.match(guide.message, /^\/guide\/? (?:was removed in [0-9a-f]{7,} \(|is no page)/);
    assert.deepEqual(guide.redirect, { to: 'https://handbook.dev/', file: '_redirects' });
    const edit = await server.connection.sendRequest(redirectLostRequest, { folder: folder.uri, url: guide.url, unsaved: [] });
    const [change] = (edit?.documentChanges ?? []) as TextDocumentEdit[];
    assert.equal(change?.textDocument.uri, folder.uriOf('_redirects'));
    assert.deepEqual(
      change?.edits.map((one) => ('newText' in one ? one.newText : '')),
      [`${guide.path} / 301\n`],
    );
    const held = '/* /index.html 200\n# unsaved, and longer\n';
    const unsaved = [{ uri: folder.uriOf('_redirects'), text: held }];
    const again = await server.connection.sendRequest(redirectLostRequest, { folder: folder.uri, url: guide.url, unsaved });
    const [fresh] = (again?.documentChanges ?? []) as TextDocumentEdit[];
    assert.deepEqual(
      fresh?.edits.map(({ range }) => range.start),
      [{ line: 0, character: 0 }],
    );
  });

  it('are problems of the file of redirects, each with its quick fixes, and the editor is told of them', async () => {
    const { folder, server } = await start(FILES);
    const uri = folder.uriOf('_redirects');
    const pull = async () =>
      (await server.connection.sendRequest<{ items: Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri } })).items;
    const [problem] = await server.until(pull, (items) => items.length > 0);
    assert.ok(problem);
    assert.deepEqual([problem.code, problem.severity, problem.range.start.line], ['lost-page', 2, 1]);
    const actions = await server.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: problem.range,
      context: { diagnostics: [problem] },
    });
    assert.match(
      actions.map(({ title }) => title).join(' | '),
      /^Redirect \/\S+ to \/ \| Never call \/\S+ lost \| Turn off “lost-page” in this folder$/,
    );
    assert.ok(server.received.some(({ method }) => method === lostPagesChangedNotification.method));
  });

  it('are saved by a redirect, and by the settings', async () => {
    const saved = await start({ ...FILES, _redirects: '/* / 301\n' });
    const waits = async ({ server, lost }: typeof saved) => server.until(lost, (answer) => answer.why === null);
    assert.deepEqual((await waits(saved)).pages, []);
    const excluded = await start(FILES, { lostPages: { exclude: ['/**'] } });
    assert.deepEqual((await waits(excluded)).pages, []);
  });

  it('are not what a site builder lists without a file of its own', async () => {
    const pages = {
      'hugo.toml': 'baseURL = "https://handbook.dev/"\n',
      'content/_index.md': '# H\n',
      'content/many/one.md': '# 1\n',
      'guide.md': 'x',
    };
    const { server, lost } = await start(pages);
    const answer = await server.until(lost, (one) => one.pages.length > 0);
    const paths = answer.pages.map(({ path: at }) => at);
    assert.ok(paths.includes('/guide') && !paths.includes('/many'), paths.join(' '));
  });

  it('have no history in Restricted Mode', async () => {
    const { server, lost } = await start(FILES, {}, false);
    // The index is not opened there either: nothing is known, and that is said.
    const answer = await server.until(lost, ({ why }) => why !== 'reading');
    assert.deepEqual([answer.pages, answer.why], [[], 'no-index']);
  });

  it('are not known without the address of the site', async () => {
    const { server, lost } = await start(FILES, { siteUrl: '' });
    assert.equal((await server.until(lost, ({ why }) => why !== 'reading')).why, 'no-site');
  });
});
