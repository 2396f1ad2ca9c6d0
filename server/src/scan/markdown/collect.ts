/** Gathers the links of one block after another, Markdown's own and those of the HTML inside it. Spans are offsets in the document. */
import { type DraftLink, LinkDrafts } from '../drafts.ts';
import { HtmlFragments } from '../html/fragment.ts';
import type { PageFacts, ScanOptions } from '../link.ts';
import { type Block, type Joined, type Leaf, sourceOffset } from './block.ts';
import { readFrontMatter } from './frontMatter.ts';
import { InlineParser, type InlineSink, type InlineSyntax, type Labels } from './inline.ts';
import { isComponent, isComputed, readComponent, readModule } from './mdx.ts';
import { collapse } from './values.ts';

/** What was found in one block. */
export interface Collected {
  readonly drafts: LinkDrafts;
  /** What the HTML or the front matter of the block says of the page; null when there is none. */
  readonly facts: PageFacts | null;
  /** True when an HTML link is open at the end of the block: the text after it belongs to it. */
  readonly inLink: boolean;
}

interface InnerHtml {
  readonly fragments: HtmlFragments;
  readonly drafts: LinkDrafts;
}

export class Collector implements InlineSink {
  private readonly text: string;
  private readonly parser: InlineParser;
  private readonly mdx: boolean;
  private drafts = new LinkDrafts();
  private shift = 0;
  private joined: Joined | null = null;
  /** Null until the first HTML, and again after a block that ends outside a link. */
  private fragments: HtmlFragments | null = null;
  /** HTML of the leaf that is read, where that is put together from lines. */
  private inner: InnerHtml | null = null;

  constructor(text: string, labels: Labels, options: ScanOptions) {
    this.text = text;
    this.mdx = options.mdx === true;
    this.parser = new InlineParser(labels, this, options.wikiLinks === true);
  }

  /** Scans a block; blocks must come in order. */
  collect(block: Block): Collected {
    if (this.fragments === null) this.drafts = new LinkDrafts();
    const first = this.drafts.links.length;
    this.shift = block.start;
    let facts: PageFacts | null = null;
    for (const { start, end, url, label } of block.definitions) {
      this.add('definition', null, 'md-definition', start + block.start, end + block.start, url, collapse(label), start + block.start);
    }
    for (const leaf of block.leaves) {
      if (leaf.kind === 'front') facts = readFrontMatter(this.text, block.start + leaf.start, block.start + leaf.end, this.drafts);
      else if (leaf.kind === 'module') readModule(this.text, block.start + leaf.start, block.start + leaf.end, this.drafts);
      else this.leaf(leaf);
    }
    const inLink = this.fragments?.inLink ?? false;
    // An open link knows its drafts by their place in the list, which must then stay as it is.
    const drafts = first > 0 || inLink ? copyFrom(this.drafts, first) : this.drafts;
    // A URL that code computes is none yet.
    if (this.mdx) drafts.keep(({ url }) => !isComputed(url));
    if (this.fragments !== null && !inLink) {
      facts = this.fragments.finish(() => null, this.fragments.base);
      this.fragments = null;
    }
    return { drafts: sorted(drafts), facts, inLink };
  }

  /** After the last block: an HTML link that is still open ends here. */
  finish(): void {
    this.fragments?.closeLink();
  }

  private leaf(leaf: Leaf): void {
    const { joined } = leaf;
    this.joined = joined;
    if (joined === null) this.plain(leaf, leaf.start + this.shift, leaf.end + this.shift);
    else this.joinedLeaf(leaf, joined);
  }

  private plain(leaf: Leaf, start: number, end: number): void {
    if (leaf.kind === 'html') {
      this.html(start, end);
      return;
    }
    const open = this.wantsWords;
    this.parser.parse(this.text, start, end);
    if (!open) this.fragments?.closeLink();
    else this.fragments?.addWords(' ');
  }

  /** HTML in such a leaf has offsets of its own until it is through. */
  private joinedLeaf(leaf: Leaf, joined: Joined): void {
    this.inner = null;
    if (leaf.kind === 'html') this.html(leaf.start, leaf.end);
    else this.parser.parse(joined.text, leaf.start, leaf.end);
    const inner = this.takeInner();
    if (inner === null) return;
    inner.fragments.closeLink();
    for (const [index, link] of inner.drafts.links.entries()) {
      link.span = this.place(link.span.start, link.span.end);
      this.drafts.add(link, this.offset(inner.drafts.owners[index] ?? 0));
    }
  }

