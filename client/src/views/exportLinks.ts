/** *Export Links*: what the tree shows, filtered and sorted as it is, as a table of a file. */
import * as vscode from 'vscode';
import type { Words } from '../words.ts';
import { linksCsv, linksMarkdown } from './linksTable.ts';
import type { LinksTree } from './linksTree.ts';

export function registerExportCommand(tree: LinksTree, words: Words): vscode.Disposable {
  return vscode.commands.registerCommand('backlinkLens.links.export', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const file = await vscode.window.showSaveDialog({
      title: vscode.l10n.t('Export Links'),
      saveLabel: vscode.l10n.t('Export'),
      filters: { CSV: ['csv'], Markdown: ['md'], JSON: ['json'] },
      ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, 'links.csv') }),
    });
    if (file === undefined) return;
    const links = [...tree.shownLinks()];
    const pathOf = (uri: string) => vscode.workspace.asRelativePath(vscode.Uri.parse(uri));
    const text = file.path.endsWith('.json')
      ? `${JSON.stringify(
          links.map(({ document, link }) => ({ document: pathOf(document), ...link })),
          null,
          2,
        )}\n`
      : file.path.endsWith('.md')
        ? linksMarkdown(links, pathOf, words)
        : linksCsv(links, pathOf);
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
    await vscode.commands.executeCommand('vscode.open', file);
  });
}
