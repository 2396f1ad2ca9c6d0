/** Asks what an index is to be made of and where it goes. Whatever is left unanswered ends it. */
import path from 'node:path';
import * as vscode from 'vscode';
import type { IndexOrder } from '../../../shared/protocol.ts';
import { RANKS_MEGABYTES, ranksAddress } from '../../../shared/ranks.ts';
import { currentSettings } from '../configuration.ts';

type Material = Pick<IndexOrder, 'inputs' | 'baseUrl' | 'crawl'>;

/** The order, or null when a question was left unanswered. */
export async function askOrder(): Promise<IndexOrder | null> {
  const material = await askMaterial();
  if (material === null) return null;
  const place = await askPlace();
  return place === null ? null : { ...material, ...place };
}

async function askMaterial(): Promise<Material | null> {
  const choices: (vscode.QuickPickItem & { readonly ask: () => Promise<Material | null> })[] = [
    {
      label: `$(file-zip) ${vscode.l10n.t('Web archives and exports')}`,
      detail: vscode.l10n.t('WARC and WAT files, CSV exports of backlink tools, domain ranks of Common Crawl, or a list of them.'),
      ask: askFiles,
    },
    {
      label: `$(folder) ${vscode.l10n.t('A folder of HTML or Markdown')}`,
      detail: vscode.l10n.t('A built site whose address you know, or a mirror with one folder a host.'),
      ask: askFolder,
    },
    {
      label: `$(globe) ${vscode.l10n.t('A site on the web')}`,
      detail: vscode.l10n.t('Fetched politely, page after page, as its robots.txt allows.'),
      ask: async () => askSite(),
    },
    {
      label: `$(graph) ${vscode.l10n.t('Domain ranks of Common Crawl')}`,
      detail: vscode.l10n.t('Some {0} MB from data.commoncrawl.org: how strong each of the first million domains is.', RANKS_MEGABYTES),
      ask: async () => ({ inputs: [ranksAddress()] }),
    },
    {
      label: `$(cloud-download) ${vscode.l10n.t('An archive on the web')}`,
      detail: vscode.l10n.t('Fetched and read in one go.'),
      ask: askAddress,
    },
  ];
  const title = vscode.l10n.t('What is the index made of?');
  const chosen = await vscode.window.showQuickPick(choices, { title, placeHolder: title });
  return (await chosen?.ask()) ?? null;
}

/** Files of the user's choice; null when none was chosen. */
export async function askFiles(): Promise<Material | null> {
  const files = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Web archives and exports'),
    openLabel: vscode.l10n.t('Read'),
    canSelectMany: true,
    filters: { [vscode.l10n.t('Archives, exports and lists')]: ['gz', 'warc', 'wat', 'csv', 'tsv', 'txt'], [vscode.l10n.t('All files')]: ['*'] },
  });
  return files === undefined || files.length === 0 ? null : { inputs: files.map(({ fsPath }) => fsPath) };
}

async function askFolder(): Promise<Material | null> {
  const folders = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('A folder of HTML or Markdown'),
    openLabel: vscode.l10n.t('Read'),
    canSelectFiles: false,
    canSelectFolders: true,
  });
  const folder = folders?.[0];
  if (folder === undefined) return null;
  const baseUrl = await vscode.window.showInputBox({
    title: vscode.l10n.t('Address of this folder on the web'),
    prompt: vscode.l10n.t('Leave it empty for a mirror whose folders are named by host.'),
    placeHolder: 'https://docs.example.com/',
    value: currentSettings(folder).siteUrl,
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? null : addressProblem(text)),
  });
  if (baseUrl === undefined) return null;
  return { inputs: [folder.fsPath], baseUrl: baseUrl.trim() === '' ? undefined : baseUrl.trim() };
}

/**
 * The site to crawl; null when none was named.
 *
 * @param known its address as the settings have it
 */
export async function askSite(known = ''): Promise<Material | null> {
  const prompt = vscode.l10n.t('Fetched politely, page after page, as its robots.txt allows.');
  const crawl = await askUrl(vscode.l10n.t('Address of the site'), 'https://docs.example.com/', { value: known, prompt });
  return crawl === null ? null : { inputs: [], crawl };
}

async function askAddress(): Promise<Material | null> {
  const address = await askUrl(vscode.l10n.t('Address of the archive or of a list of archives'), 'https://data.commoncrawl.org/…/warc.paths.gz');
  return address === null ? null : { inputs: [address] };
}

async function askUrl(title: string, placeHolder: string, more: { readonly value?: string; readonly prompt?: string } = {}): Promise<string | null> {
  const text = await vscode.window.showInputBox({ title, placeHolder, ignoreFocusOut: true, validateInput: addressProblem, ...more });
  return text === undefined ? null : text.trim();
}

function addressProblem(text: string): string | null {
  const url = URL.parse(text.trim());
  if (url !== null && /^https?:$/.test(url.protocol) && url.hostname !== '') return null;
  return vscode.l10n.t('A web address that begins with https:// or http://.');
}

/** The index in use can be added to; a new one goes wherever the user says. */
async function askPlace(): Promise<Pick<IndexOrder, 'out' | 'addition'> | null> {
  const { indexPath, source } = currentSettings();
  if (source === 'index' && path.isAbsolute(indexPath)) {
    const add = { label: `$(add) ${vscode.l10n.t('Add to the index in use')}`, description: indexPath, addition: true };
    const anew = { label: `$(new-file) ${vscode.l10n.t('Make a new index')}`, addition: false };
    const title = vscode.l10n.t('Where do the links go?');
    const chosen = await vscode.window.showQuickPick([add, anew], { title, placeHolder: title });
    if (chosen === undefined) return null;
    if (chosen.addition) return { out: indexPath, addition: true };
  }
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri;
  const file = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Make a new index'),
    saveLabel: vscode.l10n.t('Build'),
    filters: { [vscode.l10n.t('Backlink index')]: ['db'] },
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, 'backlinks.db') }),
  });
  return file === undefined ? null : { out: file.fsPath, addition: false };
}
