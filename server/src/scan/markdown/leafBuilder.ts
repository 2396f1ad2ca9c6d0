/** Gathers lines into leaves and leaves into top-level blocks. */
import type { Block, Joined, Leaf, LeafKind } from './block.ts';
import { sourceOffset } from './block.ts';
import { isBlankOrEol, trimEnd } from './chars.ts';
import { type DefinitionSite, readDefinitions } from './definitions.ts';
import { eachCell } from './tables.ts';

export class LeafBuilder {
  /** Top-level blocks begun so far. */
  count = 0;
  /** Offset in the document of the last one. */
  lastStart = 0;
  block: Block = { start: 0, leaves: [], definitions: [], footnotes: [] };
  private readonly text: string;
  private blocks: Block[] = [];
  /** Start and end of each line of the open leaf; only the first start and the last end count while it is in one piece. */
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private quoted = false;

  constructor(text: string) {
    this.text = text;
  }

  take(): Block[] {
    const { blocks } = this;
    this.blocks = [];
    return blocks;
  }

  /** Starts a top-level block at the start of a line. */
  begin(start: number): void {
    this.block = { start, leaves: [], definitions: [], footnotes: [] };
    this.blocks.push(this.block);
    this.lastStart = start;
    this.count++;
  }

  addLeaf(kind: LeafKind, start: number, end: number): void {
    if (start < end) this.block.leaves.push({ kind, start: start - this.block.start, end: end - this.block.start, joined: null });
  }

  addCells(start: number, end: number): void {
    eachCell(this.text, start, end, (from, to) => this.addLeaf('text', from, to));
  }

  /** Starts a paragraph or HTML block. */
  startLines(start: number, end: number): void {
    this.starts.length = 0;
    this.ends.length = 0;
    this.starts.push(start);
    this.ends.push(end);
    this.quoted = false;
  }

  addLine(start: number, end: number, quoted: boolean): void {
    this.starts.push(start);
    this.ends.push(end);
    if (quoted) this.quoted = true;
  }

  /** Takes the last line of the open paragraph away. */
  removeLastLine(): { lineStart: number } {
    const start = this.starts.pop() ?? 0;
    this.ends.pop();
    let lineStart = start;
    while (lineStart > 0 && this.text.charCodeAt(lineStart - 1) !== 10 && this.text.charCodeAt(lineStart - 1) !== 13) lineStart--;
    return { lineStart };
  }

  endHtml(): void {
    this.endLeaf('html', 0);
  }

  /**
   * Ends the open paragraph: definitions at its start, then its text.
   *
   * @param heading true when a setext underline follows
   * @returns false when nothing was left after the definitions
   */
  endParagraph(heading = false): boolean {
    if (this.starts.length === 0) return false;
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
    const end = joined === null ? (this.ends[this.ends.length - 1] ?? 0) : joined.text.length;
    const next = readDefinitions(joined?.text ?? this.text, start, end, found);
    for (const site of found) {
      const at = joined === null ? site.start - block.start : sourceOffset(joined, site.start);
      block.definitions.push({ ...site, start: at, end: at + site.end - site.start, owner: at });
    }
    return next - start;
  }

  private endLeaf(kind: LeafKind, skip: number): boolean {
    if (this.starts.length === 0) return false;
    const leaf = this.quoted ? this.joinedLeaf(kind, skip) : this.plainLeaf(kind, skip);
    this.starts.length = 0;
    if (leaf.start >= leaf.end) return false;
    this.block.leaves.push(leaf);
    return true;
  }

  private plainLeaf(kind: LeafKind, skip: number): Leaf {
    const { text, block } = this;
    let start = (this.starts[0] ?? 0) + skip;
    const end = trimEnd(text, start, this.ends[this.ends.length - 1] ?? 0);
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
    for (const [index, start] of this.starts.entries()) {
      const part = this.text.slice(start, this.ends[index]);
      lines.push(length);
      sources.push(start - this.block.start);
      parts.push(part);
      length += part.length + 1;
    }
    return { text: parts.join('\n'), lines, sources };
  }
}
