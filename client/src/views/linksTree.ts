/** The tree *Links*: where the links of the open documents point, and who links there. Everything is fetched when it is unfolded. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { type DocumentFacts, documentFactsRequest, rowsRequest } from '../../../shared/protocol.ts';
import { currentSettings } from '../configuration.ts';
import type { FactsNews } from '../factsNews.ts';
import { isServed } from '../languageClient.ts';
import type { Words } from '../words.ts';
import type { Arrangement } from './arrangement.ts';
import { createFactsFeed } from './factsFeed.ts';
import { type Changes, createLinkModel, type LinkModel } from './linkModel.ts';
import type { DocumentNode, GroupNode, LinkNode, MoreLinksNode, MoreNode, TreeNode } from './nodes.ts';
import { documentsInTabs, noteNode } from './openTabs.ts';
import { createRowStore } from './rowStore.ts';
import { createShownCounts, type ShownCounts } from './shownCounts.ts';
import { treeItem } from './treeItems.ts';
import { childrenOfLink, childrenOfSide } from './whoLinks.ts';

/** More links than this that changed in one group: the group is drawn instead. */
const SINGLY = 50;

export class LinksTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly #client: LanguageClient;
  readonly #words: Words;
  readonly #changed = new vscode.EventEmitter<TreeNode | TreeNode[] | undefined>();
  readonly #drawn = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];
  readonly #rows = createRowStore({
    fetch: (target, offset, limit) => this.#client.sendRequest(rowsRequest, { target, offset, limit }),
    limit: () => currentSettings().rowsPerPage,
    max: () => currentSettings().maxRows,
  });
  readonly #feed = createFactsFeed({
    ask: (uri, since) => this.#client.sendRequest(documentFactsRequest, { uri, since }),
    told: (uri, facts) => this.#told(uri, facts),
    later: (run, milliseconds) => {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
  });
  readonly #model: LinkModel;
  /** Links that are shown of a group, where they are more than a first page. */
  readonly #shown: ShownCounts = createShownCounts();
  #documents = new Map<string, DocumentNode>();
  #active: string | null;
  #isEmpty = true;
  /** Whether a group was unfolded or folded by the user; what they have not touched unfolds for the active document. */
  readonly #unfolded: (id: string) => boolean | undefined;
  readonly onDidChangeTreeData = this.#changed.event;
  /** What stands around the tree may have to be said anew: it got or lost its links, its filter, its order. */
  readonly onDidDraw = this.#drawn.event;

  constructor(client: LanguageClient, news: FactsNews, words: Words, start: Arrangement, unfolded: (id: string) => boolean | undefined) {
    this.#client = client;
    this.#words = words;
    this.#model = createLinkModel(start);
    this.#unfolded = unfolded;
    this.#active = vscode.window.activeTextEditor?.document.uri.toString() ?? null;
    this.#subscriptions = [
      news.onDidChange((uris) => this.#factsChanged(uris)),
      vscode.workspace.onDidOpenTextDocument((document) => {
        if (!isServed(document)) return;
        // A change of language opens a document anew while its editor stays the same.
        if (document === vscode.window.activeTextEditor?.document) this.#active = document.uri.toString();
        this.#changed.fire(undefined);
      }),
      // A document may stay in memory long after its tab was closed, so tabs decide.
      vscode.window.tabGroups.onDidChangeTabs(({ opened, closed }) => {
        if (opened.length > 0 || closed.length > 0) this.#changed.fire(undefined);
      }),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (editor !== undefined && isServed(editor.document)) this.#active = editor.document.uri.toString();
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('backlinkLens')) this.refresh();
      }),
      this.#changed,
      this.#drawn,
    ];
  }

  /** True while no document is open whose links it could show. */
  get isEmpty(): boolean {
    return this.#isEmpty;
  }

  get arrangement(): Arrangement {
    return this.#model.arrangement();
  }

  /** Links in all open documents, and those that the filter lets through. */
  get counts(): { readonly all: number; readonly shown: number } {
    return this.#model.counts();
  }

  arrange(next: Arrangement): void {
    this.#model.arrange(next);
    this.#shown.clear();
    this.#changed.fire(undefined);
  }

  /** While nobody sees it nothing is asked of its own accord. */
  setVisible(visible: boolean): void {
    this.#feed.pause(!visible);
  }

  /** Forgets fetched rows and draws everything anew. */
  refresh(): void {
    this.#rows.clear();
    this.#feed.forget();
    this.#changed.fire(undefined);
  }

  /** Fetches the next page of rows of a *Load more* node, or shows the next links of a group. */
  async loadMore(node: MoreNode | MoreLinksNode): Promise<void> {
    if (node.kind === 'more') {
      await this.#rows.more(node.target);
      this.#changed.fire(node.parent);
      return;
    }
    this.#shown.more(node.parent?.id ?? null);
    this.#changed.fire(node.parent ?? undefined);
  }

  /** The link that stands at a place of an open document, with its whole way unfolded; null where none does. */
  async linkAt(uri: string, position: vscode.Position): Promise<LinkNode | null> {
    const id = this.#client.code2ProtocolConverter.asUri(vscode.Uri.parse(uri));
    if (this.#documents.size === 0) await this.getChildren();
    const holds = ({ link }: LinkNode) =>
      link.places.some(
        ({ start, end }) =>
          (start.line < position.line || (start.line === position.line && start.character <= position.character)) &&
          (end.line > position.line || (end.line === position.line && end.character >= position.character)),
      );
    const groups = this.arrangement.grouping === 'document' ? [id] : this.#model.groups().map((group) => group.id);
    for (const group of groups) {
      const links = this.#model.links(group);
      const index = links.findIndex((link) => link.document === id && holds(link));
      const found = links[index];
      if (found === undefined) continue;
      if (this.#shown.reach(group, index)) this.#changed.fire(this.#groupNode(group));
      return found;
    }
    return null;
  }

  /** Every link that is shown, in the order of the tree. */
  *shownLinks(): Iterable<LinkNode> {
    const groups = this.arrangement.grouping === 'document' ? [...this.#documents.keys()] : this.#model.groups().map(({ id }) => id);
    for (const group of groups) yield* this.#model.links(group);
  }

  async getTreeItem(node: TreeNode): Promise<vscode.TreeItem> {
    if (node.kind === 'document') await this.#renew(node);
    const pathOf = (uri: string) => vscode.workspace.asRelativePath(vscode.Uri.parse(uri));
    return treeItem(node, {
      words: this.#words,
      now: Date.now(),
      pathOf,
      internal: currentSettings().internal,
      active: this.#active,
      arrangement: this.arrangement,
      linksOf: (group) => this.#model.links(group),
      unfolded: this.#unfolded,
    });
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    switch (node?.kind) {
      case undefined:
        return this.#roots();
      case 'document':
        return this.#linksOfDocument(node);
      case 'group':
        return this.#paged(this.#model.links(node.id), node);
      case 'link':
        return childrenOfLink(node, this.#client, this.#rows);
      case 'side':
        return childrenOfSide(node, this.#client, this.#rows);
      case 'row':
      case 'place':
      case 'more':
      case 'moreLinks':
      case 'note':
        return [];
    }
  }

  getParent(node: TreeNode): TreeNode | undefined {
    if (node.kind === 'link') return this.#groupNode(node.group ?? '');
    return node.kind === 'side' ? node.parent : undefined;
  }

  dispose(): void {
    this.#feed.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #groupNode(id: string): DocumentNode | GroupNode | undefined {
    return this.#documents.get(id) ?? this.#model.groups().find((group) => group.id === id);
  }

  #factsChanged(uris: readonly string[]): void {
    if (uris.length === 0) {
      this.refresh();
      return;
    }
    // Rows are kept: their generation tells when they are old.
    for (const uri of uris) {
      const version = this.#model.facts(uri)?.version;
      const document = vscode.workspace.textDocuments.find((open) => this.#client.code2ProtocolConverter.asUri(open.uri) === uri);
      this.#feed.changed(uri, version === undefined || document?.version === version ? 'knowledge' : 'text');
    }
    if (uris.some((uri) => !this.#documents.has(uri))) this.#changed.fire(undefined);
  }

  #told(uri: string, facts: DocumentFacts | null): void {
    const node = this.#documents.get(uri);
    if (node === undefined) return;
    node.facts = facts;
    this.#draw(this.#model.set(uri, facts));
  }

  #draw({ roots, groups, links }: Changes): void {
    const touched = [...groups].flatMap((id) => this.#groupNode(id) ?? []);
    if (roots) this.#changed.fire(undefined);
    else if (links.length > SINGLY) this.#changed.fire(touched.length === 0 && this.#documents.size > 1 ? undefined : [...this.#documents.values()]);
    else if (touched.length + links.length > 0) this.#changed.fire([...touched, ...links]);
    this.#drawn.fire();
  }

  async #roots(): Promise<TreeNode[]> {
    const documents = documentsInTabs().filter((document) => isServed(document));
    this.#isEmpty = documents.length === 0;
    try {
      const ids = documents.map(({ uri }) => this.#client.code2ProtocolConverter.asUri(uri)).sort((a, b) => a.localeCompare(b));
      await Promise.all(ids.map((id) => this.#factsOf(id)));
      this.#keep(ids);
      if (this.arrangement.grouping === 'document') return [...this.#documents.values()];
      return this.#paged(this.#model.groups(), null);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return [noteNode('root', vscode.l10n.t('The language server does not answer: {0}', reason), 'warning')];
    } finally {
      this.#drawn.fire();
    }
  }

  /** Documents that are open stay the same nodes, the others are forgotten. */
  #keep(ids: readonly string[]): void {
    for (const id of this.#documents.keys()) {
      if (ids.includes(id)) continue;
      this.#model.remove(id);
      this.#feed.forget(id);
    }
    this.#documents = new Map(ids.map((id) => [id, this.#documents.get(id) ?? { kind: 'document', id, uri: id, facts: this.#model.facts(id) }]));
  }

  /** A document is drawn alone: its links that stand there already are drawn again where newer facts came with it. */
  async #renew(node: DocumentNode): Promise<void> {
    const facts = await this.#feed.get(node.uri).catch(() => node.facts);
    node.facts = facts;
    if (facts !== this.#model.facts(node.uri)) this.#draw(this.#model.set(node.uri, facts));
  }

  async #factsOf(uri: string): Promise<DocumentFacts | null> {
    const facts = await this.#feed.get(uri);
    if (facts !== this.#model.facts(uri)) this.#model.set(uri, facts);
    return facts;
  }

  async #linksOfDocument(node: DocumentNode): Promise<TreeNode[]> {
    const facts = await this.#factsOf(node.uri);
    if (facts === null) return [];
    if (facts.problem !== null) return [noteNode(node.id, facts.problem, 'warning')];
    return this.#paged(this.#model.links(node.id), node);
  }

  #paged(nodes: readonly TreeNode[], parent: DocumentNode | GroupNode | null): TreeNode[] {
    const shown = this.#shown.of(parent?.id ?? null);
    const rest = nodes.length - shown;
    if (rest <= 0) return [...nodes];
    const next = Math.min(this.#shown.page, rest);
    const more: MoreLinksNode = { kind: 'moreLinks', id: `${parent?.id ?? 'root'} more ${shown}`, parent, next, shown, total: nodes.length };
    return [...nodes.slice(0, shown), more];
  }
}
