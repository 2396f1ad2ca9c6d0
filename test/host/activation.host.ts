/** The extension wakes up for HTML and Markdown, and for nothing else. First of the suites: the host starts without it. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { EXTENSION, running, show, until } from './support.ts';

describe('activation', () => {
  const extension = () => vscode.extensions.getExtension(EXTENSION);

  it('sleeps while other documents are open', async () => {
    assert.equal(extension()?.isActive, false, 'asleep at start');
    await show('.vscode/settings.json');
    await show('CNAME');
    await vscode.workspace.openTextDocument({ language: 'css', content: 'a { color: red }' });
    assert.equal(extension()?.isActive, false);
  });

  it('wakes up for Markdown', async () => {
    await show('README.md');
    await until('the extension is active', () => extension()?.isActive);
  });

  it('starts its server', async () => {
    const { client } = await running();
    assert.ok(client.isRunning());
  });

  it('offers its commands', async () => {
    const commands = await vscode.commands.getCommands(true);
    const manifest = extension()?.packageJSON as { contributes: { commands: { command: string }[] } } | undefined;
    assert.ok(manifest);
    for (const { command } of manifest.contributes.commands) assert.ok(commands.includes(command), command);
  });
});
