/** What the block phase hands to the inline phase: stretches of the document with their leaves. Offsets count from the stretch's start. */
import type { DefinitionSite } from './definitions.ts';

/** `text`: inline content. `heading`: the same, a candidate for the title. `html`: an HTML block. `front`: front matter. `module`: MDX imports. */
export type LeafKind = 'text' | 'heading' | 'html' | 'front' | 'module';

/** A text put together from the lines of a block quote, without their `>`, and where each line came from. */
export interface Joined {
  readonly text: string;
  /** Offset of each line in `text`. */
  readonly lines: readonly number[];
  /** Offset of each line in the block. */
  readonly sources: readonly number[];
}

export interface Leaf {
  readonly kind: LeafKind;
  /** Offsets in the block, or in `joined.text` where there is one. */
  readonly start: number;
  readonly end: number;
  readonly joined: Joined | null;
}

/** One or more top-level blocks. It starts where nothing is open, so that the parse of the text from there depends on nothing before it. */
export interface Block {
  /** Offset in the document. */
  start: number;
  readonly leaves: Leaf[];
  /** With offsets in the block. */
  readonly definitions: DefinitionSite[];
  /** Normalised labels of the footnotes defined here. */
  readonly footnotes: string[];
}

/** Offset in the block of an offset in a joined text. */
export function sourceOffset(joined: Joined, offset: number): number {
  let low = 0;
  let high = joined.lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((joined.lines[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return (joined.sources[low] ?? 0) + offset - (joined.lines[low] ?? 0);
}
