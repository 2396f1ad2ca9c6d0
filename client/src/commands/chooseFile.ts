/** *Choose Index File* and the file of domain ranks: chosen for this machine, or for the workspace where it says so already. */
import * as vscode from 'vscode';
import { DEFAULT_SETTINGS } from '../../../shared/settings.ts';
import { changeMachineSetting, currentSettings } from '../configuration.ts';

/** @returns false when no file was chosen */
export async function chooseIndex(): Promise<boolean> {
  const file = await chooseDatabase(vscode.l10n.t('Choose Index File'), vscode.l10n.t('Use as Index'));
  if (file === undefined) return false;
  await changeMachineSetting('indexPath', file);
  if (currentSettings().source !== DEFAULT_SETTINGS.source) await changeMachineSetting('source', 'index');
  return true;
}

/** @returns false when no file was chosen */
export async function chooseRanks(): Promise<boolean> {
  const file = await chooseDatabase(vscode.l10n.t('Choose File of Domain Ranks'), vscode.l10n.t('Use These Ranks'));
  if (file === undefined) return false;
  await changeMachineSetting('ranksPath', file);
  return true;
}

async function chooseDatabase(title: string, openLabel: string): Promise<string | undefined> {
  const files = await vscode.window.showOpenDialog({
    title,
    openLabel,
    canSelectMany: false,
    filters: { [vscode.l10n.t('Backlink index')]: ['db', 'index', 'sqlite'], [vscode.l10n.t('All files')]: ['*'] },
  });
  return files?.[0]?.fsPath;
}
