/** *Backlinks: Toggle Strength Hints*: the setting, where it stands, or for the user. */
import * as vscode from 'vscode';
import { currentSettings } from '../configuration.ts';

const KEY = 'inlayHints';

export function registerHintCommand(): vscode.Disposable {
  return vscode.commands.registerCommand('backlinkLens.toggleHints', async () => {
    const scope = vscode.window.activeTextEditor?.document.uri;
    const section = vscode.workspace.getConfiguration('backlinkLens', scope ?? null);
    const { workspaceValue, workspaceFolderValue } = section.inspect(KEY) ?? {};
    // What a folder says of its own is changed there: for the user it would change nothing.
    const target =
      workspaceFolderValue !== undefined
        ? vscode.ConfigurationTarget.WorkspaceFolder
        : workspaceValue !== undefined
          ? vscode.ConfigurationTarget.Workspace
          : vscode.ConfigurationTarget.Global;
    const on = !currentSettings(scope).inlayHints;
    await section.update(KEY, on, target);
    await sayWhereOff(on, scope);
  });
}

/** Turned on, and yet nothing would appear: the editor shows no inlay hints at all. */
async function sayWhereOff(on: boolean, scope: vscode.Uri | undefined): Promise<void> {
  const editor = vscode.workspace.getConfiguration('editor', scope ?? null).get<string>('inlayHints.enabled');
  if (!on || editor !== 'off') return;
  const settings = vscode.l10n.t('Open Settings');
  const chosen = await vscode.window.showInformationMessage(vscode.l10n.t('Strength hints are on, but the editor shows no inlay hints.'), settings);
  if (chosen === settings) await vscode.commands.executeCommand('workbench.action.openSettings', 'editor.inlayHints.enabled');
}
