/** *Choose Source* and *Choose Index File*: where backlinks come from, chosen for this machine. */
import * as vscode from 'vscode';
import { DEFAULT_SETTINGS } from '../../../shared/settings.ts';
import type { SourceId } from '../../../shared/sources.ts';
import { changeMachineSetting, currentSettings } from '../configuration.ts';

export interface SourceParts {
  /** Asks for a key where there is none yet. */
  readonly wantKey: () => Promise<void>;
  readonly askConsent: () => Promise<boolean>;
}

export function registerSourceCommands(parts: SourceParts): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('backlinkLens.chooseSource', () => chooseSource(parts)),
    vscode.commands.registerCommand('backlinkLens.chooseIndex', () => chooseIndex()),
    vscode.commands.registerCommand('backlinkLens.allowSending', () => parts.askConsent()),
  );
}

async function chooseSource(parts: SourceParts): Promise<void> {
  const settings = currentSettings();
  const chosenMark = (id: SourceId) => (settings.source === id ? ` $(check)` : '');
  const choices: (vscode.QuickPickItem & { readonly id: SourceId })[] = [
    {
      id: 'index',
      label: `$(database) ${vscode.l10n.t('Embedded index')}${chosenMark('index')}`,
      description: settings.indexPath === '' ? vscode.l10n.t('no file chosen') : settings.indexPath,
      detail: vscode.l10n.t('A file on this machine. Costs nothing, works offline, sends nothing.'),
    },
    {
      id: 'searchmetrics',
      label: `$(cloud) ${vscode.l10n.t('Contract endpoint')}${chosenMark('searchmetrics')}`,
      description: settings.endpoint === '' ? vscode.l10n.t('no address yet') : settings.endpoint,
      detail: vscode.l10n.t('A service that is told the URLs and domains you look up. May need a key and cost units.'),
    },
    {
      id: 'none',
      label: `$(circle-slash) ${vscode.l10n.t('None')}${chosenMark('none')}`,
      detail: vscode.l10n.t('Only backlinks among the files of the open folder.'),
    },
  ];
  const chosen = await vscode.window.showQuickPick(choices, { title: vscode.l10n.t('Where do backlinks from the web come from?') });
  switch (chosen?.id) {
    case 'index':
      if (settings.indexPath !== '' || (await chooseIndex())) await changeMachineSetting('source', 'index');
      return;
    case 'searchmetrics':
      return chooseEndpoint(parts);
    case 'none':
      return changeMachineSetting('source', 'none');
    default:
      return;
  }
}

/** @returns false when no file was chosen */
async function chooseIndex(): Promise<boolean> {
  const files = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Choose Index File'),
    openLabel: vscode.l10n.t('Use as Index'),
    canSelectMany: false,
    filters: { [vscode.l10n.t('Backlink index')]: ['db', 'index', 'sqlite'], [vscode.l10n.t('All files')]: ['*'] },
  });
  const file = files?.[0];
  if (file === undefined) return false;
  await changeMachineSetting('indexPath', file.fsPath);
  if (currentSettings().source !== DEFAULT_SETTINGS.source) await changeMachineSetting('source', 'index');
  return true;
}

async function chooseEndpoint({ wantKey, askConsent }: SourceParts): Promise<void> {
  const endpoint = await vscode.window.showInputBox({
    title: vscode.l10n.t('Address of the contract endpoint'),
    prompt: vscode.l10n.t('Base address, up to but without /v3'),
    placeHolder: 'https://api.searchmetrics.com',
    value: currentSettings().endpoint,
    ignoreFocusOut: true,
    validateInput: (text) => (isEndpoint(text.trim()) ? null : vscode.l10n.t('A web address that begins with https://, or http:// on this machine.')),
  });
  if (endpoint === undefined) return;
  await changeMachineSetting('endpoint', endpoint.trim().replace(/\/+$/, ''));
  await changeMachineSetting('source', 'searchmetrics');
  await wantKey();
  await askConsent();
}

function isEndpoint(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname));
}
