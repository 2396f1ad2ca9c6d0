/** The lines that several trees have: a row from the web, a place in the folder, *Load more*, a sentence. */
import * as vscode from 'vscode';
import type { Words } from '../words.ts';
import type { MoreNode, NoteNode, PlaceNode, RowNode } from './nodes.ts';
import { rowWords } from './rowWords.ts';
import { tooltipMarkdown } from './tooltip.ts';

const { None } = vscode.TreeItemCollapsibleState;

export function tooltip(text: string): vscode.MarkdownString {
  return new vscode.MarkdownString(tooltipMarkdown(text));
}

export function rowItem(node: RowNode, words: Words): vscode.TreeItem {
  const shown = rowWords(node.row, words);
  const item = new vscode.TreeItem(shown.label, None);
  item.id = node.id;
  item.description = shown.description;
  item.tooltip = tooltip(shown.tooltip);
  item.iconPath = new vscode.ThemeIcon(shown.icon);
  item.contextValue = 'row web target';
  item.accessibilityInformation = { label: shown.spoken };
  return item;
}

export function placeItem(node: PlaceNode, words: Words): vscode.TreeItem {
  const uri = vscode.Uri.parse(node.place.uri);
  const line = node.place.range.start.line + 1;
  const item = new vscode.TreeItem(`${vscode.workspace.asRelativePath(uri)}:${line}`, None);
  const text = node.place.text.replace(/\s+/gu, ' ').trim();
  item.id = node.id;
  item.description = text === '' ? words.t('(no text)') : `“${text}”`;
  item.tooltip = tooltip(`${vscode.workspace.asRelativePath(uri)}:${line}\n${item.description}`);
  item.iconPath = new vscode.ThemeIcon('link');
  item.contextValue = 'backlink place';
  item.command = openCommand(node.place.uri, node.place.range, words);
  item.accessibilityInformation = { label: `${basename(uri)}, ${words.t('Line {0}', line)}, ${text}` };
  return item;
}

/** @param command what fetches them; it is given the node */
export function moreItem(node: Pick<MoreNode, 'id' | 'next' | 'loaded' | 'total'>, { t, count }: Words, command: string): vscode.TreeItem {
  const item = new vscode.TreeItem(node.next === null ? t('Load more') : t('Load {0} more', count(node.next)), None);
  item.id = node.id;
  item.iconPath = new vscode.ThemeIcon('more');
  item.description = node.total === null ? t('{0} shown', count(node.loaded)) : t('{0} of {1} shown', count(node.loaded), count(node.total));
  item.command = { command, title: t('Load more'), arguments: [node] };
  item.contextValue = 'more';
  return item;
}

export function noteItem(node: NoteNode): vscode.TreeItem {
  const item = new vscode.TreeItem(node.text, None);
  item.id = node.id;
  item.tooltip = tooltip(node.text);
  item.iconPath = new vscode.ThemeIcon(node.tone === 'warning' ? 'warning' : 'info');
  item.contextValue = 'note';
  return item;
}

export function openCommand(uri: string, range: { readonly start: Place; readonly end: Place }, { t }: Words): vscode.Command {
  const selection = new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character);
  return { command: 'vscode.open', title: t('Go to Link'), arguments: [vscode.Uri.parse(uri), { selection, preserveFocus: true, preview: true }] };
}

interface Place {
  readonly line: number;
  readonly character: number;
}

export function basename(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}
