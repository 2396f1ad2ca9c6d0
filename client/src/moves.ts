/** Before pages are renamed, moved or deleted: says who links there, and hands over the edits that are undone together with the move. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { MoveOrder } from '../../shared/moves.ts';
import { type MoveEdits, moveRequest } from '../../shared/protocol.ts';
import { changeFolderSetting } from './configuration.ts';
import { moveQuestion } from './moveWords.ts';
import type { Words } from './words.ts';

/** Milliseconds that the editor waits for us; it then goes on without. */
const PATIENCE = 20_000;

/** Files that may hold redirects: what of them is not saved yet is what a redirect is added to. */
const MAY_REDIRECT = /(?:^|\/)(?:_redirects|\.htaccess|netlify\.toml|vercel\.json|mkdocs\.ya?ml|[^/]*\.conf)$/;

/** What the language client does in place of asking the server by the standard requests, which say nothing of who links there. */
export interface MoveMiddleware {
  readonly willRenameFiles: (event: vscode.FileWillRenameEvent) => Promise<vscode.WorkspaceEdit | null>;
  readonly willDeleteFiles: (event: vscode.FileWillDeleteEvent) => Promise<vscode.WorkspaceEdit | null>;
}

/** @param client is asked for late: it is made with this middleware */
export function createMoveMiddleware(client: () => LanguageClient, words: Words): MoveMiddleware {
  const edit = async (files: MoveOrder['files']): Promise<vscode.WorkspaceEdit | null> => {
    try {
      return await adviseAndAsk(client(), words, files);
    } catch (error) {
      // The move itself is never held up by a mistake of ours.
      client().warn(`Moving files: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    }
  };
  return {
    willRenameFiles: async ({ files }) => edit(files.map(({ oldUri, newUri }) => ({ from: oldUri.toString(), to: newUri.toString() }))),
    willDeleteFiles: async ({ files }) => edit(files.map((uri) => ({ from: uri.toString(), to: null }))),
  };
}

async function adviseAndAsk(client: LanguageClient, words: Words, files: MoveOrder['files']): Promise<vscode.WorkspaceEdit | null> {
  const advice = await askServer(client, { files, unsaved: unsavedTexts() });
  if (advice === null) return null;
  if (advice.unread > 0)
    void vscode.window.showWarningMessage(
      vscode.l10n.t('{0} further files may link there. Their links are left as they are.', words.count(advice.unread)),
    );
  if (advice.redirects === null) warnOfLoss(advice, words, files);
  const wanted = advice.redirects !== null && (await wantsRedirect(advice, words, files));
  const changes = (wanted ? advice.redirects : advice.links)?.documentChanges ?? [];
  return changes.length === 0 ? null : await client.protocol2CodeConverter.asWorkspaceEdit({ documentChanges: changes });
}

async function askServer(client: LanguageClient, order: MoveOrder): Promise<MoveEdits | null> {
  const stop = new vscode.CancellationTokenSource();
  const late = setTimeout(() => stop.cancel(), PATIENCE);
  try {
    return await client.sendRequest(moveRequest, order, stop.token);
  } finally {
    clearTimeout(late);
    stop.dispose();
  }
}

/** What the editor holds of files of redirects that is not saved yet. */
export function unsavedTexts(): NonNullable<MoveOrder['unsaved']> {
  const documents = vscode.workspace.textDocuments.filter(({ isDirty, uri }) => isDirty && MAY_REDIRECT.test(uri.path));
  return documents.map((document) => ({ uri: document.uri.toString(), text: document.getText() }));
}

/** Nothing tells how this site redirects: then at least it is said what is at stake, without holding anything up. */
function warnOfLoss(advice: MoveEdits, words: Words, files: MoveOrder['files']): void {
  if (advice.onMove !== 'prompt' || (advice.backlinks ?? 0) === 0) return;
  const { message, detail } = moveQuestion(advice, isDeletion(files), words);
  const settings = vscode.l10n.t('Say How This Site Redirects');
  void vscode.window.showWarningMessage(`${message} ${detail}`.trim(), settings).then(async (chosen) => {
    if (chosen === settings) await vscode.commands.executeCommand('workbench.action.openSettings', 'backlinkLens.redirects.form');
  });
}

function isDeletion(files: MoveOrder['files']): boolean {
  return files.every(({ to }) => to === null);
}

/** What is written is shown by the editor before it is; so the question is only whether a redirect is wanted at all. */
async function wantsRedirect(advice: MoveEdits, words: Words, files: MoveOrder['files']): Promise<boolean> {
  if (advice.onMove !== 'prompt') return advice.onMove === 'always';
  const { message, detail, yes, no, never } = moveQuestion(advice, isDeletion(files), words);
  // Nobody but the editor can call the move itself off: to close the question means to go on without a redirect.
  const items = [{ title: yes }, { title: never }, { title: no, isCloseAffordance: true }];
  const chosen = (await vscode.window.showInformationMessage(message, { modal: true, detail }, ...items))?.title;
  const [first] = files;
  if (chosen === never && first !== undefined) await changeFolderSetting('redirectOnMove', vscode.Uri.parse(first.from), () => 'never');
  return chosen === yes;
}
