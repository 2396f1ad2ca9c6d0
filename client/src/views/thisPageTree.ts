/** The tree *This Page*: what is known of the page in the active editor, unfolded as far as somebody wants to see it. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { lastKnown, type RowChange, type Target } from '../../../shared/backlinks.ts';
import { alonePagesRequest, opportunitiesRequest, rowsRequest, workspaceBacklinksRequest } from '../../../shared/protocol.ts';
import type { Opportunities } from '../../../shared/thisPage.ts';
import { currentSettings } from '../configuration.ts';
import { knownWords } from '../knownWords.ts';
import type { Words } from '../words.ts';
import { noteNode } from './openTabs.ts';
import type { PageFeed } from './pageFeed.ts';
import { createRowStore, type LoadedRows, type RowStore } from './rowStore.ts';
import { pageItem } from './thisPageItems.ts';
import { changesOf, type MoreRowsNode, type OpportunityNode, type PageNode, type SectionNode, sectionsOf } from './thisPageNodes.ts';
import { notPublished } from './thisPageWords.ts';

type Kind = RowChange['status'] | 'live';

export class ThisPageTree implements vscode.TreeDataProvider<PageNode>, vscode.Disposable {
  readonly #client: LanguageClient;
  readonly #feed: PageFeed;
  readonly #words: Words;
  readonly #changed = new vscode.EventEmitter<PageNode | undefined>();
  readonly #subscription: vscode.Disposable;
  readonly #rows = new Map<string, RowStore>();
  /** Looked for once for each page: reading the folder's files takes a while. */
  #could: { readonly uri: string; readonly answer: Promise<Opportunities> } | null = null;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(client: LanguageClient, feed: PageFeed, words: Words) {
    this.#client = client;
    this.#feed = feed;
    this.#words = words;
    this.#subscription = feed.onDidChange(() => this.#changed.fire(undefined));
  }

  /** Forgets what was fetched and asks anew. */
  async refresh(): Promise<void> {
    this.#rows.clear();
    this.#could = null;
    await this.#feed.refresh();
    this.#changed.fire(undefined);
  }

  async loadMore(node: MoreRowsNode): Promise<void> {
    await this.#storeOf(node.changed).more(node.target);
    this.#changed.fire(node.parent);
  }

  /** The words were linked: they are no opportunity any more. */
  async linked(node: OpportunityNode): Promise<void> {
    const could = this.#could;
    if (could === null) return;
    const { found, ...rest } = await could.answer;
    this.#could = { ...could, answer: Promise.resolve({ ...rest, found: found.filter((one) => one !== node.opportunity) }) };
    this.#changed.fire(undefined);
  }

  getTreeItem(node: PageNode): vscode.TreeItem {
    return pageItem(node, this.#words, Date.now());
  }

  async getChildren(node?: PageNode): Promise<PageNode[]> {
    if (node === undefined) return this.#top();
    if (node.kind !== 'section') return [];
    try {
      return await this.#below(node);
    } catch (error) {
      return [noteNode(node.id, error instanceof Error ? error.message : String(error), 'warning')];
    }
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  #top(): PageNode[] {
    const page = this.#feed.page();
    if (page !== null) return sectionsOf(page);
    const uri = this.#feed.uri();
    if (uri === null) return [];
    const outside = vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(uri)) === undefined;
    return outside ? [noteNode('page', vscode.l10n.t('This file is in no open folder. Open its folder to see who links to it.'), 'plain')] : [];
  }

  async #below(node: SectionNode): Promise<PageNode[]> {
    switch (node.section) {
      case 'folder':
        return this.#places(node);
      case 'web':
        return this.#web(node);
      case 'new':
      case 'lost':
        return this.#changedRows(node, node.section);
      case 'could':
        return this.#opportunities(node);
      case 'alone':
        return this.#alone(node);
    }
  }

  async #places(node: SectionNode): Promise<PageNode[]> {
    const found = await this.#client.sendRequest(workspaceBacklinksRequest, { uri: node.page.uri, soFar: true });
    const places = found?.backlinks ?? [];
    if (places.length > 0) return places.map((place, index) => ({ kind: 'place', id: `${node.page.uri} place ${index}`, place }));
    const reading = node.page.folder.state === 'reading';
    const text = reading ? vscode.l10n.t('The folder is still being read.') : vscode.l10n.t('No page of this folder links here.');
    return [noteNode(node.id, text, 'plain')];
  }

  async #web(node: SectionNode): Promise<PageNode[]> {
    const { web, site } = node.page;
    if (web === null) {
      if (site.siteUrl === null) return [{ kind: 'question', id: `${node.page.uri} question`, site }];
      return [noteNode(node.id, notPublished(site, this.#words), 'plain')];
    }
    const last = lastKnown(web.facts)?.value ?? null;
    if (last === null) return [noteNode(node.id, this.#whyUnknown(node), web.facts.state === 'failed' ? 'warning' : 'plain')];
    if (last.backlinks === 0 && currentSettings().internal === 'exclude') return [noteNode(node.id, vscode.l10n.t('None seen.'), 'plain')];
    return this.#rowNodes(node, web.target, null);
  }

  #whyUnknown({ page: { web } }: SectionNode): string {
    if (web === null) return '';
    if (web.facts.state === 'failed') return web.facts.message;
    if (web.facts.state === 'skipped' && web.facts.reason === 'manual')
      return vscode.l10n.t('Not asked yet: the source is asked when you look it up.');
    return knownWords(web.facts, this.#words, Date.now());
  }

  async #changedRows(node: SectionNode, status: RowChange['status']): Promise<PageNode[]> {
    const changes = changesOf(node.page);
    return node.page.web === null || changes === null ? [] : this.#rowNodes(node, node.page.web.target, { status, since: changes.since });
  }

  async #rowNodes(node: SectionNode, target: Target, changed: RowChange | null): Promise<PageNode[]> {
    const loaded = await this.#storeOf(changed).first(target);
    const rows: PageNode[] = loaded.rows.map((row, index) => ({ kind: 'row', id: `${node.page.uri} ${node.section} ${index}`, row }));
    if (rows.length === 0) return [noteNode(node.id, vscode.l10n.t('None seen.'), 'plain')];
    return loaded.complete ? rows : [...rows, moreNode(node, target, changed, loaded)];
  }

  async #opportunities(node: SectionNode): Promise<PageNode[]> {
    const { uri } = node.page;
    if (this.#could?.uri !== uri) this.#could = { uri, answer: this.#client.sendRequest(opportunitiesRequest, { uri }) };
    const { found, titles, looked } = await this.#could.answer.catch((error: unknown) => {
      this.#could = null;
      throw error;
    });
    if (found.length > 0) return found.map((opportunity, index) => ({ kind: 'opportunity', id: `${uri} could ${index}`, opportunity }));
    const text =
      titles.length === 0
        ? vscode.l10n.t('This page has no title that could stand for it in a text.')
        : vscode.l10n.t('None of {0} pages names “{1}” without a link.', this.#words.count(looked), titles[0] ?? '');
    return [noteNode(node.id, text, 'plain')];
  }

  async #alone(node: SectionNode): Promise<PageNode[]> {
    const found = (await this.#client.sendRequest(alonePagesRequest, {})) ?? [];
    return found.map((uri) => ({ kind: 'alone', id: `alone ${node.page.uri} ${uri}`, uri }));
  }

  #storeOf(changed: RowChange | null): RowStore {
    const kind: Kind = changed?.status ?? 'live';
    const key = `${kind} ${changed?.since ?? ''}`;
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    const made = createRowStore({
      fetch: (target, offset, limit) => this.#client.sendRequest(rowsRequest, { target, offset, limit, ...(changed !== null && { changed }) }),
      limit: () => currentSettings().rowsPerPage,
      max: () => currentSettings().maxRows,
    });
    this.#rows.set(key, made);
    return made;
  }
}

function moreNode(parent: SectionNode, target: Target, changed: RowChange | null, { rows, total }: LoadedRows): MoreRowsNode {
  const next = total === null ? null : Math.min(currentSettings().rowsPerPage, total - rows.length);
  return {
    kind: 'moreRows',
    id: `${parent.page.uri} ${parent.section} more ${rows.length}`,
    target,
    changed,
    parent,
    next,
    loaded: rows.length,
    total,
  };
}
