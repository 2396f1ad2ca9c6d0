/** The view *This Page* with all that belongs to it: its line, its commands, the question for the site's address, words that become links. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { inspectRequest } from '../../../shared/protocol.ts';
import { changeFolderSetting } from '../configuration.ts';
import type { FactsNews } from '../factsNews.ts';
import type { StatusItem } from '../status.ts';
import type { Words } from '../words.ts';
import { linkWordsOf } from './linkOpportunity.ts';
import { createPageFeed } from './pageFeed.ts';
import { MORE_ROWS } from './thisPageItems.ts';
import type { PageNode } from './thisPageNodes.ts';
import { ThisPageTree } from './thisPageTree.ts';
import { pageLine, pageWords } from './thisPageWords.ts';

const VIEW = 'backlinkLens.thisPage';

export interface ThisPageParts {
  readonly client: LanguageClient;
  readonly news: FactsNews;
  readonly ready: () => Promise<void>;
  readonly status: StatusItem;
  readonly words: Words;
  /** True when the source may be asked; asks for consent where it is not given yet. */
  readonly allowed: () => Promise<boolean>;
}

export interface ThisPageView extends vscode.Disposable {
  readonly tree: ThisPageTree;
}

export function createThisPage({ client, news, ready, status, words, allowed }: ThisPageParts): ThisPageView {
  const feed = createPageFeed(client, news, ready);
  const tree = new ThisPageTree(client, feed, words);
  const view = vscode.window.createTreeView<PageNode>(VIEW, { treeDataProvider: tree, showCollapseAll: true });
  const command = (name: string, run: (node: PageNode) => unknown) =>
    vscode.commands.registerCommand(name, async (node?: PageNode) => {
      if (node !== undefined) await run(node);
    });
  const address = (node: PageNode) => (node.kind === 'section' ? (node.page.web?.target.name ?? null) : null);
  const registered = vscode.Disposable.from(
    feed,
    tree,
    view,
    feed.onDidChange((page) => {
      view.description = page === null ? '' : pageLine(page);
      status.tellPage(page === null ? null : pageWords(page, words));
    }),
    vscode.commands.registerCommand('backlinkLens.showThisPage', () => vscode.commands.executeCommand(`${VIEW}.focus`)),
    vscode.commands.registerCommand('backlinkLens.thisPage.refresh', () => tree.refresh()),
    command(MORE_ROWS, async (node) => {
      if (node.kind === 'moreRows') await vscode.window.withProgress({ location: { viewId: VIEW } }, () => tree.loadMore(node));
    }),
    command('backlinkLens.thisPage.open', async (node) => {
      const url = address(node);
      if (url !== null && /^https?:/i.test(url)) await vscode.env.openExternal(vscode.Uri.parse(url, true));
    }),
    command('backlinkLens.thisPage.copy', async (node) => vscode.env.clipboard.writeText(address(node) ?? '')),
    command('backlinkLens.thisPage.lookUp', async (node) => {
      const text = address(node);
      if (text === null || !(await allowed())) return;
      await vscode.window.withProgress({ location: { viewId: VIEW } }, () => client.sendRequest(inspectRequest, { text }));
      await tree.refresh();
    }),
    command('backlinkLens.site.confirm', async (node) => {
      if (node.kind === 'question' && node.site.guess !== null) await setSite(node.site.folder, node.site.guess.url);
    }),
    command('backlinkLens.site.change', async (node) => {
      if (node.kind === 'question') await askSite(node.site.folder, node.site.guess?.url ?? '');
    }),
    command('backlinkLens.site.ask', async (node) => {
      if (node.kind === 'question') await answerSite(node.site.folder, node.site.guess?.url ?? null);
    }),
    command('backlinkLens.opportunity.link', async (node) => {
      if (node.kind === 'opportunity' && (await linkWordsOf(node.opportunity))) await tree.linked(node);
    }),
  );
  return { tree, dispose: () => registered.dispose() };
}

async function setSite(folder: string, url: string): Promise<void> {
  await changeFolderSetting('siteUrl', vscode.Uri.parse(folder), () => url);
}

/** Yes or another: for the keyboard, where the icons of the line are far. */
async function answerSite(folder: string, guess: string | null): Promise<void> {
  if (guess === null) return askSite(folder, '');
  const yes = { label: vscode.l10n.t('Yes'), description: guess, iconPath: new vscode.ThemeIcon('check') };
  const change = { label: vscode.l10n.t('Change…'), iconPath: new vscode.ThemeIcon('edit') };
  const answer = await vscode.window.showQuickPick([yes, change], { title: vscode.l10n.t('Is this folder published at {0}?', guess) });
  if (answer === yes) await setSite(folder, guess);
  else if (answer === change) await askSite(folder, guess);
}

async function askSite(folder: string, value: string): Promise<void> {
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t('Address of this site'),
    prompt: vscode.l10n.t('Where this folder is published, for instance https://docs.example.com/'),
    value,
    ignoreFocusOut: true,
    validateInput: (text) => {
      const url = URL.parse(text.trim());
      const fits = url !== null && /^https?:$/.test(url.protocol) && url.host !== '';
      return fits ? null : vscode.l10n.t('A web address that begins with https:// or http://.');
    },
  });
  if (typed !== undefined) await setSite(folder, typed.trim());
}
