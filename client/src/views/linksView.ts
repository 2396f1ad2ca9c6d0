/** The view around the tree *Links*: its lines of status, its badge, what it remembers, and the commands of its toolbar and context menu. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { StatusItem } from '../status.ts';
import { treeMessage } from '../statusWords.ts';
import type { Words } from '../words.ts';
import { registerArrangeCommands } from './arrangeCommands.ts';
import { arrangementWords, filterWords } from './arrangementWords.ts';
import { type ExportTaker, linksDragAndDrop } from './drag.ts';
import { registerExportCommand } from './exportLinks.ts';
import { countFindings } from './findingsBadge.ts';
import { registerLinkActions } from './linkActions.ts';
import type { LinksTree } from './linksTree.ts';
import type { TreeNode } from './nodes.ts';
import { registerReveal } from './reveal.ts';
import { LOAD_MORE } from './treeItems.ts';
import type { TreeMemory } from './treeMemory.ts';

const LINKS_VIEW = 'backlinkLens.links';

export interface LinksViewParts {
  readonly client: LanguageClient;
  readonly tree: LinksTree;
  readonly status: StatusItem;
  readonly memory: TreeMemory;
  readonly words: Words;
  /** Opens the report of a typed URL or domain. */
  readonly inspect: (text: string) => Promise<void>;
  /** Takes files that were dropped onto the view. */
  readonly takeExports: ExportTaker;
}

export function createLinksView(parts: LinksViewParts): vscode.Disposable {
  const { tree, status, memory, words } = parts;
  const view = vscode.window.createTreeView<TreeNode>(LINKS_VIEW, {
    treeDataProvider: tree,
    showCollapseAll: true,
    canSelectMany: true,
    dragAndDropController: linksDragAndDrop(parts.takeExports),
  });
  const badge = countFindings((findings) => {
    const tooltip = findings === 1 ? words.t('1 finding') : words.t('{0} findings', words.count(findings));
    view.badge = findings === 0 ? undefined : { value: findings, tooltip };
  });
  let message = '';
  const say = () => {
    const { filter } = tree.arrangement;
    const filtered = filter === '' ? '' : filterWords(filter, tree.counts, words);
    // The editor hides the welcome text behind any message, and an empty tree needs its welcome more.
    view.message = tree.isEmpty ? '' : [filtered, message].filter(Boolean).join('\n');
    view.description = arrangementWords(tree.arrangement, words);
    void vscode.commands.executeCommand('setContext', 'backlinkLens.filtered', filter !== '');
  };
  tree.setVisible(view.visible);
  const registered: vscode.Disposable[] = [
    view,
    badge,
    view.onDidChangeVisibility(({ visible }) => tree.setVisible(visible)),
    view.onDidExpandElement(({ element }) => memory.fold(element.id, true)),
    view.onDidCollapseElement(({ element }) => memory.fold(element.id, false)),
    status.onDidChange(({ state, detail }) => {
      message = treeMessage(state, detail);
      say();
    }),
    tree.onDidDraw(say),
    vscode.commands.registerCommand('backlinkLens.refresh', () => tree.refresh()),
    vscode.commands.registerCommand(LOAD_MORE, async (node: TreeNode) => {
      if (node.kind !== 'more' && node.kind !== 'moreLinks') return;
      await vscode.window.withProgress({ location: { viewId: LINKS_VIEW } }, () => tree.loadMore(node));
    }),
    registerArrangeCommands(tree, memory, words),
    registerLinkActions(parts),
    registerExportCommand(tree, words),
    registerReveal(view, tree, memory),
  ];
  return vscode.Disposable.from(...registered);
}
