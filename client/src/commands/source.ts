/** *Choose Source*: where backlinks from the web come from, chosen for this machine, with what each source fills, needs and costs. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { isLoopbackHost } from '../../../shared/loopback.ts';
import { type SourceOffer, sourcesRequest } from '../../../shared/protocol.ts';
import { isVendor, SOURCES, type SourceId } from '../../../shared/sources.ts';
import { changeMachineSetting, currentSettings } from '../configuration.ts';
import type { Consent } from '../consent.ts';
import { offerDetail, sourceName } from '../sourceWords.ts';
import type { Words } from '../words.ts';
import { chooseIndex, chooseRanks } from './chooseFile.ts';

export interface SourceParts {
  readonly client: LanguageClient;
  /** Resolves when the server runs. */
  readonly ready: () => Promise<void>;
  /** Asks for a key where there is none yet; true when there is one then. */
  readonly wantKey: (source: SourceId) => Promise<boolean>;
  readonly hasKey: (source: SourceId) => boolean;
  readonly consent: Consent;
  readonly words: Words;
}

export function registerSourceCommands(parts: SourceParts): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('backlinkLens.chooseSource', () => chooseSource(parts)),
    vscode.commands.registerCommand('backlinkLens.chooseIndex', () => chooseIndex()),
    vscode.commands.registerCommand('backlinkLens.allowSending', () => parts.consent.ask()),
    vscode.commands.registerCommand('backlinkLens.withdrawConsent', () => withdraw(parts.consent)),
  );
}

async function chooseSource(parts: SourceParts): Promise<void> {
  await parts.ready();
  const offers = await parts.client.sendRequest(sourcesRequest, {});
  const title = vscode.l10n.t('Where do backlinks from the web come from?');
  const chosen = await vscode.window.showQuickPick(sourceItems(offers, parts), {
    title,
    placeHolder: vscode.l10n.t('Type to search'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (chosen?.id !== undefined) await use(chosen.id, parts);
}

export interface SourceItem extends vscode.QuickPickItem {
  /** Absent for a line between groups. */
  readonly id?: SourceId;
}

/** The picker's lines: what stays on this machine, services, services that nobody could try, and none at all. */
export function sourceItems(offers: readonly SourceOffer[], parts: Pick<SourceParts, 'hasKey' | 'words'>): SourceItem[] {
  const { t } = parts.words;
  const isLocal = ({ id }: SourceOffer) => SOURCES[id].needs === 'file';
  const groups: readonly (readonly [string, (offer: SourceOffer) => boolean])[] = [
    [t('On this machine'), isLocal],
    [t('Services'), (offer) => !isLocal(offer) && offer.id !== 'none' && !offer.experimental],
    [t('Experimental'), (offer) => offer.experimental],
    [t('Nothing'), ({ id }) => id === 'none'],
  ];
  return groups.flatMap(([label, belongs]) => {
    const items = offers.filter(belongs).map((offer) => sourceItem(offer, parts));
    return items.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
  });
}

function sourceItem(offer: SourceOffer, { hasKey, words }: Pick<SourceParts, 'hasKey' | 'words'>): SourceItem {
  const { t } = words;
  const { id } = offer;
  const settings = currentSettings();
  const icon = SOURCES[id].needs === 'file' ? 'database' : id === 'none' ? 'circle-slash' : 'cloud';
  const state = [
    ...(settings.source === id ? [t('in use')] : []),
    ...(SOURCES[id].needs === 'file' ? [fileOf(id) === '' ? t('no file chosen') : fileOf(id)] : []),
    ...(id === 'searchmetrics' ? [settings.endpoint === '' ? t('no address yet') : settings.endpoint] : []),
    ...(SOURCES[id].key === 'none' || id === 'searchmetrics' ? [] : [hasKey(id) ? t('key is set') : t('needs a key')]),
    // Read aloud, lines have no groups.
    ...(offer.experimental ? [t('experimental')] : []),
  ];
  const label = `$(${settings.source === id ? 'check' : icon}) ${sourceName(id, t)}`;
  return { id, label, description: state.join(' · '), detail: offerDetail(offer, words) };
}

function fileOf(id: SourceId): string {
  const { indexPath, ranksPath } = currentSettings();
  return id === 'ranks' && ranksPath !== '' ? ranksPath : indexPath;
}

/** Leaving any question on the way leaves everything as it was; a refused consent leaves the source chosen and not asked. */
async function use(id: SourceId, { wantKey, consent }: SourceParts): Promise<void> {
  if (isVendor(id)) {
    if (!(await wantKey(id))) return;
    await changeMachineSetting('source', id);
    await consent.ask();
    return;
  }
  switch (id) {
    case 'index':
      if (fileOf(id) !== '' || (await chooseIndex())) await changeMachineSetting('source', id);
      return;
    case 'ranks':
      if (fileOf(id) !== '' || (await chooseRanks())) await changeMachineSetting('source', id);
      return;
    case 'none':
      return changeMachineSetting('source', id);
    case 'searchmetrics': {
      const endpoint = await askEndpoint();
      if (endpoint === undefined) return;
      await changeMachineSetting('endpoint', endpoint);
      await changeMachineSetting('source', id);
      await wantKey(id);
      await consent.ask();
    }
  }
}

async function askEndpoint(): Promise<string | undefined> {
  const endpoint = await vscode.window.showInputBox({
    title: vscode.l10n.t('Address of the contract endpoint'),
    prompt: vscode.l10n.t('Base address, with /v4 at its end where that version is meant'),
    placeHolder: 'https://api.searchmetrics.com',
    value: currentSettings().endpoint,
    ignoreFocusOut: true,
    validateInput: (text) => (isEndpoint(text.trim()) ? null : vscode.l10n.t('A web address that begins with https://, or http:// on this machine.')),
  });
  return endpoint?.trim().replace(/\/+$/, '');
}

function isEndpoint(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname));
}

async function withdraw(consent: Consent): Promise<void> {
  const hosts = await consent.withdraw();
  const message =
    hosts.length === 0
      ? vscode.l10n.t('No consent was given for this workspace: its links are sent nowhere.')
      : vscode.l10n.t('Links of this workspace are no longer sent to {0}.', hosts.join(', '));
  await vscode.window.showInformationMessage(message);
}
