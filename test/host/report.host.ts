/** Reports: the page runs its script under its content policy and draws what the server says. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { BacklinkLensApi } from '../../client/src/api.ts';
import { closeAll, fileOf, running, show, until } from './support.ts';

describe('report', () => {
  let api: BacklinkLensApi;
  before(async () => {
    api = await running();
  });
  afterEach(closeAll);

  /** Runs a command and waits for the page's own word that it has drawn. */
  async function drawn(command: string, argument: unknown): Promise<{ subject: string; targets: number }> {
    const { promise, resolve } = Promise.withResolvers<{ subject: string; targets: number }>();
    const listening = api.reports.onDidDraw(resolve);
    try {
      await vscode.commands.executeCommand(command, argument);
      const tooLate = new Promise<never>((_resolve, reject) =>
        setTimeout(() => reject(new Error('the page did not draw within 20 s')), 20_000).unref(),
      );
      return await Promise.race([promise, tooLate]);
    } finally {
      listening.dispose();
    }
  }

  const webviewTabs = () =>
    vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter((tab) => tab.input instanceof vscode.TabInputWebview && tab.input.viewType.includes('backlinkLens.report'));

  it('draws a document', async () => {
    await show('README.md');
    const { targets } = await drawn('backlinkLens.createReport', { kind: 'document', uri: fileOf('README.md').toString() });
    assert.ok(targets >= 5, `${targets} targets`);
    assert.equal(webviewTabs().length, 1);
  });

  it('draws the workspace', async () => {
    const document = await drawn('backlinkLens.createReport', { kind: 'document', uri: fileOf('README.md').toString() });
    const { targets } = await drawn('backlinkLens.createReport', { kind: 'workspace' });
    assert.ok(targets > document.targets, `${targets} targets`);
  });

  it('draws a typed domain and a typed page', async () => {
    assert.equal((await drawn('backlinkLens.inspect', { text: 'openberth.example' })).targets, 1);
    assert.equal((await drawn('backlinkLens.inspect', { text: 'https://openberth.example/spec/' })).targets, 1);
    assert.equal(webviewTabs().length, 2, 'a panel each');
  });

  it('uses the open panel of the same subject again', async () => {
    await drawn('backlinkLens.inspect', { text: 'openberth.example' });
    await drawn('backlinkLens.inspect', { text: 'openberth.example' });
    assert.equal(webviewTabs().length, 1);
  });

  it('draws again after it was hidden', async () => {
    await drawn('backlinkLens.inspect', { text: 'openberth.example' });
    await show('README.md');
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const listening = api.reports.onDidDraw(resolve);
    await vscode.commands.executeCommand('workbench.action.previousEditor');
    await promise;
    listening.dispose();
  });

  it('opens from a hover with a target', async () => {
    const target = { kind: 'domain', name: 'openberth.example', id: 'domain:openberth.example' };
    assert.equal((await drawn('backlinkLens.showBacklinks', { target })).targets, 1);
  });

  it('does nothing for arguments that are none of ours', async () => {
    for (const argument of [undefined, 'javascript:alert(1)', { target: 'x' }, { uri: 3 }]) {
      await vscode.commands.executeCommand('backlinkLens.showBacklinks', argument);
    }
    assert.equal(webviewTabs().length, 0);
  });

  it('opens no panel for what is no URL', async () => {
    for (const text of ['', 'two words', 'https://', 'mailto:a@site.test']) await vscode.commands.executeCommand('backlinkLens.inspect', { text });
    assert.equal(webviewTabs().length, 0);
  });

  it('is told apart from other editors by its title', async () => {
    await drawn('backlinkLens.inspect', { text: 'openberth.example' });
    await until('a title', () => webviewTabs()[0]?.label.startsWith('Backlinks: '));
  });
});
