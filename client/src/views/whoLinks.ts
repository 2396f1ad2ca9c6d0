/** Who links to a place: the files of the folder, and a page of rows from the web, 250 at a time. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { workspaceBacklinksRequest } from '../../../shared/protocol.ts';
import { currentSettings } from '../configuration.ts';
import { hasWebRows } from './linkWords.ts';
import type { LinkNode, MoreNode, SideNode, TreeNode } from './nodes.ts';
import { noteNode } from './openTabs.ts';
import type { LoadedRows, RowStore } from './rowStore.ts';

export async function childrenOfLink(node: LinkNode, client: LanguageClient, rows: RowStore): Promise<TreeNode[]> {
  const folder = (node.link.local?.backlinks ?? 0) > 0;
  const web = hasWebRows(node.link, currentSettings().internal);
  if (folder && web) return (['folder', 'web'] as const).map((side) => ({ kind: 'side', id: `${node.id} ${side}`, side, parent: node }));
  return folder ? places(node, node, client) : pages(node, node, rows);
}

export async function childrenOfSide(node: SideNode, client: LanguageClient, rows: RowStore): Promise<TreeNode[]> {
  return node.side === 'folder' ? places(node.parent, node, client) : pages(node.parent, node, rows);
}

async function places(node: LinkNode, parent: LinkNode | SideNode, client: LanguageClient): Promise<TreeNode[]> {
  const uri = node.link.local?.uri;
  const found = uri === undefined ? null : await client.sendRequest(workspaceBacklinksRequest, { uri });
  if (found === null) return [noteNode(parent.id, vscode.l10n.t('The folder is still being read.'), 'plain')];
  return found.backlinks.map((place, index) => ({ kind: 'place', id: `${parent.id} place ${index}`, place }));
}

async function pages(node: LinkNode, parent: LinkNode | SideNode, rows: RowStore): Promise<TreeNode[]> {
  const target = node.link.targets?.page;
  if (target === undefined) return [];
  try {
    const loaded = await rows.first(target);
    const nodes: TreeNode[] = loaded.rows.map((row, index) => ({ kind: 'row', id: `${parent.id} row ${index}`, row }));
    if (nodes.length === 0) return [noteNode(parent.id, vscode.l10n.t('None seen.'), 'plain')];
    return loaded.complete ? nodes : [...nodes, moreNode(loaded, parent, target)];
  } catch (error) {
    return [noteNode(parent.id, error instanceof Error ? error.message : String(error), 'warning')];
  }
}

function moreNode(loaded: LoadedRows, parent: LinkNode | SideNode, target: MoreNode['target']): MoreNode {
  const size = currentSettings().rowsPerPage;
  const next = loaded.total === null ? null : Math.min(size, loaded.total - loaded.rows.length);
  return { kind: 'more', id: `${parent.id} more ${loaded.rows.length}`, target, parent, next, loaded: loaded.rows.length, total: loaded.total };
}
