/** The links of one stretch of a document, kept between edits and brought to where the stretch stands. */
import type { LinkDrafts } from './drafts.ts';
import type { Link } from './link.ts';
import { finishResolved } from './numbering.ts';

export class PlacedLinks {
  /** How many of the links are numbered; known once `place` was called. */
  numbered = 0;
  private drafts: LinkDrafts | null;
  private links: readonly Link[] = [];
  /** The links are good while the stretch starts here, with so many numbered links before it. */
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

  /**
   * The links for a stretch that starts at `start` after `before` numbered links. Links given out before are never changed but copied.
   *
   * @param hasWebBase true when relative links resolve to http(s)
   */
  place(start: number, before: number, resolve: (url: string) => string | null, hasWebBase: boolean): readonly Link[] {
    if (this.drafts !== null) {
      const links = finishResolved(this.drafts, resolve, hasWebBase);
      for (const link of links) {
        if (link.position === null) continue;
        this.numbered++;
        link.position += before;
      }
      this.links = links;
      this.drafts = null;
      this.givenAfter = before;
    }
    const shift = start - this.givenAt;
    const later = before - this.givenAfter;
    if ((shift !== 0 || later !== 0) && this.links.length > 0) this.links = this.links.map((link) => moved(link, shift, later));
    this.givenAt = start;
    this.givenAfter = before;
    return this.links;
  }
}

function moved(link: Link, shift: number, later: number): Link {
  return {
    span: { start: link.span.start + shift, end: link.span.end + shift },
    url: link.url,
    resolved: link.resolved,
    role: link.role,
    tag: link.tag,
    element: link.element,
    attribute: link.attribute,
    text: link.text,
    rel: link.rel,
    position: link.position === null ? null : link.position + later,
    complete: link.complete,
  };
}
