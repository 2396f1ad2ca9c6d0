/** *Choose Index File* and the file of domain ranks: chosen for this machine, or for the workspace where it says so already. */
import { homedir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { IndexOrder, MadeIndex } from '../../../shared/protocol.ts';
import { RANKS_MEGABYTES, ranksAddress } from '../../../shared/ranks.ts';
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

/**
 * A file that is there already, or one that is made of Common Crawl's list now.
 *
 * @returns false when no file was chosen or made
 */
export async function chooseRanks(): Promise<boolean> {
  const fetched = {
    label: `$(cloud-download) ${vscode.l10n.t('Fetch the list of Common Crawl')}`,
    detail: vscode.l10n.t('Some {0} MB from data.commoncrawl.org: how strong each of the first million domains is.', RANKS_MEGABYTES),
    file: fetchRanks,
  };
  const present = {
    label: `$(folder-opened) ${vscode.l10n.t('Choose File of Domain Ranks')}`,
    detail: vscode.l10n.t('Made on this machine before, or an index that holds ranks beside its pages.'),
    file: () => chooseDatabase(vscode.l10n.t('Choose File of Domain Ranks'), vscode.l10n.t('Use These Ranks')),
  };
  const title = vscode.l10n.t('Where do the ranks come from?');
  const file = await (await vscode.window.showQuickPick([fetched, present], { title, placeHolder: title }))?.file();
  if (file === undefined) return false;
  await changeMachineSetting('ranksPath', file);
  return true;
}

async function fetchRanks(): Promise<string | undefined> {
  const place = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Fetch the list of Common Crawl'),
    saveLabel: vscode.l10n.t('Fetch'),
    filters: { [vscode.l10n.t('Backlink index')]: ['db'] },
    defaultUri: vscode.Uri.file(path.join(homedir(), 'domain-ranks.db')),
  });
  if (place === undefined) return undefined;
  const order: IndexOrder = { out: place.fsPath, addition: false, inputs: [ranksAddress()] };
  const made = await vscode.commands.executeCommand<MadeIndex | undefined>('backlinkLens.buildIndex', order);
  return made?.file;
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
