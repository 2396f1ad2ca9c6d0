/** What stands in the tree *Links*: documents or other groups of links, the links, and who links there. */
import type { Backlink, Target } from '../../../shared/backlinks.ts';
import type { DocumentFacts, LinkFacts, WorkspaceBacklink } from '../../../shared/protocol.ts';
import type { Common } from './arrangement.ts';

export interface DocumentNode {
  readonly kind: 'document';
  readonly id: string;
  readonly uri: string;
  /** Null while the server has not answered yet. The editor keeps the node and draws it again when this has changed. */
  facts: DocumentFacts | null;
}

/** Links of all open documents that have something in common. */
export interface GroupNode {
  readonly kind: 'group';
  readonly id: string;
  readonly common: Common;
}

/** Every link of a document, or of all open ones, that points to one place. */
export interface LinkNode {
  readonly kind: 'link';
  readonly id: string;
  /** Id of the document or group that it stands in; null for one that stands alone. */
  readonly group: string | null;
  /** The document that it stands in, or the first of several. */
  document: string;
  link: LinkFacts;
  /** How many documents hold it. */
  documents: number;
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

/** *Load more* rows of a target. */
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

/** *Show more* links of a group, or, without a parent, more groups. */
export interface MoreLinksNode {
  readonly kind: 'moreLinks';
  readonly id: string;
  readonly parent: DocumentNode | GroupNode | null;
  readonly next: number;
  readonly shown: number;
  readonly total: number;
}

/** A sentence where rows would stand. */
export interface NoteNode {
  readonly kind: 'note';
  readonly id: string;
  readonly text: string;
  readonly tone: 'plain' | 'warning';
}

export type TreeNode = DocumentNode | GroupNode | LinkNode | SideNode | RowNode | PlaceNode | MoreNode | MoreLinksNode | NoteNode;

/** How many links of a document lead to them. */
export function shownLinks(facts: DocumentFacts): number {
  return facts.links.reduce((sum, link) => sum + link.count, 0);
}
