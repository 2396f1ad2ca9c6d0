/** Settings as the editor holds them: handed to the server whole, and changed where they already stand. */
import * as vscode from 'vscode';
import { readHttpSettings } from '../../shared/httpSettings.ts';
import type { HttpSettings } from '../../shared/protocol.ts';
import { readSettings, SETTING_KEYS, type Settings } from '../../shared/settings.ts';

const SECTION = 'backlinkLens';

/** The `backlinkLens` section as it is, for the server to read. */
export function ownSettings(scope?: vscode.Uri): unknown {
  return vscode.workspace.getConfiguration(undefined, scope ?? null).get(SECTION);
}

/** Our settings for a document or folder, checked and complete. */
export function currentSettings(scope?: vscode.Uri): Settings {
  return readSettings(ownSettings(scope));
}

/** The editor's proxy and certificate settings, which a process of ours does not inherit. */
export function httpSettings(): HttpSettings {
  return readHttpSettings(vscode.workspace.getConfiguration(undefined, null).get('http'));
}

/** Writes a setting for this machine, or into the workspace where it already stands there. */
export async function changeMachineSetting<K extends keyof Settings>(name: K, value: Settings[K]): Promise<void> {
  const key = SETTING_KEYS[name];
  const section = vscode.workspace.getConfiguration(SECTION);
  const inWorkspace = section.inspect(key)?.workspaceValue !== undefined;
  await section.update(key, value, inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global);
}

/**
 * Writes a setting of the folder that a document lies in: into the folder in a multi-root workspace, into the workspace in a single one,
 * for the user where no folder is open.
 *
 * @param change the new value from the one that holds there now
 */
export async function changeFolderSetting<K extends keyof Settings>(
  name: K,
  scope: vscode.Uri,
  change: (before: Settings[K]) => Settings[K],
): Promise<void> {
  const folder = vscode.workspace.getWorkspaceFolder(scope);
  const several = (vscode.workspace.workspaceFolders?.length ?? 0) > 1;
  const target =
    folder === undefined
      ? vscode.ConfigurationTarget.Global
      : several
        ? vscode.ConfigurationTarget.WorkspaceFolder
        : vscode.ConfigurationTarget.Workspace;
  const section = vscode.workspace.getConfiguration(SECTION, folder?.uri ?? null);
  await section.update(SETTING_KEYS[name], change(currentSettings(scope)[name]), target);
}
