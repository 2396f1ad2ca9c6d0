/** The links of one stretch of an open document, kept between edits and brought to where the stretch stands. */
import type { Resolver } from '../urls/resolve.ts';
import type { DraftLink, LinkDrafts } from './drafts.ts';
import { finishResolved } from './numbering.ts';

export class PlacedLinks {
  /** How many of the links are numbered; known once `place` was called. */
  numbered = 0;
  private drafts: LinkDrafts | null;
  private links: readonly DraftLink[] = [];
  /** The links are right while the stretch starts here, with so many numbered links before it. */
  private givenAt: number;
  private givenAfter = 0;

  /**
   * @param drafts what was found, as offsets in the document at that time
   * @param start where the stretch began at that time
   */
  constructor(drafts: LinkDrafts, start: number) {
    this.drafts = drafts;
    this.givenAt = start;
  }

  /** True once links were given out. */
  get finished(): boolean {
    return this.drafts === null;
  }

  /**
   * The links for a stretch that starts at `start` after `before` numbered links. They are moved in place: copying the links behind an edit
   * would cost more than finding those around it, and so each link keeps its identity from version to version.
   *
   * @param hasWebBase true when relative links resolve to http(s)
   */
  place(start: number, before: number, resolve: Resolver, hasWebBase: boolean): readonly DraftLink[] {
    if (this.drafts !== null) this.finish(resolve, hasWebBase);
    const shift = start - this.givenAt;
    const later = before - this.givenAfter;
    if (shift !== 0 || later !== 0) for (const link of this.links) move(link, shift, later);
    this.givenAt = start;
    this.givenAfter = before;
    return this.links;
  }

  private finish(resolve: Resolver, hasWebBase: boolean): void {
    if (this.drafts === null) return;
    this.links = finishResolved(this.drafts, resolve, hasWebBase);
    this.drafts = null;
    for (const link of this.links) if (link.position !== null) this.numbered++;
  }
}

function move(link: DraftLink, shift: number, later: number): void {
  link.span.start += shift;
  link.span.end += shift;
  if (link.position !== null) link.position += later;
}
