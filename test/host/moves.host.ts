/** A page is renamed: its links follow, its redirect is written, and both go when the rename is undone. And strength hints, and a comment that silences. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, codeOf, fileOf, findings, running, set, show, until } from './support.ts';

async function textOf(path: string): Promise<string> {
  return (await vscode.workspace.openTextDocument(fileOf(path))).getText();
}

async function isThere(path: string): Promise<boolean> {
  return vscode.workspace.fs.stat(fileOf(path)).then(
    () => true,
    () => false,
  );
}

describe('a page that moves', () => {
  before(running);
  afterEach(async () => {
    await set('redirects', undefined).catch(() => {});
    await set('redirects.onMove', undefined);
    await vscode.workspace.saveAll();
    await closeAll();
  });

  it('takes its links along and leaves a redirect, all undone with the rename', async () => {
    await set('redirects.onMove', 'always');
    await show('guide/tides.md');
    const before = { faq: await textOf('faq.md'), redirects: await textOf('_redirects') };
    assert.match(before.faq, /\(guide\/tides\.md\)/);
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(fileOf('guide/tides.md'), fileOf('guide/water.md'));
    assert.ok(await vscode.workspace.applyEdit(edit));
    await until('the redirect', async () => (await textOf('_redirects')).includes('/guide/tides/ /guide/water/ 301'));
    assert.match(await textOf('faq.md'), /\(guide\/water\.md\)/);
    assert.match(await textOf('guide/install.md'), /\(water\.md\)/);
    assert.ok(await isThere('guide/water.md'));

    await show('guide/water.md');
    await vscode.commands.executeCommand('undo');
    await until('the page is back', async () => (await isThere('guide/tides.md')) && !(await isThere('guide/water.md')));
    await until('the redirect is gone', async () => (await textOf('_redirects')) === before.redirects);
    await until('the links are back', async () => (await textOf('faq.md')) === before.faq);
  });
});

describe('quick fixes that write', () => {
  before(running);
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await closeAll();
  });

  it('silence a finding by a comment that changes nothing else', async () => {
    const { uri } = await show('guide/deploy.md');
    const wanted = () => findings(uri).filter((diagnostic) => codeOf(diagnostic) === 'broken-internal');
    const [found] = await until('broken-internal', () => (wanted().length > 0 ? wanted() : null));
    assert.ok(found);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', uri, found.range);
    const comment = actions.find(({ title }) => title === 'Ignore here, by a comment');
    assert.ok(comment?.edit, actions.map(({ title }) => title).join(' | '));
    assert.ok(await vscode.workspace.applyEdit(comment.edit));
    await until('silent', () => wanted().length === 0);
    assert.match(await textOf('guide/deploy.md'), /\[their own page\]\(backup\.md\)<!-- backlink-lens-ignore -->/);
  });

  it('names the pages that are lost, and takes their redirects', async () => {
    const { uri } = await show('_redirects');
    const lost = () => findings(uri).filter((diagnostic) => diagnostic.message.startsWith('/guide/moorings/'));
    const [found] = await until('lost-page', () => (lost().length > 0 ? lost() : null));
    assert.ok(found);
    assert.equal(codeOf(found), 'lost-page');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', uri, found.range);
    const redirect = actions.find(({ title }) => title.startsWith('Redirect /guide/moorings/ to '));
    assert.ok(redirect?.edit, actions.map(({ title }) => title).join(' | '));
    assert.ok(await vscode.workspace.applyEdit(redirect.edit));
    assert.match(await textOf('_redirects'), /^\/guide\/moorings\/ \/\S* 301$/m);
  });
});

describe('strength hints', () => {
  before(running);
  afterEach(async () => {
    await set('inlayHints', undefined);
    await closeAll();
  });

  it('are off until the command turns them on, and stand after the link', async () => {
    const document = await show('guide/install.md');
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const hints = async () => vscode.commands.executeCommand<vscode.InlayHint[]>('vscode.executeInlayHintProvider', document.uri, whole);
    assert.deepEqual(await hints(), []);
    await vscode.commands.executeCommand('backlinkLens.toggleHints');
    const shown = await until('hints', async () => {
      const all = await hints();
      return all.length > 0 ? all : null;
    });
    for (const { label, position } of shown) {
      assert.match(typeof label === 'string' ? label : '', /\d/);
      assert.match(document.lineAt(position.line).text.slice(0, position.character), /[)>\]]$|<\/a>$|\S$/);
    }
    await vscode.commands.executeCommand('backlinkLens.toggleHints');
    await until('off again', async () => (await hints()).length === 0);
  });
});
