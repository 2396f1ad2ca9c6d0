/** The tree *Links*: open documents, where their links point, and who links there. Everything is fetched when it is unfolded. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  type DocumentFacts,
  documentFactsRequest,
  factsChangedNotification,
  rowsRequest,
  workspaceBacklinksRequest,
} from '../../../shared/protocol.ts';
import { currentSettings } from '../configuration.ts';
import { isServed } from '../languageClient.ts';
import type { Words } from '../words.ts';
import { hasWebRows } from './linkWords.ts';
import { type DocumentNode, type LinkNode, linkNodes, type MoreNode, type NoteNode, type SideNode, type TreeNode } from './nodes.ts';
import { createRowStore, type LoadedRows } from './rowStore.ts';
import { treeItem } from './treeItems.ts';

export class LinksTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly #client: LanguageClient;
  readonly #words: Words;
  readonly #changed = new vscode.EventEmitter<TreeNode | undefined>();
  readonly #subscriptions: vscode.Disposable[];
  readonly #rows = createRowStore({
    fetch: (target, offset, limit) => this.#client.sendRequest(rowsRequest, { target, offset, limit }),
    limit: () => currentSettings().rowsPerPage,
    max: () => currentSettings().maxRows,
  });
  /** Asked once between two changes: drawing a document and unfolding it share the answer. */
  readonly #facts = new Map<string, Promise<DocumentFacts | null>>();
  #shown = new Map<string, DocumentNode>();
  #active: string | null;
  readonly #emptied = new vscode.EventEmitter<boolean>();
  #isEmpty = true;
  readonly onDidChangeTreeData = this.#changed.event;
  /** Tells when the tree gets its first document or loses its last. */
  readonly onDidChangeEmpty = this.#emptied.event;

  constructor(client: LanguageClient, words: Words) {
    this.#client = client;
    this.#words = words;
    this.#active = vscode.window.activeTextEditor?.document.uri.toString() ?? null;
    this.#subscriptions = [
      client.onNotification(factsChangedNotification, ({ uris }) => this.#factsChanged(uris)),
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
      this.#emptied,
    ];
  }

  get isEmpty(): boolean {
    return this.#isEmpty;
  }

  /** Forgets fetched rows and draws everything anew. */
  refresh(): void {
    this.#rows.clear();
    this.#facts.clear();
    this.#changed.fire(undefined);
  }

  /** Fetches the next page of rows of a *Load more* node. */
  async loadMore(node: MoreNode): Promise<void> {
    await this.#rows.more(node.target);
    this.#changed.fire(node.parent);
  }

  async getTreeItem(node: TreeNode): Promise<vscode.TreeItem> {
    // The editor keeps a document's node and draws it again when its facts change.
    const shown = node.kind === 'document' ? { ...node, facts: await this.#factsOf(node.uri).catch(() => node.facts) } : node;
    const pathOf = (uri: string) => vscode.workspace.asRelativePath(vscode.Uri.parse(uri));
    return treeItem(shown, { words: this.#words, now: Date.now(), pathOf, internal: currentSettings().internal, active: this.#active });
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    switch (node?.kind) {
      case undefined:
        return this.#documents();
      case 'document':
        return this.#links(node);
      case 'link':
        return this.#sides(node);
      case 'side':
        return node.side === 'folder' ? this.#places(node.parent, node) : this.#pages(node.parent, node);
      case 'row':
      case 'place':
      case 'more':
      case 'note':
        return [];
    }
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #factsChanged(uris: readonly string[]): void {
    if (uris.length === 0) {
      this.refresh();
      return;
    }
    // Rows are kept: their generation tells when they are old.
    for (const uri of uris) this.#facts.delete(uri);
    const nodes = uris.map((uri) => this.#shown.get(uri));
    if (nodes.includes(undefined)) this.#changed.fire(undefined);
    else for (const node of nodes) this.#changed.fire(node);
  }

  async #documents(): Promise<TreeNode[]> {
    const documents = documentsInTabs().filter((document) => isServed(document));
    this.#setEmpty(documents.length === 0);
    if (documents.length === 0) return [];
    try {
      const nodes = await Promise.all(documents.map((document) => this.#document(document)));
      nodes.sort((a, b) => a.uri.localeCompare(b.uri));
      this.#shown = new Map(nodes.map((node) => [node.uri, node]));
      return nodes;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return [note('root', vscode.l10n.t('The language server does not answer: {0}', reason), 'warning')];
    }
  }

  #setEmpty(empty: boolean): void {
    if (empty === this.#isEmpty) return;
    this.#isEmpty = empty;
    this.#emptied.fire(empty);
  }

  async #document({ uri }: vscode.TextDocument): Promise<DocumentNode> {
    const id = this.#client.code2ProtocolConverter.asUri(uri);
    return { kind: 'document', id, uri: id, facts: await this.#factsOf(id) };
  }

  #factsOf(uri: string): Promise<DocumentFacts | null> {
    const known = this.#facts.get(uri);
    if (known !== undefined) return known;
    const asked = this.#client.sendRequest(documentFactsRequest, { uri });
    this.#facts.set(uri, asked);
    const forget = () => {
      if (this.#facts.get(uri) === asked) this.#facts.delete(uri);
    };
    // A document that the server does not have yet, or a failure, is asked for again.
    asked.then((facts) => facts ?? forget(), forget);
    return asked;
  }

  async #links(node: DocumentNode): Promise<TreeNode[]> {
    const facts = await this.#factsOf(node.uri);
    if (facts === null) return [];
    if (facts.problem !== null) return [note(node.id, facts.problem, 'warning')];
    return linkNodes(facts);
  }

  async #sides(node: LinkNode): Promise<TreeNode[]> {
    const folder = (node.link.local?.backlinks ?? 0) > 0;
    const web = hasWebRows(node.link, currentSettings().internal);
    if (folder && web) return (['folder', 'web'] as const).map((side) => ({ kind: 'side', id: `${node.id} ${side}`, side, parent: node }));
    return folder ? this.#places(node, node) : this.#pages(node, node);
  }

  async #places(node: LinkNode, parent: LinkNode | SideNode): Promise<TreeNode[]> {
    const uri = node.link.local?.uri;
    const found = uri === undefined ? null : await this.#client.sendRequest(workspaceBacklinksRequest, { uri });
    if (found === null) return [note(parent.id, vscode.l10n.t('The folder is still being read.'), 'plain')];
    return found.backlinks.map((place, index) => ({ kind: 'place', id: `${parent.id} place ${index}`, place }));
  }

  async #pages(node: LinkNode, parent: LinkNode | SideNode): Promise<TreeNode[]> {
    const target = node.link.targets?.page;
    if (target === undefined) return [];
    try {
      const loaded = await this.#rows.first(target);
      const rows: TreeNode[] = loaded.rows.map((row, index) => ({ kind: 'row', id: `${parent.id} row ${index}`, row }));
      if (rows.length === 0) return [note(parent.id, vscode.l10n.t('None seen.'), 'plain')];
      return loaded.complete ? rows : [...rows, this.#moreNode(loaded, parent, target)];
    } catch (error) {
      return [note(parent.id, error instanceof Error ? error.message : String(error), 'warning')];
    }
  }

  #moreNode(loaded: LoadedRows, parent: LinkNode | SideNode, target: MoreNode['target']): MoreNode {
    const size = currentSettings().rowsPerPage;
    const next = loaded.total === null ? null : Math.min(size, loaded.total - loaded.rows.length);
    return { kind: 'more', id: `${parent.id} more ${loaded.rows.length}`, target, parent, next, loaded: loaded.rows.length, total: loaded.total };
  }
}

function note(parent: string, text: string, tone: NoteNode['tone']): NoteNode {
  return { kind: 'note', id: `${parent} note`, text, tone };
}

/** Documents that have a tab; those that only a peek, a search or another extension holds are not what the user has open. */
function documentsInTabs(): vscode.TextDocument[] {
  const shown = new Set<string>();
  for (const { input } of vscode.window.tabGroups.all.flatMap((group) => group.tabs)) {
    if (input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom) shown.add(input.uri.toString());
    else if (input instanceof vscode.TabInputTextDiff) shown.add(input.modified.toString());
  }
  return vscode.workspace.textDocuments.filter((document) => shown.has(document.uri.toString()));
}
