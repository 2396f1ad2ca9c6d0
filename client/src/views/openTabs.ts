/** The documents that the user has open, and a line where nothing else can stand. */
import * as vscode from 'vscode';
import type { NoteNode } from './nodes.ts';

/** Documents that have a tab; those that only a peek, a search or another extension holds are not what the user has open. */
export function documentsInTabs(): vscode.TextDocument[] {
  const shown = new Set<string>();
  for (const { input } of vscode.window.tabGroups.all.flatMap((group) => group.tabs)) {
    if (input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom) shown.add(input.uri.toString());
    else if (input instanceof vscode.TabInputTextDiff) shown.add(input.modified.toString());
  }
  return vscode.workspace.textDocuments.filter((document) => shown.has(document.uri.toString()));
}

export function noteNode(parent: string, text: string, tone: NoteNode['tone']): NoteNode {
  return { kind: 'note', id: `${parent} note`, text, tone };
}
