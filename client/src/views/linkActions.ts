/** What can be done with a line of the tree: open, copy, look at it closer, look it up, ignore. Several lines at once where that makes sense. */
import * as vscode from 'vscode';
import { COMMANDS } from '../../../shared/protocol.ts';
import { changeFolderSetting } from '../configuration.ts';
import type { Words } from '../words.ts';
import type { LinksTree } from './linksTree.ts';
import type { LinkNode, TreeNode } from './nodes.ts';
import { rowText, urlOf } from './nodeText.ts';

export interface ActionParts {
  readonly tree: LinksTree;
  readonly words: Words;
  readonly inspect: (text: string) => Promise<void>;
}

export function registerLinkActions({ inspect, words }: ActionParts): vscode.Disposable {
  const command = (name: string, run: (nodes: readonly TreeNode[], first: TreeNode) => unknown) =>
    vscode.commands.registerCommand(name, async (node?: TreeNode, selected?: readonly TreeNode[]) => {
      if (node === undefined) return;
      await run(selected?.includes(node) ? selected : [node], node);
    });
  const copy = async (texts: readonly (string | null)[]) => {
    const found = texts.filter((text) => text !== null);
    if (found.length > 0) await vscode.env.clipboard.writeText(found.join('\n'));
  };
  return vscode.Disposable.from(
    command('backlinkLens.link.open', async (_, node) => {
      const url = urlOf(node);
      if (url !== null) await vscode.env.openExternal(vscode.Uri.parse(url, true));
    }),
    command('backlinkLens.link.openFile', async (_, node) => {
      if (node.kind === 'link' && node.link.local?.exists) await vscode.commands.executeCommand('vscode.open', vscode.Uri.parse(node.link.local.uri));
    }),
    command('backlinkLens.link.copy', (nodes) => copy(nodes.map(urlOf))),
    command('backlinkLens.link.copyRow', (nodes) => copy(nodes.map((node) => rowText(node, words)))),
    command('backlinkLens.link.inspect', async (_, node) => {
      if (node.kind === 'document') {
        await vscode.commands.executeCommand(COMMANDS.createReport, { kind: 'document', uri: node.uri });
        return;
      }
      const url = node.kind === 'group' && node.common.kind === 'domain' ? node.common.name : urlOf(node);
      if (url !== null) await inspect(url);
    }),
    command('backlinkLens.link.reveal', (_, node) => reveal(node)),
    command('backlinkLens.link.lookUp', async (_, node) => {
      if (node.kind === 'document') await vscode.commands.executeCommand(COMMANDS.lookUp, { uri: node.uri });
      if (node.kind === 'link') await vscode.commands.executeCommand(COMMANDS.lookUp, { uri: node.document, range: node.link.range });
    }),
    command('backlinkLens.link.ignore', async (nodes) => {
      for (const node of nodes) if (node.kind === 'link') await ignore(node);
    }),
  );
}

async function ignore(node: LinkNode): Promise<void> {
  if (node.link.targets === null) return;
  const pattern = node.link.targets.page.name;
  await changeFolderSetting('ignore', vscode.Uri.parse(node.document), (before) => [...new Set([...before, pattern])]);
}

async function reveal(node: TreeNode): Promise<void> {
  const place = node.kind === 'link' ? { uri: node.document, range: node.link.range } : node.kind === 'place' ? node.place : null;
  if (place === null) return;
  const { start, end } = place.range;
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  await vscode.window.showTextDocument(vscode.Uri.parse(place.uri), { selection, preview: true });
}
