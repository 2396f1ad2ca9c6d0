/** Links the words of an opportunity in their document: an edit like any other, undone like any other. */
import * as vscode from 'vscode';
import type { Opportunity } from '../../../shared/thisPage.ts';

/** @returns false where the document has changed since, which is then said, or takes no edits */
export async function linkWordsOf({ uri, range: { start, end }, text, newText }: Opportunity): Promise<boolean> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  const range = new vscode.Range(start.line, start.character, end.line, end.character);
  if (document.getText(range) !== text) {
    const path = vscode.workspace.asRelativePath(document.uri);
    await vscode.window.showInformationMessage(vscode.l10n.t('{0} has changed since: look for opportunities again.', path));
    return false;
  }
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, range, newText);
  if (!(await vscode.workspace.applyEdit(edit))) return false;
  const linked = new vscode.Range(range.start, document.positionAt(document.offsetAt(range.start) + newText.length));
  await vscode.window.showTextDocument(document, { selection: linked, preview: false, preserveFocus: true });
  return true;
}
