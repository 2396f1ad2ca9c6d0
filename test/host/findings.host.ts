/** Findings: there when a rule is on, gone when it is off, when the link is ignored, when the document is closed. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, codeOf, fileOf, findings, running, set, show, until } from './support.ts';

describe('findings', () => {
  before(running);
  afterEach(async () => {
    const section = vscode.workspace.getConfiguration('backlinkLens');
    if (section.inspect('ignore')?.workspaceValue !== undefined) await section.update('ignore', undefined, vscode.ConfigurationTarget.Workspace);
    await set('rules', undefined);
    await closeAll();
  });

  const has = (uri: vscode.Uri, code: string) => findings(uri).some((diagnostic) => codeOf(diagnostic) === code);

  it('tells of the written form that has the backlinks', async () => {
    const { uri } = await show('guide/install.md');
    const found = await until('form-mismatch', () => findings(uri).find((diagnostic) => codeOf(diagnostic) === 'form-mismatch'));
    assert.equal(found.severity, vscode.DiagnosticSeverity.Information);
    assert.match(found.message, /openberth\.example\/validator\.html/);
    assert.ok(typeof found.code === 'object' && found.code.target.path.endsWith('form-mismatch.md'), 'links to its page');
  });

  it('follows the settings of the folder', async () => {
    const { uri } = await show('guide/deploy.md');
    await until('broken-internal, on in the example', () => has(uri, 'broken-internal'));
    const section = vscode.workspace.getConfiguration('backlinkLens', uri);
    const before = section.inspect('rules')?.workspaceValue;
    try {
      await section.update('rules', { ...(before as object), 'broken-internal': 'off' }, vscode.ConfigurationTarget.Workspace);
      await until('broken-internal is gone', () => !has(uri, 'broken-internal'));
    } finally {
      await section.update('rules', before, vscode.ConfigurationTarget.Workspace);
    }
    await until('broken-internal is back', () => has(uri, 'broken-internal'));
  });

  it('goes when the document is closed', async () => {
    const { uri } = await show('guide/deploy.md');
    await until('findings', () => findings(uri).length > 0);
    await closeAll();
    await until('no findings of a closed document', () => findings(uri).length === 0);
  });

  it('changes with the text', async () => {
    const document = await show('guide/deploy.md');
    await until('broken-internal', () => has(document.uri, 'broken-internal'));
    const edit = new vscode.WorkspaceEdit();
    const at = document.getText().indexOf('backup.md');
    edit.replace(document.uri, new vscode.Range(document.positionAt(at), document.positionAt(at + 'backup.md'.length)), 'tides.md');
    await vscode.workspace.applyEdit(edit);
    await until('repaired', () => !has(document.uri, 'broken-internal'));
    await vscode.commands.executeCommand('undo');
    await until('undone', () => has(document.uri, 'broken-internal'));
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('offers to ignore the link, which writes the setting', async () => {
    const { uri } = await show('guide/install.md');
    const found = await until('form-mismatch', () => findings(uri).find((diagnostic) => codeOf(diagnostic) === 'form-mismatch'));
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', uri, found.range);
    const ignore = actions.find((action) => action.title === 'Ignore this link');
    assert.ok(ignore?.command, actions.map(({ title }) => title).join(' | '));
    await vscode.commands.executeCommand(ignore.command.command, ...(ignore.command.arguments ?? []));
    const written = vscode.workspace.getConfiguration('backlinkLens', uri).get<string[]>('ignore') ?? [];
    assert.equal(written.length, 1, written.join(' '));
    await until('the finding is gone', () => !has(uri, 'form-mismatch'));
  });

  it('says nothing of other languages', async () => {
    await show('CNAME');
    assert.deepEqual(findings(fileOf('CNAME')), []);
  });
});
