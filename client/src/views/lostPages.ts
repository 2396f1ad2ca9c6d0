/** The view *Lost Pages*, there only while there are any: pages of this site that backlinks point at and that are gone, each with its redirect. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { LostPageEntry } from '../../../shared/moves.ts';
import { COMMANDS, lostPagesChangedNotification, lostPagesRequest } from '../../../shared/protocol.ts';
import { addRedirect } from '../commands/lostPages.ts';
import type { Words } from '../words.ts';
import { lostWords } from './lostWords.ts';

const VIEW = 'backlinkLens.lostPages';

export interface LostPagesParts {
  readonly client: LanguageClient;
  readonly words: Words;
}

export function createLostPages({ client, words }: LostPagesParts): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  let pages: readonly LostPageEntry[] = [];
  const view = vscode.window.createTreeView<LostPageEntry>(VIEW, {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (page) => (page === undefined ? [...pages] : []),
      getTreeItem: (page) => toItem(page, words),
    },
  });
  const refresh = async () => {
    pages = (await client.sendRequest(lostPagesRequest, { again: false })).pages;
    await vscode.commands.executeCommand('setContext', VIEW, pages.length > 0);
    changed.fire(undefined);
  };
  const command = (name: string, run: (page: LostPageEntry) => unknown) =>
    vscode.commands.registerCommand(name, async (page?: LostPageEntry) => {
      if (page !== undefined) await run(page);
    });
  return vscode.Disposable.from(
    changed,
    view,
    client.onNotification(lostPagesChangedNotification, () => {
      refresh().catch((error: unknown) => client.warn(`Lost pages: ${error instanceof Error ? error.message : String(error)}`));
    }),
    command('backlinkLens.lost.redirect', (page) => addRedirect(client, page)),
    command('backlinkLens.lost.inspect', ({ url }) => vscode.commands.executeCommand(COMMANDS.inspect, { text: url })),
    command('backlinkLens.lost.copy', ({ url }) => vscode.env.clipboard.writeText(url)),
    command('backlinkLens.lost.exclude', ({ folder, below }) =>
      vscode.commands.executeCommand(COMMANDS.ignore, { uri: folder, kind: 'lost', pattern: below }),
    ),
  );
}

function toItem(page: LostPageEntry, words: Words): vscode.TreeItem {
  const { label, description, tooltip, spoken, context } = lostWords(page, words);
  const item = new vscode.TreeItem(label);
  item.id = page.folder + page.url;
  item.description = description;
  item.tooltip = tooltip;
  item.contextValue = context;
  item.iconPath = new vscode.ThemeIcon('debug-disconnect');
  item.accessibilityInformation = { label: spoken };
  item.command = { title: words.t('Who links there'), command: 'backlinkLens.lost.inspect', arguments: [page] };
  return item;
}