  private takeInner(): InnerHtml | null {
    const { inner } = this;
    this.inner = null;
    return inner;
  }

  link(syntax: InlineSyntax, start: number, end: number, url: string, text: string, around: boolean, from: number): void {
    const image = IMAGES.has(syntax);
    const element = syntax === 'md-image-reference' ? 'md-reference' : syntax === 'md-wiki-image' ? 'md-wiki' : syntax;
    const span = this.place(start, end);
    this.add(image ? 'image' : 'hyperlink', image ? null : around ? 'aimg' : 'a', element, span.start, span.end, url, text, this.offset(from));
  }

  html(start: number, end: number): string | null {
    const text = this.joined?.text ?? this.text;
    if (!this.wantsWords && !mayHoldLinks(text, start, end)) return null;
    if (this.mdx && isComponent(text, start)) {
      this.component(text, start, end);
      return null;
    }
    const fragments = this.openFragments();
    const { links } = this.inner?.drafts ?? this.drafts;
    const before = links.length;
    fragments.scan(start, end);
    const first = links[before];
    return first?.role === 'image' ? first.text : null;
  }

  private component(text: string, start: number, end: number): void {
    this.openFragments();
    readComponent(text, start, end, this.inner?.drafts ?? this.drafts);
  }

  get wantsWords(): boolean {
    return (this.joined === null ? this.fragments : (this.inner?.fragments ?? null))?.inLink ?? false;
  }

  words(text: string): void {
    this.openFragments().addWords(text);
  }

  image(alt: string): void {
    this.openFragments().addImage(alt);
  }

  private openFragments(): HtmlFragments {
    const { joined } = this;
    if (joined === null) {
      this.fragments ??= new HtmlFragments(this.text, this.drafts);
      return this.fragments;
    }
    if (this.inner === null) {
      const drafts = new LinkDrafts();
      this.inner = { fragments: new HtmlFragments(joined.text, drafts), drafts };
    }
    return this.inner.fragments;
  }

  private place(start: number, end: number): { start: number; end: number } {
    const from = this.offset(start);
    return { start: from, end: end > start ? this.offset(end - 1) + 1 : from };
  }

  private offset(at: number): number {
    return this.joined === null ? at : sourceOffset(this.joined, at) + this.shift;
  }

  private add(
    role: DraftLink['role'],
    tag: DraftLink['tag'],
    element: string,
    start: number,
    end: number,
    url: string,
    text: string,
    owner: number,
  ): void {
    this.drafts.add(
      { span: { start, end }, url, resolved: null, role, tag, element, attribute: null, text, rel: NO_REL, position: null, complete: true },
      owner,
    );
  }
}

const NO_REL: readonly string[] = [];
const IMAGES: ReadonlySet<InlineSyntax> = new Set(['md-image', 'md-image-reference', 'md-wiki-image']);

function copyFrom(all: LinkDrafts, first: number): LinkDrafts {
  const drafts = new LinkDrafts();
  for (let index = first; index < all.links.length; index++) {
    const link = all.links[index];
    if (link !== undefined) drafts.add(link, all.owners[index] ?? 0);
  }
  return drafts;
}

/** Document order: links are found when they close, and definitions are read before what stands in front of them. */
function sorted(drafts: LinkDrafts): LinkDrafts {
  const { links, owners } = drafts;
  let inOrder = true;
  for (let index = 1; index < links.length && inOrder; index++) inOrder = (links[index - 1]?.span.start ?? 0) <= (links[index]?.span.start ?? 0);
  if (inOrder) return drafts;
  const order = links.map((link, index) => ({ link, owner: owners[index] ?? 0 }));
  order.sort((a, b) => a.link.span.start - b.link.span.start || a.link.span.end - b.link.span.end);
  for (const [index, { link, owner }] of order.entries()) {
    links[index] = link;
    owners[index] = owner;
  }
  return drafts;
}

/** False for closing tags, comments and tags without attributes. */
function mayHoldLinks(text: string, start: number, end: number): boolean {
  const next = text.charCodeAt(start + 1);
  if (next === 47) return false;
  if (next === 33 && text.indexOf('-->', start) + 3 >= end) return false;
  const equals = text.indexOf('=', start);
  return equals >= 0 && equals < end;
}
