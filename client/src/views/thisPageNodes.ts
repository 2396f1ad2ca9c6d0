/** What stands in the view *This Page*: who links to the open page in the folder and from the web, what came and went, and what could link here. */
import type { RowChange, Target } from '../../../shared/backlinks.ts';
import type { Opportunity, SiteOfPage, ThisPage } from '../../../shared/thisPage.ts';
import type { NoteNode, PlaceNode, RowNode } from './nodes.ts';

/** `folder` and `web`: who links here. `new` and `lost`: what changed on the web. `could`: pages that name this one. `alone`: pages nobody links to. */
export type Section = 'folder' | 'web' | 'new' | 'lost' | 'could' | 'alone';

export interface SectionNode {
  readonly kind: 'section';
  readonly id: string;
  readonly section: Section;
  readonly page: ThisPage;
}

/** Is this the page's address? Asked where the files of the folder tell it, or nobody has. */
export interface QuestionNode {
  readonly kind: 'question';
  readonly id: string;
  readonly site: SiteOfPage;
}

export interface MoreRowsNode {
  readonly kind: 'moreRows';
  readonly id: string;
  readonly target: Target;
  readonly changed: RowChange | null;
  readonly parent: SectionNode;
  readonly next: number | null;
  readonly loaded: number;
  readonly total: number | null;
}

export interface OpportunityNode {
  readonly kind: 'opportunity';
  readonly id: string;
  readonly opportunity: Opportunity;
}

/** A page of the folder that no other links to. */
export interface AloneNode {
  readonly kind: 'alone';
  readonly id: string;
  readonly uri: string;
}

export type PageNode = SectionNode | QuestionNode | MoreRowsNode | OpportunityNode | AloneNode | RowNode | PlaceNode | NoteNode;

/** The sections of a page: the folder always first, what needs an address only where there is one. */
export function sectionsOf(page: ThisPage): SectionNode[] {
  const changes = changesOf(page);
  const shown: Section[] = ['folder', 'web'];
  if (changes !== null && changes.fresh > 0) shown.push('new');
  if (changes !== null && changes.lost > 0) shown.push('lost');
  if (page.folder.state === 'ready') shown.push('could');
  if ((page.folder.alone ?? 0) > 0) shown.push('alone');
  return shown.map((section) => ({ kind: 'section', id: `page ${section}`, section, page }));
}

/** What came and went since the day that the source tells; null where it tells nothing. */
export function changesOf({ web }: ThisPage): { readonly fresh: number; readonly lost: number; readonly since: string } | null {
  if (web === null) return null;
  const last = web.facts.state === 'fresh' || web.facts.state === 'stale' ? web.facts.value : null;
  const since = last?.changesSince ?? null;
  return last === null || since === null ? null : { fresh: last.newBacklinks ?? 0, lost: last.lostBacklinks ?? 0, since };
}
