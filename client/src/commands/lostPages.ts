/** *Backlinks: Show Lost Pages*: the pages of this site that backlinks point at and that are gone, each with its redirect on one key. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { LostPageEntry, LostPages } from '../../../shared/moves.ts';
import { lostPagesRequest, redirectLostRequest } from '../../../shared/protocol.ts';
import { unsavedTexts } from '../moves.ts';

export interface LostParts {
  readonly client: LanguageClient;
  readonly ready: () => Promise<void>;
}

export function registerLostPagesCommand({ client, ready }: LostParts): vscode.Disposable {
  return vscode.commands.registerCommand('backlinkLens.showLostPages', async () => {
    await ready();
    const options = { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Lost Pages') };
    const found = await vscode.window.withProgress(options, (_progress, token) => client.sendRequest(lostPagesRequest, { again: true }, token));
    if (found.pages.length === 0) {
      await vscode.window.showInformationMessage(whyNone(found.why));
      return;
    }
    const chosen = await vscode.window.showQuickPick(found.pages.map(toItem), {
      title: vscode.l10n.t('Lost Pages'),
      placeHolder: vscode.l10n.t('Pages of this site that backlinks point at and that are gone'),
      matchOnDescription: true,
      matchOnDetail: true,
    });
    if (chosen !== undefined) await addRedirect(client, chosen.page);
  });
}

function whyNone(why: LostPages['why']): string {
  switch (why) {
    case 'reading':
      return vscode.l10n.t('The folder is still being read.');
    case 'no-site':
      return vscode.l10n.t('Lost pages are known once the address of the site is set (backlinkLens.siteUrl).');
    case 'no-index':
      return vscode.l10n.t('Lost pages are known where an index is: no other source is asked by itself.');
    case null:
      return vscode.l10n.t('No page of this folder is lost: every linked address has a page or a redirect.');
  }
}

/** Said first is what is known; what choosing it does stands below. */
function toItem(page: LostPageEntry): vscode.QuickPickItem & { readonly page: LostPageEntry } {
  const { path, message, redirect } = page;
  const to = redirect === null ? null : (URL.parse(redirect.to)?.pathname ?? redirect.to);
  const does = redirect === null || to === null ? '' : vscode.l10n.t('Redirect to {0}, in {1}', to, redirect.file);
  return { label: path, description: does, detail: message, page };
}

/** Writes the redirect of a lost page into the site's own file, and shows it there. */
export async function addRedirect(client: LanguageClient, { folder, url, path }: LostPageEntry): Promise<void> {
  const edit = await client.sendRequest(redirectLostRequest, { folder, url, unsaved: unsavedTexts() });
  if (edit === null) {
    await vscode.window.showInformationMessage(vscode.l10n.t('{0} has no redirect that could be written here.', path));
    return;
  }
  const converted = await client.protocol2CodeConverter.asWorkspaceEdit(edit);
  await vscode.workspace.applyEdit(converted);
  // Shown and not saved: the redirect is the user's to look at, and to undo.
  const [changed] = converted.entries()[0] ?? [];
  if (changed !== undefined) await vscode.window.showTextDocument(changed);
}
