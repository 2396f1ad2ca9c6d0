/** Bad input: nothing crashes, everything says what is the case. Last of the suites: a large document stays with the server for a while. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { BacklinkLensApi } from '../../client/src/api.ts';
import { closeAll, fileOf, hoverOver, running, show, until } from './support.ts';

describe('unusual documents', () => {
  let api: BacklinkLensApi;
  before(async () => {
    api = await running();
  });
  afterEach(closeAll);

  const nodeOf = (uri: vscode.Uri) =>
    until(`${uri.path} in the tree`, async () => {
      const node = (await api.tree.getChildren()).find((child) => child.kind === 'document' && child.uri === uri.toString());
      return node?.kind === 'document' && node.facts !== null ? node : null;
    });
  const open = async (language: string, content: string) => {
    const document = await vscode.workspace.openTextDocument({ language, content });
    await vscode.window.showTextDocument(document);
    return document;
  };

  for (const language of ['markdown', 'html']) {
    it(`takes an empty ${language} document`, async () => {
      const node = await nodeOf((await open(language, '')).uri);
      assert.deepEqual(node.facts?.links, []);
    });
  }

  it('takes a document that is in no folder', async () => {
    const document = await open('markdown', 'See [the spec](https://openberth.example/spec/) and [a page](guide/install.md).\n');
    await until('facts', async () => (await hoverOver(document, 'https://openberth.example/spec/'))?.includes('Backlinks'));
    assert.equal((await nodeOf(document.uri)).facts?.problem, null);
  });

  it('takes URLs that do not parse', async () => {
    const document = await open(
      'markdown',
      '[a](https://) [b](http://[::1) [c](https://exa mple.test) [d](<https://%zz.test/>) [e](javascript:alert(1))\n',
    );
    assert.ok((await nodeOf(document.uri)).facts);
    for (const text of ['[a]', '[b]', '[d]', '[e]']) await hoverOver(document, text);
    assert.ok(api.client.isRunning());
  });

  it('takes a document that is not UTF-8', async () => {
    const uri = fileOf('latin1.html');
    await vscode.workspace.fs.writeFile(uri, Buffer.from('<a href="https://openberth.example/spec/">Fen\u00eatre d\u00e9j\u00e0</a>', 'latin1'));
    try {
      const document = await show('latin1.html');
      await until('facts', async () => (await hoverOver(document, 'https://openberth.example/spec/'))?.includes('Backlinks'));
    } finally {
      await vscode.workspace.fs.delete(uri);
    }
  });

  it('follows a file that is renamed away and back', async () => {
    const document = await show('README.md');
    const folderLinks = async () => /of this folder link/.test((await hoverOver(document, 'guide/install.md')) ?? '');
    await until('known', folderLinks);
    await vscode.workspace.fs.rename(fileOf('guide/install.md'), fileOf('guide/moved.md'));
    try {
      await until('gone', async () => !(await folderLinks()));
    } finally {
      await vscode.workspace.fs.rename(fileOf('guide/moved.md'), fileOf('guide/install.md'));
    }
    await until('known again', folderLinks);
  });

  it('takes a document of 10 MB and goes on answering', async () => {
    const line = '[the spec](https://openberth.example/spec/) and much text that is no link at all, line after line\n';
    const uri = fileOf('large.md');
    await vscode.workspace.fs.writeFile(uri, Buffer.from(line.repeat(Math.ceil(10_000_000 / line.length))));
    try {
      const document = await show('large.md');
      const node = await nodeOf(document.uri);
      assert.ok((node.facts?.links.length ?? 0) > 0 || node.facts?.problem, 'scanned, or said why not');
      const small = await show('README.md');
      await until('other documents are answered', async () => (await hoverOver(small, 'https://www.harbour.example/'))?.includes('Backlinks'));
    } finally {
      await closeAll();
      await vscode.workspace.fs.delete(uri);
    }
  }).timeout(60_000);
});
