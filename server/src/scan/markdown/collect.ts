/** Turns what the inline phase finds in one block into drafts of links, with spans that count from the start of the block. */
import type { DraftLink } from '../drafts.ts';
import { type Block, type Leaf, sourceOffset } from './block.ts';
import { InlineParser, type InlineSink, type InlineSyntax, type Labels } from './inline.ts';
import { collapse } from './values.ts';

/** The links of one block in document order. */
export class BlockCollector implements InlineSink {
  private readonly parser: InlineParser;
  private readonly text: string;
  private drafts: DraftLink[] = [];
  private block: Block | null = null;
  private leaf: Leaf | null = null;

  constructor(text: string, labels: Labels) {
    this.text = text;
    this.parser = new InlineParser(labels, this);
  }

  /** Scans the leaves of a block. */
  collect(block: Block): DraftLink[] {
    this.drafts = [];
    this.block = block;
    for (const definition of block.definitions) {
      this.add(draft('definition', null, 'md-definition', definition.start, definition.end, definition.url, collapse(definition.label)));
    }
    for (const leaf of block.leaves) {
      this.leaf = leaf;
      if (leaf.kind === 'text' || leaf.kind === 'heading') this.inline(leaf, block);
    }
    return inOrder(this.drafts);
  }

  /** The text of a heading. */
  titleOf(block: Block, leaf: Leaf): string {
    const shift = leaf.joined === null ? block.start : 0;
    const silent = new InlineParser({ url: () => undefined, hasFootnote: () => false }, { link: () => {}, html: () => {} });
    return silent.plainText(leaf.joined?.text ?? this.text, leaf.start + shift, leaf.end + shift);
  }

  private inline(leaf: Leaf, block: Block): void {
    if (leaf.joined === null) this.parser.parse(this.text, leaf.start + block.start, leaf.end + block.start);
    else this.parser.parse(leaf.joined.text, leaf.start, leaf.end);
  }

  link(syntax: InlineSyntax, start: number, end: number, url: string, text: string, around: boolean): void {
    const image = syntax === 'md-image' || syntax === 'md-image-reference';
    const element = syntax === 'md-image-reference' ? 'md-reference' : syntax;
    const from = this.offset(start);
    const to = end > start ? this.offset(end - 1) + 1 : from;
    this.add(draft(image ? 'image' : 'hyperlink', image ? null : around ? 'aimg' : 'a', element, from, to, url, text));
  }

  html(): void {}

  /** Offset in the block of an offset in the leaf's text. */
  private offset(at: number): number {
    const joined = this.leaf?.joined;
    return joined ? sourceOffset(joined, at) : at - (this.block?.start ?? 0);
  }

  private add(link: DraftLink): void {
    this.drafts.push(link);
  }
}

function draft(role: DraftLink['role'], tag: DraftLink['tag'], element: string, start: number, end: number, url: string, text: string): DraftLink {
  return { span: { start, end }, url, resolved: null, role, tag, element, attribute: null, text, rel: NO_REL, position: null, complete: true };
}

const NO_REL: readonly string[] = [];

/** Links are found when they close; an image inside a reference closes before it. */
function inOrder(drafts: DraftLink[]): DraftLink[] {
  for (let index = 1; index < drafts.length; index++) {
    if ((drafts[index]?.span.start ?? 0) < (drafts[index - 1]?.span.start ?? 0)) {
      return drafts.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
    }
  }
  return drafts;
}
