/** The house the other suites live in: VS Code itself offers what they count on. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the host', () => {
  it('opened a copy of examples/site', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.equal(folder?.uri.scheme, 'file');
    const pages = await vscode.workspace.findFiles('**/*.{html,md}');
    assert.ok(pages.length >= 1, `${pages.length} pages`);
  });

  it('knows the extension', () => {
    assert.ok(vscode.extensions.getExtension('backlink-lens.backlink-lens'));
  });

  it('has node:sqlite, which the index is read with', () => {
    assert.ok(process.getBuiltinModule('node:sqlite'));
  });
});
