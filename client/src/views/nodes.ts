/** What stands in the tree *Links*: documents, their links grouped by where they point, and who links there. Pure. */
import type { Backlink, Target } from '../../../shared/backlinks.ts';
import type { DocumentFacts, LinkFacts, WorkspaceBacklink } from '../../../shared/protocol.ts';

export interface DocumentNode {
  readonly kind: 'document';
  readonly id: string;
  readonly uri: string;
  /** Null while the server has not answered yet. */
  readonly facts: DocumentFacts | null;
}

/** Every link of a document that points to one place. */
export interface LinkNode {
  readonly kind: 'link';
  readonly id: string;
  readonly document: string;
  readonly link: LinkFacts;
}

/** *In this folder* or *On the web* below a link that has both. */
export interface SideNode {
  readonly kind: 'side';
  readonly id: string;
  readonly side: 'folder' | 'web';
  readonly parent: LinkNode;
}

export interface RowNode {
  readonly kind: 'row';
  readonly id: string;
  readonly row: Backlink;
}

export interface PlaceNode {
  readonly kind: 'place';
  readonly id: string;
  readonly place: WorkspaceBacklink;
}

export interface MoreNode {
  readonly kind: 'more';
  readonly id: string;
  readonly target: Target;
  readonly parent: LinkNode | SideNode;
  /** Rows that the next page brings; null when the source gives no total. */
  readonly next: number | null;
  readonly loaded: number;
  readonly total: number | null;
}

/** A sentence where rows would stand. */
export interface NoteNode {
  readonly kind: 'note';
  readonly id: string;
  readonly text: string;
  readonly tone: 'plain' | 'warning';
}

export type TreeNode = DocumentNode | LinkNode | SideNode | RowNode | PlaceNode | MoreNode | NoteNode;

/** The places that a document links to, in the order of their first link. */
export function linkNodes(facts: DocumentFacts): LinkNode[] {
  return facts.links.map((link) => ({
    kind: 'link',
    id: `${facts.uri} ${link.targets?.page.id ?? link.local?.uri ?? link.url}`,
    document: facts.uri,
    link,
  }));
}

/** How many links of a document lead to them. */
export function shownLinks(facts: DocumentFacts): number {
  return facts.links.reduce((sum, link) => sum + link.count, 0);
}
