/** *Filter Links*, *Clear Filter* and *Group and Sort*: how the tree is arranged, by the keyboard as by the mouse. */
import * as vscode from 'vscode';
import type { Words } from '../words.ts';
import { type Arrangement, GROUPINGS, SORTS } from './arrangement.ts';
import { groupingWords, sortWords } from './arrangementWords.ts';
import type { LinksTree } from './linksTree.ts';
import type { TreeMemory } from './treeMemory.ts';

/** Milliseconds after the last key: a filter is drawn while it is typed. */
const WHILE_TYPING = 150;

export function registerArrangeCommands(tree: LinksTree, memory: TreeMemory, words: Words): vscode.Disposable {
  const filter = (text: string) => {
    if (text !== tree.arrangement.filter) tree.arrange({ ...tree.arrangement, filter: text });
  };
  return vscode.Disposable.from(
    vscode.commands.registerCommand('backlinkLens.links.filter', (given?: unknown) => {
      if (typeof given === 'string') filter(given);
      else askFilter(tree.arrangement.filter, filter);
    }),
    vscode.commands.registerCommand('backlinkLens.links.clearFilter', () => filter('')),
    vscode.commands.registerCommand('backlinkLens.links.arrange', async (given?: unknown) => {
      const change = readChange(given) ?? (await askArrangement(tree.arrangement, words));
      if (change === null) return;
      const next = { ...tree.arrangement, ...change };
      memory.arrange(next);
      tree.arrange(next);
    }),
  );
}

type Change = Partial<Pick<Arrangement, 'grouping' | 'sort'>>;

function readChange(value: unknown): Change | null {
  if (typeof value !== 'object' || value === null) return null;
  const { grouping, sort } = value as Record<string, unknown>;
  const group = GROUPINGS.find((known) => known === grouping);
  const order = SORTS.find((known) => known === sort);
  if (group === undefined && order === undefined) return null;
  return { ...(group === undefined ? {} : { grouping: group }), ...(order === undefined ? {} : { sort: order }) };
}

/** The tree follows what is typed; leaving the box puts the filter back that was there before. */
function askFilter(before: string, filter: (text: string) => void): void {
  const box = vscode.window.createInputBox();
  let timer: NodeJS.Timeout | undefined;
  let accepted = false;
  box.title = vscode.l10n.t('Filter Links');
  box.placeholder = vscode.l10n.t('Words in the address, the file or the text of a link');
  box.prompt = vscode.l10n.t('Links that have all of these words are shown. Empty shows every link.');
  box.value = before;
  box.onDidChangeValue((text) => {
    clearTimeout(timer);
    timer = setTimeout(() => filter(text.trim()), WHILE_TYPING);
  });
  box.onDidAccept(() => {
    accepted = true;
    box.hide();
  });
  box.onDidHide(() => {
    clearTimeout(timer);
    filter(accepted ? box.value.trim() : before);
    box.dispose();
  });
  box.show();
}

interface Choice extends vscode.QuickPickItem {
  readonly change?: Change;
}

async function askArrangement(now: Arrangement, words: Words): Promise<Change | null> {
  const icon = (chosen: boolean) => (chosen ? '$(check)' : '$(blank)');
  const heading = (label: string): Choice => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const chosen = (is: boolean) => (is ? { description: vscode.l10n.t('in use') } : {});
  const items: Choice[] = [
    heading(vscode.l10n.t('Group')),
    ...GROUPINGS.map((grouping) => {
      const is = grouping === now.grouping;
      return { label: `${icon(is)} ${capital(groupingWords(grouping, words))}`, ...chosen(is), change: { grouping } };
    }),
    heading(vscode.l10n.t('Sort')),
    ...SORTS.map((sort) => {
      const is = sort === now.sort;
      return { label: `${icon(is)} ${capital(sortWords(sort, words))}`, ...chosen(is), change: { sort } };
    }),
  ];
  const title = vscode.l10n.t('How are the links arranged?');
  return (await vscode.window.showQuickPick(items, { title, placeHolder: title }))?.change ?? null;
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
