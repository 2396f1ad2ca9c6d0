/** Gathers lines into leaves and leaves into top-level blocks. */
import type { Block, Joined, Leaf, LeafKind } from './block.ts';
import { sourceOffset } from './block.ts';
import { isBlankOrEol, trimEnd } from './chars.ts';
import { type DefinitionSite, readDefinitions } from './definitions.ts';
import { eachCell } from './tables.ts';

/** Characters of a block at least. Small blocks make edits cheap, large ones the list of blocks short. */
const BLOCK_LENGTH = 2048;

export class LeafBuilder {
  /** Blocks begun so far. */
  count = 0;
  block: Block = { start: 0, leaves: [], definitions: [], footnotes: [] };
  readonly blocks: Block[] = [];
  private readonly text: string;
  /** Start and end of each line of the open leaf; only the first start and the last end count while it is in one piece. */
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  /** How many lines the open leaf has; the lists keep their length. */
  private lines = 0;
  private quoted = false;

  constructor(text: string) {
    this.text = text;
  }

  /** Called where a top-level block starts, which begins a new stretch if the last is long enough or one is wanted here. */
  begin(start: number, wanted: number): void {
    const { block } = this;
    const full = start >= block.start + BLOCK_LENGTH || block.leaves[0]?.kind === 'front';
    if (this.count > 0 && start !== wanted && !full) return;
    this.block = { start, leaves: [], definitions: [], footnotes: [] };
    this.blocks.push(this.block);
    this.count++;
  }

  addFootnote(key: string): void {
    this.block.footnotes.push(key);
  }

  addLeaf(kind: LeafKind, start: number, end: number): void {
    if (start < end) this.block.leaves.push({ kind, start: start - this.block.start, end: end - this.block.start, joined: null });
  }

  addCells(start: number, end: number): void {
    eachCell(this.text, start, end, (from, to) => this.addLeaf('text', from, to));
  }

  /** Starts a paragraph or HTML block. */
  startLines(start: number, end: number): void {
    this.lines = 0;
    this.quoted = false;
    this.addLine(start, end, false);
  }

  addLine(start: number, end: number, quoted: boolean): void {
    this.starts[this.lines] = start;
    this.ends[this.lines] = end;
    this.lines++;
    if (quoted) this.quoted = true;
  }

  /** Takes the last line of the open paragraph away; returns where that line starts in the document. */
  removeLastLine(): number {
    let start = this.starts[--this.lines] ?? 0;
    while (start > 0 && this.text.charCodeAt(start - 1) !== 10 && this.text.charCodeAt(start - 1) !== 13) start--;
    return start;
  }

  endHtml(): void {
    this.endLeaf('html', 0);
  }

  /**
   * Ends the open paragraph: definitions at its start, then its text.
   *
   * @param heading true when a setext underline follows
   * @returns false when nothing but definitions was there
   */
  endParagraph(heading: boolean): boolean {
    if (this.lines === 0) return false;
    const first = this.starts[0] ?? 0;
    let skip = 0;
    if (this.text.charCodeAt(first) === 91) skip = this.definitions();
    return this.endLeaf(heading ? 'heading' : 'text', skip);
  }

  private definitions(): number {
    const { block } = this;
    const found: DefinitionSite[] = [];
    const joined = this.quoted ? this.join() : null;
    const start = joined === null ? (this.starts[0] ?? 0) : 0;
    const end = joined === null ? (this.ends[this.lines - 1] ?? 0) : joined.text.length;
    const next = readDefinitions(joined?.text ?? this.text, start, end, found);
    for (const site of found) {
      const at = joined === null ? site.start - block.start : sourceOffset(joined, site.start);
      block.definitions.push({ ...site, start: at, end: at + site.end - site.start });
    }
    return next - start;
  }

  private endLeaf(kind: LeafKind, skip: number): boolean {
    if (this.lines === 0) return false;
    const leaf = this.quoted ? this.joinedLeaf(kind, skip) : this.plainLeaf(kind, skip);
    this.lines = 0;
    if (leaf.start >= leaf.end) return false;
    this.block.leaves.push(leaf);
    return true;
  }

  private plainLeaf(kind: LeafKind, skip: number): Leaf {
    const { text, block } = this;
    let start = (this.starts[0] ?? 0) + skip;
    const end = trimEnd(text, start, this.ends[this.lines - 1] ?? 0);
    while (start < end && isBlankOrEol(text.charCodeAt(start))) start++;
    return { kind, start: start - block.start, end: end - block.start, joined: null };
  }

  private joinedLeaf(kind: LeafKind, skip: number): Leaf {
    const joined = this.join();
    const end = trimEnd(joined.text, skip, joined.text.length);
    let start = skip;
    while (start < end && isBlankOrEol(joined.text.charCodeAt(start))) start++;
    return { kind, start, end, joined };
  }

  private join(): Joined {
    const lines: number[] = [];
    const sources: number[] = [];
    const parts: string[] = [];
    let length = 0;
    for (let index = 0; index < this.lines; index++) {
      const start = this.starts[index] ?? 0;
      const part = this.text.slice(start, this.ends[index]);
      lines.push(length);
      sources.push(start - this.block.start);
      parts.push(part);
      length += part.length + 1;
    }
    return { text: parts.join('\n'), lines, sources };
  }
}
