/** `textDocument/diagnostic`, `textDocument/codeAction` and `textDocument/inlayHint`: what the editor is told of links, and what it can do about it. */
import assert from 'node:assert/strict';
import type { CodeAction, Diagnostic, InlayHint } from 'vscode-languageserver-protocol';
import { makeFolder, type TestFolder } from '../support/folders.ts';
import { buildSmallWeb, type SmallWeb } from '../support/smallWeb.ts';
import { startServer, type TestServer } from './server.ts';

const TEXT = '<p><a href="https://ads.dev/x">x</a>\n<a rel="nofollow" href="https://handbook.dev/guide">guide</a></p>\n';
const RULES = { 'nofollow-mismatch': 'warning', 'generic-anchor': 'off' };

describe('findings of a document', () => {
  let folder: TestFolder;
  let server: TestServer;
  let web: SmallWeb;
  let uri: string;
  let settings: Readonly<Record<string, unknown>>;

  before(async () => {
    web = await buildSmallWeb();
    folder = await makeFolder({ 'a.html': TEXT });
    uri = folder.uriOf('a.html');
    settings = { 'index.path': web.index, rules: RULES, nofollowTargets: ['ads.dev'], followTargets: ['handbook.dev'] };
    server = await startServer({ folders: [folder.uri], settings });
    await server.open(uri, TEXT);
  });
  after(async () => {
    await server.stop();
    await folder.remove();
    await web.remove();
  });

  const pull = async () => (await server.connection.sendRequest<{ items: Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri } })).items;
  const found = async () => server.until(pull, (items) => items.filter(({ code }) => code === 'nofollow-mismatch').length === 2);
  const fixes = async (diagnostic: Diagnostic) =>
    server.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: diagnostic.range,
      context: { diagnostics: [diagnostic] },
    });
  const hints = async () =>
    server.connection.sendRequest<InlayHint[]>('textDocument/inlayHint', {
      textDocument: { uri },
      range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } },
    });

  it('textDocument/diagnostic: links that are followed where they are not to be, and the reverse', async () => {
    const said = (await found()).filter(({ code }) => code === 'nofollow-mismatch');
    assert.deepEqual(
      said.map(({ range, severity }) => [range.start.line, severity]),
      [
        [0, 2],
        [1, 2],
      ],
    );
  });

  it('textDocument/codeAction: the repair, which takes the finding away', async () => {
    const [first] = await found();
    assert.ok(first);
    const actions = await fixes(first);
    assert.deepEqual(
      actions.map(({ title, isPreferred }) => [title, isPreferred === true]),
      [
        ['Add rel="nofollow"', true],
        ['Ignore this link', false],
        ['Ignore everything on ads.dev', false],
        ['Ignore here, by a comment', false],
        ['Turn off “nofollow-mismatch” in this folder', false],
      ],
    );
    assert.deepEqual(
      actions[0]?.edit?.changes?.[uri]?.map(({ newText }) => newText),
      [' rel="nofollow"'],
    );
    assert.deepEqual(
      actions[3]?.edit?.changes?.[uri]?.map(({ newText }) => newText),
      ['<!-- backlink-lens-ignore -->'],
    );
    await server.change(uri, 2, TEXT.replace('/x">', '/x"><!-- backlink-lens-ignore -->'));
    const left = await server.until(pull, (items) => items.length === 1);
    assert.equal(left[0]?.range.start.line, 1);
    await server.change(uri, 3, TEXT);
  });

  it('textDocument/codeAction: nothing for a text that has moved on', async () => {
    const [first] = await found();
    assert.ok(first);
    await server.change(uri, 4, `<!-- more -->${TEXT}`);
    const titles = (await fixes(first)).map(({ title }) => title);
    assert.ok(!titles.includes('Add rel="nofollow"') && !titles.includes('Ignore here, by a comment'), titles.join(' | '));
    await server.change(uri, 5, TEXT);
  });

  it('textDocument/inlayHint: none until the setting asks for them, then what is known', async () => {
    assert.deepEqual(await hints(), []);
    await server.setSettings({ ...settings, inlayHints: true });
    const shown = await server.until(hints, (all) => all.length === 1);
    assert.deepEqual(
      shown.map(({ position: { line, character }, label }) => [line, TEXT.split('\n')[1]?.slice(0, character).endsWith('</a>'), typeof label]),
      [[1, true, 'string']],
    );
    const refreshed = () => server.received.some(({ method }) => method === 'workspace/inlayHint/refresh');
    assert.ok(await server.until(async () => refreshed(), Boolean), 'the editor is told to ask again');
  });
});
