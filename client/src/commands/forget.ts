/** *Forget What Was Looked Up*: every answer of every source, in this window and on disk. What was spent stays counted. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { forgetRequest } from '../../../shared/protocol.ts';

export function registerForgetCommand({ client }: { readonly client: LanguageClient }): vscode.Disposable {
  return vscode.commands.registerCommand('backlinkLens.forget', async () => {
    const forget = vscode.l10n.t('Forget');
    const chosen = await vscode.window.showWarningMessage(
      vscode.l10n.t('Forget everything that was looked up?'),
      { modal: true, detail: vscode.l10n.t('Answers of all sources are deleted, here and on disk. Looking them up again costs what it costs.') },
      forget,
    );
    if (chosen !== forget) return;
    await client.sendRequest(forgetRequest, {});
    await vscode.window.showInformationMessage(vscode.l10n.t('What was looked up is forgotten.'));
  });
}
