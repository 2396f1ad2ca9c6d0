/** The view around the tree *Links*: its line of status, its badge, and the commands of its toolbar and context menu. */
import * as vscode from 'vscode';
import { changeFolderSetting } from '../configuration.ts';
import type { StatusItem } from '../status.ts';
import { treeMessage } from '../statusWords.ts';
import type { LinksTree } from './linksTree.ts';
import type { TreeNode } from './nodes.ts';
import { LOAD_MORE } from './treeItems.ts';

/** @param inspect opens the report of a typed URL or domain */
export function createLinksView(tree: LinksTree, status: StatusItem, inspect: (text: string) => Promise<void>): vscode.Disposable {
  const view = vscode.window.createTreeView<TreeNode>('backlinkLens.links', { treeDataProvider: tree, showCollapseAll: true });
  const command = (name: string, run: (node: TreeNode) => unknown) => vscode.commands.registerCommand(name, run);
  let message = '';
  const showMessage = () => {
    // The editor hides the welcome text behind any message, and an empty tree needs its welcome more.
    view.message = tree.isEmpty ? '' : message;
  };
  const parts: vscode.Disposable[] = [
    view,
    status.onDidChange(({ state, detail }) => {
      message = treeMessage(state, detail);
      showMessage();
    }),
    tree.onDidChangeEmpty(showMessage),
    vscode.commands.registerCommand('backlinkLens.refresh', () => tree.refresh()),
    command(LOAD_MORE, async (node) => {
      if (node.kind !== 'more') return;
      await vscode.window.withProgress({ location: { viewId: 'backlinkLens.links' } }, () => tree.loadMore(node));
    }),
    command('backlinkLens.link.open', async (node) => {
      const url = urlOf(node);
      if (url !== null) await vscode.env.openExternal(vscode.Uri.parse(url, true));
    }),
    command('backlinkLens.link.copy', async (node) => {
      const url = urlOf(node);
      if (url !== null) await vscode.env.clipboard.writeText(url);
    }),
    command('backlinkLens.link.inspect', async (node) => {
      const url = urlOf(node);
      if (url !== null) await inspect(url);
    }),
    command('backlinkLens.link.reveal', reveal),
    command('backlinkLens.link.ignore', async (node) => {
      if (node.kind !== 'link' || node.link.targets === null) return;
      const pattern = node.link.targets.page.name;
      await changeFolderSetting('ignore', vscode.Uri.parse(node.document), (before) => [...new Set([...before, pattern])]);
    }),
  ];
  return vscode.Disposable.from(...parts);
}

/** The web address a node stands for; null for one that has none. Only http(s) is ever opened. */
export function urlOf(node: TreeNode): string | null {
  const url = node.kind === 'row' ? node.row.sourceUrl : node.kind === 'link' ? (node.link.targets?.page.name ?? null) : null;
  return url !== null && /^https?:\/\//i.test(url) ? url : null;
}

async function reveal(node: TreeNode): Promise<void> {
  const place = node.kind === 'link' ? { uri: node.document, range: node.link.range } : node.kind === 'place' ? node.place : null;
  if (place === null) return;
  const { start, end } = place.range;
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  await vscode.window.showTextDocument(vscode.Uri.parse(place.uri), { selection, preview: true });
}
