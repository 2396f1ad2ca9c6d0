/** One stretch of a document with what was found in it, kept between edits. */
import { LinkDrafts } from '../drafts.ts';
import type { PageFacts } from '../link.ts';
import { PlacedLinks } from '../placedLinks.ts';
import type { Block } from './block.ts';

export interface Part {
  readonly block: Block;
  /** True until the block is searched, and again when it must be searched anew. */
  stale: boolean;
  links: PlacedLinks;
  facts: PageFacts | null;
  /** Text of its first heading; undefined until it was asked for. */
  heading: string | null | undefined;
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
    links: new PlacedLinks(new LinkDrafts(), block.start),
    facts: null,
    heading: undefined,
    entered: false,
    left: false,
    asked: null,
  };
}

/** True when two sets of keys have one in common. */
export function overlap(few: ReadonlySet<string>, many: ReadonlySet<string>): boolean {
  for (const key of few) if (many.has(key)) return true;
  return false;
}

/** What some parts define, in a form that can be compared: most edits change no definition. */
export function labelsIn(parts: readonly Part[]): string {
  let labels = '';
  for (const { block } of parts) {
    for (const { key, url } of block.definitions) labels += `[${key}]: ${url}\n`;
    for (const key of block.footnotes) labels += `[^${key}]:\n`;
  }
  return labels;
}
