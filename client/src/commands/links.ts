/** The commands that hovers and quick fixes name: show who links, look up, ignore. */
import * as vscode from 'vscode';
import type { LanguageClient, Range } from 'vscode-languageclient/node';
import { COMMANDS, type CommandArguments, type IgnoreArguments, lookUpRequest, workspaceBacklinksRequest } from '../../../shared/protocol.ts';
import { changeFolderSetting } from '../configuration.ts';
import { isServed } from '../languageClient.ts';
import { isCancelled } from '../serverProgress.ts';
import { readIgnore, readLookUp, readShowBacklinks } from './arguments.ts';

export interface LinkParts {
  readonly client: LanguageClient;
  readonly inspect: (text: string) => Promise<void>;
  readonly allowed: () => Promise<boolean>;
}

export function registerLinkCommands({ client, inspect, allowed }: LinkParts): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand(COMMANDS.showBacklinks, async (given: unknown) => {
      const asked = readShowBacklinks(given);
      if (asked === null) return;
      if ('uri' in asked) await peekFolderBacklinks(client, asked.uri);
      else await inspect(asked.target.name);
    }),
    vscode.commands.registerCommand(COMMANDS.lookUp, async (given?: unknown) => {
      const asked = readLookUp(given) ?? activeDocument();
      if (asked === null || !(await allowed())) return;
      await lookUp(client, { ...asked, visible: visibleParts(asked.uri) });
    }),
    vscode.commands.registerCommand(COMMANDS.ignore, async (given: unknown) => {
      const asked = readIgnore(given);
      if (asked !== null) await ignore(asked);
    }),
  );
}

/** Failures of the source are states of its links; what is left to tell is that nothing was done at all. */
async function lookUp(client: LanguageClient, asked: CommandArguments['lookUp'] & { readonly visible: readonly Range[] }): Promise<void> {
  const options = { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Looking up links') };
  try {
    await vscode.window.withProgress(options, (_progress, token) => client.sendRequest(lookUpRequest, asked, token));
  } catch (error) {
    if (isCancelled(error)) return;
    const message = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(vscode.l10n.t('The links could not be looked up: {0}', message));
  }
}

function activeDocument(): CommandArguments['lookUp'] | null {
  const document = vscode.window.activeTextEditor?.document;
  return document !== undefined && isServed(document) ? { uri: document.uri.toString() } : null;
}

/** What of a document is on the screen, in all its editors. */
function visibleParts(uri: string): readonly Range[] {
  const editors = vscode.window.visibleTextEditors.filter(({ document }) => document.uri.toString() === uri);
  return editors.flatMap(({ visibleRanges }) => visibleRanges.map(({ start, end }) => ({ start: place(start), end: place(end) })));
}

function place({ line, character }: vscode.Position): Range['start'] {
  return { line, character };
}

async function ignore(asked: IgnoreArguments): Promise<void> {
  const scope = vscode.Uri.parse(asked.uri);
  switch (asked.kind) {
    case 'add':
      return changeFolderSetting('ignore', scope, (before) => [...new Set([...before, asked.pattern])]);
    case 'remove':
      return changeFolderSetting('ignore', scope, (before) => before.filter((pattern) => pattern !== asked.pattern));
    case 'lost':
      return changeFolderSetting('lostPagesExclude', scope, (before) => [...new Set([...before, asked.pattern])]);
    case 'rule':
      return changeFolderSetting('rules', scope, (before) => ({ ...before, [asked.rule]: 'off' }));
  }
}

/** The links of the folder's own files to one of them, in the editor's own peek. */
async function peekFolderBacklinks(client: LanguageClient, uri: string): Promise<void> {
  const found = await client.sendRequest(workspaceBacklinksRequest, { uri });
  const editor = vscode.window.activeTextEditor;
  if (found === null || found.backlinks.length === 0 || editor === undefined) {
    const message = found === null ? vscode.l10n.t('The folder is still being read.') : vscode.l10n.t('No page of this folder links here.');
    await vscode.window.showInformationMessage(message);
    return;
  }
  const locations = found.backlinks.map(({ uri: from, range: { start, end } }) => {
    return new vscode.Location(vscode.Uri.parse(from), new vscode.Range(start.line, start.character, end.line, end.character));
  });
  await vscode.commands.executeCommand('editor.action.peekLocations', editor.document.uri, editor.selection.active, locations, 'peek');
}
