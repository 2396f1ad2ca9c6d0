/** *Set API Key* and *Delete API Key*: into and out of the editor's secret storage, and to the running server. Nothing is sent to try a key. */
import * as vscode from 'vscode';
import type { SourceId } from '../../../shared/sources.ts';
import { currentSettings } from '../configuration.ts';
import { isKeyedSource, KEYED_SOURCES, type Secrets } from '../secrets.ts';
import { idIsOptional, keyNames, sourceName } from '../sourceWords.ts';
import { readSetKey } from './arguments.ts';

export function registerKeyCommands(secrets: Secrets): vscode.Disposable {
  const tellMenus = () => {
    const has = KEYED_SOURCES.some((source) => secrets.current()[source] !== undefined);
    void vscode.commands.executeCommand('setContext', 'backlinkLens.hasKey', has);
  };
  tellMenus();
  return vscode.Disposable.from(
    secrets.onDidChange(tellMenus),
    vscode.commands.registerCommand('backlinkLens.setKey', async (given?: unknown) => {
      const named = readSetKey(given)?.source;
      const source = isKeyedSource(named) ? named : await pickSource(secrets, KEYED_SOURCES, vscode.l10n.t('Whose API key?'));
      if (source !== undefined) await askKey(secrets, source);
    }),
    vscode.commands.registerCommand('backlinkLens.deleteKey', async () => {
      const kept = KEYED_SOURCES.filter((source) => secrets.current()[source] !== undefined);
      if (kept.length === 0) {
        await vscode.window.showInformationMessage(vscode.l10n.t('There is no API key to delete.'));
        return;
      }
      const source = await pickSource(secrets, kept, vscode.l10n.t('Which API key is deleted?'));
      if (source === undefined) return;
      await secrets.delete(source);
      await vscode.window.showInformationMessage(vscode.l10n.t('The API key of {0} was deleted.', sourceName(source, vscode.l10n.t)));
    }),
  );
}

/** Asks for a key where there is none yet. True when there is one now. */
export async function wantKey(secrets: Secrets, source: SourceId): Promise<boolean> {
  return secrets.current()[source] !== undefined || askKey(secrets, source);
}

/** The source in use stands first: its key is the one that is missing most often. */
async function pickSource(secrets: Secrets, offered: readonly SourceId[], title: string): Promise<SourceId | undefined> {
  const { source: used } = currentSettings();
  const items = [...offered]
    .sort((a, b) => Number(b === used) - Number(a === used))
    .map((id) => ({
      id,
      label: `$(key) ${sourceName(id, vscode.l10n.t)}`,
      description: [
        ...(id === used ? [vscode.l10n.t('in use')] : []),
        secrets.current()[id] === undefined ? vscode.l10n.t('no key yet') : vscode.l10n.t('key is set'),
      ].join(' · '),
    }));
  return (await vscode.window.showQuickPick(items, { title, placeHolder: title }))?.id;
}

/** One box or two; leaving either keeps what was there. True when a key was set. */
async function askKey(secrets: Secrets, source: SourceId): Promise<boolean> {
  const names = keyNames(source, vscode.l10n.t);
  const title = vscode.l10n.t('API key: {0}', sourceName(source, vscode.l10n.t));
  const filled = (text: string) => (text.trim() === '' ? vscode.l10n.t('Must not be empty.') : null);
  let id = '';
  if (names.id !== null) {
    const given = await vscode.window.showInputBox({
      title: `${title} (1/2)`,
      prompt: names.id,
      value: secrets.current()[source]?.id ?? '',
      ignoreFocusOut: true,
      validateInput: idIsOptional(source) ? () => null : filled,
    });
    if (given === undefined) return false;
    id = given.trim();
  }
  const secret = await vscode.window.showInputBox({
    title: names.id === null ? title : `${title} (2/2)`,
    prompt: vscode.l10n.t('{0}. It is kept in the secret storage of the editor, never in settings.', names.secret),
    password: true,
    ignoreFocusOut: true,
    validateInput: filled,
  });
  if (secret === undefined) return false;
  await secrets.set(source, { id, secret: secret.trim() });
  return true;
}
