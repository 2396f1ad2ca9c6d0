/** Nodes as the editor draws them: label, description on the right, icon, tooltip, what a screen reader says, what a click does. */
import * as vscode from 'vscode';
import type { Words } from '../words.ts';
import type { Arrangement } from './arrangement.ts';
import { groupWords } from './groupWords.ts';
import { basename, moreItem, noteItem, openCommand, placeItem, rowItem, tooltip } from './leafItems.ts';
import { type LinkSetting, linkWords } from './linkWords.ts';
import { type DocumentNode, type GroupNode, type LinkNode, type MoreLinksNode, type SideNode, shownLinks, type TreeNode } from './nodes.ts';

export const LOAD_MORE = 'backlinkLens.loadMore';

const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;

export interface ItemSetting extends LinkSetting {
  readonly words: Words;
  /** The document in the active editor; it is opened in the tree. */
  readonly active: string | null;
  readonly arrangement: Arrangement;
  /** Links of a group or document that the filter lets through. */
  readonly linksOf: (group: string) => readonly LinkNode[];
  /** Whether the user unfolded or folded a group; undefined: neither. */
  readonly unfolded: (id: string) => boolean | undefined;
}

export function treeItem(node: TreeNode, setting: ItemSetting): vscode.TreeItem {
  switch (node.kind) {
    case 'document':
      return documentItem(node, setting);
    case 'group':
      return groupItem(node, setting);
    case 'link':
      return linkItem(node, setting);
    case 'side':
      return sideItem(node, setting);
    case 'row':
      return rowItem(node, setting.words);
    case 'place':
      return placeItem(node, setting.words);
    case 'more':
      return moreItem(node, setting.words, LOAD_MORE);
    case 'moreLinks':
      return moreLinksItem(node, setting);
    case 'note':
      return noteItem(node);
  }
}

function documentItem(node: DocumentNode, setting: ItemSetting): vscode.TreeItem {
  const { t, count } = setting.words;
  const uri = vscode.Uri.parse(node.uri);
  const item = new vscode.TreeItem(uri, foldOf(node.id, node.uri === setting.active, setting));
  const links = node.facts === null ? null : shownLinks(node.facts);
  const findings = node.facts?.findings ?? 0;
  const counted = links === null ? t('reading') : links === 1 ? t('1 link') : t('{0} links', count(links));
  const passing = setting.arrangement.filter === '' ? null : setting.linksOf(node.id).reduce((sum, { link }) => sum + link.count, 0);
  const filtered = passing === null || links === null ? counted : t('{0} of {1} links', count(passing), count(links));
  const found = findings === 0 ? null : findings === 1 ? t('1 finding') : t('{0} findings', count(findings));
  const problem = node.facts?.problem ?? null;
  item.id = node.id;
  item.iconPath = vscode.ThemeIcon.File;
  item.description = problem === null ? [filtered, found].filter((part) => part !== null).join(' · ') : t('not scanned');
  item.tooltip = tooltip([vscode.workspace.asRelativePath(uri), problem ?? item.description].join('\n'));
  item.contextValue = 'document';
  item.accessibilityInformation = { label: `${basename(uri)}, ${item.description}` };
  if ((links === 0 || passing === 0) && problem === null) item.collapsibleState = None;
  return item;
}

function groupItem(node: GroupNode, setting: ItemSetting): vscode.TreeItem {
  const shown = groupWords(node.common, setting.linksOf(node.id), setting.words);
  const item = new vscode.TreeItem(shown.label, foldOf(node.id, node.common.kind === 'strength', setting));
  item.id = node.id;
  item.description = shown.description;
  item.tooltip = tooltip(shown.tooltip);
  item.iconPath = new vscode.ThemeIcon(shown.icon);
  item.contextValue = node.common.kind === 'domain' ? 'group domain web' : 'group';
  item.accessibilityInformation = { label: shown.spoken };
  return item;
}

/** What the user did to it last, else unfolded where that shows something worth seeing. */
function foldOf(id: string, worthIt: boolean, { unfolded, arrangement }: ItemSetting): vscode.TreeItemCollapsibleState {
  return (unfolded(id) ?? (worthIt || arrangement.filter !== '')) ? Expanded : Collapsed;
}

function linkItem(node: LinkNode, setting: ItemSetting): vscode.TreeItem {
  const shown = linkWords(node, setting.words, setting);
  const item = new vscode.TreeItem(shown.label, shown.expandable ? Collapsed : None);
  item.id = node.id;
  item.description = shown.description;
  item.tooltip = tooltip(shown.tooltip);
  if (node.link.local?.exists) {
    item.resourceUri = vscode.Uri.parse(node.link.local.uri);
    item.iconPath = vscode.ThemeIcon.File;
  } else {
    item.iconPath = new vscode.ThemeIcon(shown.icon);
  }
  item.contextValue = `link place${node.link.targets === null ? '' : ' target web'}${node.link.local?.exists ? ' file' : ''}`;
  item.command = openCommand(node.document, node.link.range, setting.words);
  item.accessibilityInformation = { label: shown.spoken };
  return item;
}

function sideItem(node: SideNode, setting: ItemSetting): vscode.TreeItem {
  const { t, count } = setting.words;
  const item = new vscode.TreeItem(node.side === 'folder' ? t('In this folder') : t('On the web'), Collapsed);
  item.id = node.id;
  item.iconPath = new vscode.ThemeIcon(node.side === 'folder' ? 'folder' : 'globe');
  if (node.side === 'folder') item.description = count(node.parent.link.local?.backlinks ?? 0);
  item.contextValue = 'side';
  return item;
}

function moreLinksItem(node: MoreLinksNode, { words: { t, count } }: ItemSetting): vscode.TreeItem {
  const item = new vscode.TreeItem(t('Show {0} more', count(node.next)), None);
  item.id = node.id;
  item.iconPath = new vscode.ThemeIcon('more');
  item.description = t('{0} of {1} shown', count(node.shown), count(node.total));
  item.command = { command: LOAD_MORE, title: t('Load more'), arguments: [node] };
  item.contextValue = 'more';
  return item;
}
