/** The view *Links* with all that belongs to it: the tree, what it remembers, what is dropped onto it, and the first steps below it. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { registerFirstSteps } from '../commands/firstSteps.ts';
import type { FactsNews } from '../factsNews.ts';
import type { StatusItem } from '../status.ts';
import type { Words } from '../words.ts';
import { registerLinkDrop } from './dropLink.ts';
import { LinksTree } from './linksTree.ts';
import { createLinksView } from './linksView.ts';
import { createTreeMemory } from './treeMemory.ts';

export interface LinksParts {
  readonly client: LanguageClient;
  readonly news: FactsNews;
  readonly ready: () => Promise<void>;
  readonly status: StatusItem;
  readonly words: Words;
  readonly log: vscode.LogOutputChannel;
  readonly inspect: (text: string) => Promise<void>;
}

export interface Links extends vscode.Disposable {
  readonly tree: LinksTree;
}

export function createLinks(context: vscode.ExtensionContext, parts: LinksParts): Links {
  const memory = createTreeMemory(context.workspaceState);
  const tree = new LinksTree(parts.client, parts.news, parts.words, memory.arrangement(), memory.unfolded);
  const steps = registerFirstSteps({ ...parts, storage: context.globalStorageUri, extension: context.extensionUri });
  // A view of links and nothing else: its text stands in the manifest.
  const start = vscode.window.registerTreeDataProvider('backlinkLens.start', { getChildren: () => [], getTreeItem: noItem });
  const view = createLinksView({ ...parts, tree, memory, takeExports: steps.takeExports });
  const registered = vscode.Disposable.from(view, tree, steps, start, registerLinkDrop());
  return { tree, dispose: () => registered.dispose() };
}

function noItem(): vscode.TreeItem {
  return new vscode.TreeItem('');
}
