/** *Set API Key* and *Delete API Key*: into and out of the editor's secret storage, and to the running server. */
import * as vscode from 'vscode';
import { isKeyedSource, type KeyedSource, type Secrets } from '../secrets.ts';
import { readSetKey } from './arguments.ts';

/** Name of the only source with a key so far, as the settings call it. */
const ONLY: KeyedSource = 'searchmetrics';

export function registerKeyCommands(secrets: Secrets): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('backlinkLens.setKey', async (given?: unknown) => {
      const source = readSetKey(given)?.source ?? ONLY;
      if (isKeyedSource(source)) await askKey(secrets, source);
    }),
    vscode.commands.registerCommand('backlinkLens.deleteKey', async () => {
      if (secrets.current()[ONLY] === undefined) {
        await vscode.window.showInformationMessage(vscode.l10n.t('There is no API key to delete.'));
        return;
      }
      await secrets.delete(ONLY);
      await vscode.window.showInformationMessage(vscode.l10n.t('The API key was deleted.'));
    }),
  );
}

/** Asks for a key where there is none yet. */
export async function wantKey(secrets: Secrets, source: KeyedSource): Promise<void> {
  if (secrets.current()[source] === undefined) await askKey(secrets, source);
}

/** Two boxes, id then secret; leaving either keeps what was there. */
async function askKey(secrets: Secrets, source: KeyedSource): Promise<void> {
  const title = vscode.l10n.t('API key of the contract endpoint');
  const common = { ignoreFocusOut: true, validateInput: (text: string) => (text.trim() === '' ? vscode.l10n.t('Must not be empty.') : null) };
  const id = await vscode.window.showInputBox({
    ...common,
    title: `${title} (1/2)`,
    prompt: vscode.l10n.t('Client id'),
    value: secrets.current()[source]?.id ?? '',
  });
  if (id === undefined) return;
  const secret = await vscode.window.showInputBox({
    ...common,
    title: `${title} (2/2)`,
    prompt: vscode.l10n.t('Client secret. It is kept in the secret storage of the editor, never in settings.'),
    password: true,
  });
  if (secret === undefined) return;
  await secrets.set(source, { id: id.trim(), secret: secret.trim() });
}
