/** What every host suite needs: the running extension, documents of the example site, settings that are put back, and patience. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { BacklinkLensApi } from '../../client/src/api.ts';

export const EXTENSION = 'backlink-lens.backlink-lens';

/** The workspace: a copy of examples/site. */
export function root(): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'a folder is open');
  return folder.uri;
}

export function fileOf(path: string): vscode.Uri {
  return vscode.Uri.joinPath(root(), ...path.split('/'));
}

/**
 * Waits until a condition holds, looking every 50 ms.
 *
 * @param look gives undefined, null or false while it does not hold yet; a rejection counts as not yet
 * @param what names the condition in the failure
 * @param limit milliseconds
 */
export async function until<T>(what: string, look: () => T | Promise<T>, limit = 20_000): Promise<NonNullable<Exclude<T, false>>> {
  const end = Date.now() + limit;
  let last: unknown = null;
  for (;;) {
    try {
      const value = await look();
      if (value !== undefined && value !== null && value !== false) return value as NonNullable<Exclude<T, false>>;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`not within ${limit / 1000} s: ${what}${last instanceof Error ? ` (${last.message})` : ''}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Opens a file of the site in an editor. */
export async function show(path: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(fileOf(path));
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

/** The extension with its server running, reading the index of examples/web. */
export async function running(): Promise<BacklinkLensApi> {
  const index = process.env['BACKLINK_LENS_EXAMPLE_INDEX'];
  assert.ok(index, 'BACKLINK_LENS_EXAMPLE_INDEX names the index of examples/web');
  if (vscode.workspace.getConfiguration('backlinkLens').get('index.path') !== index) await set('index.path', index);
  const extension = vscode.extensions.getExtension<BacklinkLensApi>(EXTENSION);
  assert.ok(extension, 'the extension is there');
  const api = await extension.activate();
  await api.ready;
  return api;
}

/** Changes a setting of the user; undefined puts the default back. */
export async function set(key: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration('backlinkLens').update(key, value, vscode.ConfigurationTarget.Global);
}

/** What hovers of ours say over the first occurrence of a text; other extensions' hovers are left out. */
export async function hoverOver(document: vscode.TextDocument, text: string): Promise<string | null> {
  const offset = document.getText().indexOf(text);
  assert.ok(offset >= 0, `${document.uri.path} holds ${text}`);
  const position = document.positionAt(offset + Math.min(2, text.length - 1));
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, position);
  const contents = hovers.flatMap((hover) => hover.contents).filter((content) => content instanceof vscode.MarkdownString);
  const ours = contents.filter(
    (content) => typeof content.isTrusted === 'object' && content.isTrusted.enabledCommands.some((id) => id.startsWith('backlinkLens.')),
  );
  // As a reader sees it: without the backslashes that keep web text plain, and with ordinary spaces.
  const said = ours.map((content) => content.value.replace(/\\([^\w\s])/g, '$1').replaceAll('\u00a0', ' '));
  return said.length === 0 ? null : said.join('\n');
}

/** Our findings of a document. */
export function findings(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter((diagnostic) => diagnostic.source === 'Backlink Lens');
}

export function codeOf(diagnostic: vscode.Diagnostic): string {
  const code = diagnostic.code;
  return String(typeof code === 'object' ? code.value : code);
}

export async function closeAll(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
