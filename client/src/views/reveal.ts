/** From the editor to the tree: *Reveal in Links*, and a tree that follows the cursor where the user wants that. */
import * as vscode from 'vscode';
import { isServed } from '../languageClient.ts';
import type { LinksTree } from './linksTree.ts';
import type { TreeNode } from './nodes.ts';
import type { TreeMemory } from './treeMemory.ts';

/** Milliseconds that the cursor stands before the tree follows it. */
const STANDS = 250;

export function registerReveal(view: vscode.TreeView<TreeNode>, tree: LinksTree, memory: TreeMemory): vscode.Disposable {
  const reveal = async (editor: vscode.TextEditor, focus: boolean): Promise<boolean> => {
    const node = await tree.linkAt(editor.document.uri.toString(), editor.selection.active);
    if (node === null) return false;
    await view.reveal(node, { select: true, focus, expand: false });
    return true;
  };
  let timer: NodeJS.Timeout | undefined;
  const follow = (follows: boolean) => {
    memory.follow(follows);
    void vscode.commands.executeCommand('setContext', 'backlinkLens.followsCursor', follows);
  };
  follow(memory.follows());
  return vscode.Disposable.from(
    vscode.commands.registerCommand('backlinkLens.links.follow', () => follow(true)),
    vscode.commands.registerCommand('backlinkLens.links.unfollow', () => follow(false)),
    vscode.commands.registerCommand('backlinkLens.revealInLinks', async () => {
      const editor = vscode.window.activeTextEditor;
      if (editor === undefined || !isServed(editor.document)) return;
      if (await reveal(editor, true)) return;
      await vscode.window.showInformationMessage(vscode.l10n.t('There is no link at the cursor, or the filter hides it.'));
    }),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor, kind }) => {
      if (!view.visible || !memory.follows() || kind === undefined || !isServed(textEditor.document)) return;
      clearTimeout(timer);
      timer = setTimeout(() => void reveal(textEditor, false).catch(() => false), STANDS);
    }),
    { dispose: () => clearTimeout(timer) },
  );
}
