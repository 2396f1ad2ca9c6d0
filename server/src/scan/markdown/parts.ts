/** One top-level block with what was found in it, kept between edits. */
import type { LinkDrafts } from '../drafts.ts';
import type { Link, PageFacts } from '../link.ts';
import { finishResolved } from '../numbering.ts';
import type { Block } from './block.ts';

export interface Part {
  readonly block: Block;
  /** True until the block is searched, and again when it must be searched anew. */
  stale: boolean;
  /** What the search found, until it is finished. */
  drafts: LinkDrafts | null;
  /** The links as given out: good while the block starts at `givenAt` with `givenAfter` numbered links before it. */
  links: readonly Link[];
  /** How many of them are numbered. */
  numbered: number;
  givenAt: number;
  givenAfter: number;
  facts: PageFacts | null;
  /** An HTML link was open at the start of the block, or at its end. */
  entered: boolean;
  left: boolean;
  /** Labels that were looked up. */
  asked: ReadonlySet<string> | null;
}

export function newPart(block: Block): Part {
  return {
    block,
    stale: true,
    drafts: null,
    links: [],
    numbered: 0,
    givenAt: 0,
    givenAfter: 0,
    facts: null,
    entered: false,
    left: false,
    asked: null,
  };
}

/**
 * Brings the links of a part to where it stands now. Links that were given out before are never changed but copied.
 *
 * @param before numbered links before the block
 */
export function settle(part: Part, before: number, resolve: (url: string) => string | null, hasWebBase: boolean): void {
  const { block, drafts } = part;
  if (drafts !== null) {
    const links = finishResolved(drafts, resolve, hasWebBase);
    part.numbered = 0;
    for (const link of links) {
      if (link.position === null) continue;
      part.numbered++;
      link.position += before;
    }
    part.links = links;
    part.drafts = null;
  } else if (part.links.length > 0 && (part.givenAt !== block.start || part.givenAfter !== before)) {
    const shift = block.start - part.givenAt;
    const later = before - part.givenAfter;
    part.links = part.links.map((link) => moved(link, shift, later));
  }
  part.givenAt = block.start;
  part.givenAfter = before;
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

/** The first fact of a kind that any block states. */
export function firstFact<T>(parts: readonly Part[], read: (facts: PageFacts) => T | null): T | null {
  for (const { facts } of parts) {
    const found = facts === null ? null : read(facts);
    if (found !== null) return found;
  }
  return null;
}
