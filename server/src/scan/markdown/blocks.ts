/**
 * The block phase: one line after another through the open containers (block quotes, list items, footnotes) to the open leaf.
 * CommonMark 0.31 appendix "A parsing strategy"; tables and footnotes as GitHub has them.
 */

import type { ScanOptions } from '../link.ts';
import type { Block } from './block.ts';
import {
  atxHeadingEnd,
  atxHeadingStart,
  closesFence,
  endsHtmlBlock,
  fenceLength,
  htmlBlockKind,
  isSetextUnderline,
  thematicBreakStop,
} from './blockStarts.ts';
import { isBlank, isDigit, skipBlanks } from './chars.ts';
import { LineCursor } from './cursor.ts';
import { footnoteLabelEnd } from './footnotes.ts';
import { frontMatterEnd } from './frontMatter.ts';
import { LeafBuilder } from './leafBuilder.ts';
import { countCells, delimiterCells } from './tables.ts';
import { normalizeLabel } from './values.ts';

const [NONE, PARAGRAPH, FENCE, INDENTED, HTML, TABLE] = [0, 1, 2, 3, 4, 5] as const;
const [QUOTE, ITEM, FOOTNOTE] = [1, 2, 3] as const;

export class BlockParser {
  private readonly text: string;
  private readonly line: LineCursor;
  private readonly build: LeafBuilder;
  private readonly kinds: number[] = [];
  private readonly sizes: number[] = [];
  /** 1 after an item began with a blank line, 2 after a second blank line: it then takes no more lines. */
  private readonly blanks: number[] = [];
  /** Levels of the open block quotes. */
  private readonly quotes: number[] = [];
  /** On the current line no thematic break starts before this offset. */
  private noBreakBefore = 0;
  private leaf: number = NONE;
  private fenceMarker = 0;
  private fenceSize = 0;
  private htmlKind = 0;
  /** Cells of the last paragraph line if it may be the head of a table, else 0. */
  private headFrom = -1;
  private headEnd = -1;

  /** @param from offset at which nothing is open: the start of the text or of a top-level block */
  constructor(text: string, from: number, _options: ScanOptions) {
    const front = from === 0 ? frontMatterEnd(text) : 0;
    this.text = text;
    this.line = new LineCursor(text, from === 0 && front === 0 && text.charCodeAt(0) === 0xfeff ? 1 : Math.max(from, front));
    this.build = new LeafBuilder(text);
    if (front > 0) {
      this.build.begin(0);
      this.build.addLeaf('front', 0, front);
    }
  }

  /** Offset of the next line. */
  get offset(): number {
    return this.line.next;
  }

  /** Blocks finished so far; taking them empties the list. */
  take(): Block[] {
    return this.build.take();
  }

  /**
   * Reads lines until a new top-level block has begun or the text ends.
   *
   * @returns offset at which the new block starts, or -1 at the end of the text
   */
  nextBlock(): number {
    const before = this.build.count;
    while (this.line.advance()) {
      this.readLine();
      if (this.build.count > before) return this.build.lastStart;
    }
    this.closeLeaf();
    return -1;
  }

  private readLine(): void {
    const { line } = this;
    const continued = this.continueContainers();
    const matched = continued === this.kinds.length;
    if (matched && (this.leaf === FENCE || this.leaf === HTML)) {
      if (this.leaf === FENCE) this.fenceLine();
      else this.htmlLine();
      return;
    }
    const interrupting = matched && this.leaf === PARAGRAPH && this.headFrom !== -2;
    let level = continued;
    let opened = false;
    while (this.openContainer(interrupting, level, opened)) {
      level = this.kinds.length;
      opened = true;
    }
    const lazy = !matched && !opened;
    line.measure();
    if (this.leaf === PARAGRAPH && !opened && this.paragraphLine(lazy)) return;
    if (this.leaf === INDENTED && !opened && !lazy && (line.blank || line.indent >= 4)) return;
    const table = this.leaf === TABLE && !opened && !lazy;
    if (!opened && !(table && !line.blank)) this.leave(continued);
    this.flow(table);
  }

  /** Closes the leaf and the containers above `level`. */
  private leave(level: number): void {
    this.closeLeaf();
    this.kinds.length = level;
    this.sizes.length = level;
    this.blanks.length = level;
    while ((this.quotes.at(-1) ?? -1) >= level) this.quotes.pop();
  }

  private continueContainers(): number {
    const { kinds, sizes, blanks, line } = this;
    let level = 0;
    for (; level < kinds.length; level++) {
      const kind = kinds[level];
      line.measure();
      if (kind === QUOTE) {
        if (line.indent > 3 || line.blank || this.text.charCodeAt(line.nonBlank) !== 62) break;
        line.moveTo(line.nonBlank + 1);
        line.skipColumns(1);
      } else if (line.blank) {
        return this.continueBlank(level);
      } else if (kind === ITEM) {
        const blank = blanks[level];
        blanks[level] = 0;
        const size = sizes[level] ?? 0;
        if (blank === 2 || line.indent < size) break;
        line.skipColumns(size);
      } else {
        if (line.indent < 4) break;
        line.skipColumns(4);
      }
    }
    return level;
  }

  /** A blank line goes on through items and footnotes, but not through block quotes. */
  private continueBlank(from: number): number {
    const last = this.kinds.length - 1;
    if (this.blanks[last] === 1) this.blanks[last] = 2;
    let low = 0;
    let high = this.quotes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.quotes[middle] ?? 0) < from) low = middle + 1;
      else high = middle;
    }
    return this.quotes[low] ?? this.kinds.length;
  }

  private thematicBreak(at: number): boolean {
    if (at < this.noBreakBefore) return false;
    const { line, text } = this;
    const stop = thematicBreakStop(text, at, line.end);
    if (stop < 0) return true;
    this.noBreakBefore = stop;
    return false;
  }

  /** Opens one container at the cursor if there is one. */
  private openContainer(interrupting: boolean, level: number, opened: boolean): boolean {
    const { line, text } = this;
    line.measure();
    if (line.blank || line.indent > 3) return false;
    const at = line.nonBlank;
    const code = text.charCodeAt(at);
    if (code === 62) {
      this.enter(QUOTE, 0, level, opened);
      line.moveTo(at + 1);
      line.skipColumns(1);
      return true;
    }
    if (code === 91) return this.openFootnote(at, level, opened);
    if (code === 42 || code === 43 || code === 45) {
      if (code !== 43 && this.thematicBreak(at)) return false;
      return this.openItem(at + 1, line.indent + 1, interrupting, level, opened);
    }
    if (!isDigit(code)) return false;
    let digits = at;
    while (digits < line.end && isDigit(text.charCodeAt(digits)) && digits - at < 10) digits++;
    const size = digits - at;
    const mark = text.charCodeAt(digits);
    if (size > 9 || digits >= line.end || (mark !== 46 && mark !== 41) || (interrupting && (size > 1 || code !== 49))) return false;
    return this.openItem(digits + 1, line.indent + size + 1, interrupting, level, opened);
  }

  private openItem(after: number, width: number, interrupting: boolean, level: number, opened: boolean): boolean {
    const { line } = this;
    if (after < line.end && !isBlank(this.text.charCodeAt(after))) return false;
    const blank = skipBlanks(this.text, after, line.end) === line.end;
    if (blank && interrupting) return false;
    this.enter(ITEM, width + 1, level, opened);
    line.moveTo(after);
    if (blank) {
      this.blanks[level] = 1;
      return true;
    }
    line.measure();
    const spaces = line.indent <= 4 ? line.indent : 1;
    line.skipColumns(spaces);
    this.sizes[level] = width + spaces;
    return true;
  }

  private openFootnote(at: number, level: number, opened: boolean): boolean {
    const { line, text } = this;
    if (text.charCodeAt(at + 1) !== 94) return false;
    const close = footnoteLabelEnd(text, at, line.end);
    if (close < 0 || close >= line.end || text.charCodeAt(close) !== 58) return false;
    this.enter(FOOTNOTE, 4, level, opened);
    this.build.block.footnotes.push(normalizeLabel(text.slice(at + 2, close - 1)));
    line.moveTo(skipBlanks(text, close + 1, line.end));
    return true;
  }

  private enter(kind: number, size: number, level: number, opened: boolean): void {
    if (!opened) {
      this.leave(level);
      if (level === 0) this.build.begin(this.line.start);
    }
    this.kinds[level] = kind;
    if (kind === QUOTE) this.quotes.push(level);
    this.sizes[level] = size;
    this.blanks[level] = 0;
  }

  /** Starts a leaf; at the top level this starts a block. */
  private startLeaf(kind: number): void {
    if (this.kinds.length === 0) this.build.begin(this.line.start);
    this.leaf = kind;
  }

  private closeLeaf(): void {
    if (this.leaf === PARAGRAPH) this.build.endParagraph();
    else if (this.leaf === HTML) this.build.endHtml();
    this.leaf = NONE;
    this.headFrom = -1;
  }

  /** A line while a paragraph is open: true when it belongs to the paragraph or turns it into something else. */
  private paragraphLine(lazy: boolean): boolean {
    const { line, text } = this;
    if (line.blank) return false;
    if (line.indent < 4) {
      const at = line.nonBlank;
      const code = text.charCodeAt(at);
      if (!lazy && (code === 61 || code === 45) && isSetextUnderline(text, at, line.end)) {
        if (this.build.endParagraph(true)) {
          this.leaf = NONE;
          return true;
        }
        this.leaf = NONE;
        return false;
      }
      if (!lazy && this.headFrom >= 0 && (code === 124 || code === 58 || code === 45) && this.tableStart()) return true;
      if (this.interrupts(code, at)) return false;
    }
    this.build.addLine(line.nonBlank, line.end, this.quotes.length > 0);
    this.noteHead(lazy);
    return true;
  }

  /** Remembers the line as a possible head of a table. */
  private noteHead(lazy: boolean): void {
    const { line } = this;
    const possible = !lazy && line.indent < 4;
    this.headFrom = possible ? line.nonBlank : -1;
    this.headEnd = line.end;
  }

  private tableStart(): boolean {
    const { line, text } = this;
    const cells = delimiterCells(text, line.nonBlank, line.end);
    if (cells === 0 || countCells(text, this.headFrom, this.headEnd) !== cells) return false;
    const head = this.build.removeLastLine();
    this.build.endParagraph();
    if (this.kinds.length === 0 && head.lineStart > this.build.lastStart) this.build.begin(head.lineStart);
    if (text.charCodeAt(this.headFrom) === 60 && htmlBlockKind(text, this.headFrom, this.headEnd) === 7) {
      // Such a line cannot end a paragraph, but the table did, and then the HTML block comes first.
      this.build.startLines(this.headFrom, this.headEnd);
      this.build.addLine(line.nonBlank, line.end, this.quotes.length > 0);
      this.leaf = HTML;
      this.htmlKind = 7;
      return true;
    }
    this.build.addCells(this.headFrom, this.headEnd);
    this.leaf = TABLE;
    this.headFrom = -1;
    return true;
  }

  private interrupts(code: number, at: number): boolean {
    const { text, line } = this;
    if (code === 35) return atxHeadingStart(text, at, line.end) >= 0;
    if (code === 42 || code === 45 || code === 95) return this.thematicBreak(at);
    if (code === 96 || code === 126) return fenceLength(text, at, line.end) > 0;
    if (code !== 60) return false;
    const kind = htmlBlockKind(text, at, line.end);
    return kind > 0 && kind < 7;
  }

  /** A line where no paragraph goes on: a new leaf, a row of a table, or nothing. */
  private flow(table: boolean): void {
    const { line, text } = this;
    if (line.blank) return;
    if (line.indent >= 4) {
      this.closeLeaf();
      this.startLeaf(INDENTED);
      return;
    }
    const at = line.nonBlank;
    const code = text.charCodeAt(at);
    if (this.simpleLeaf(code, at)) return;
    if (table) {
      this.build.addCells(at, line.end);
      return;
    }
    this.closeLeaf();
    this.startLeaf(PARAGRAPH);
    this.build.startLines(at, line.end);
    this.noteHead(false);
  }

  private simpleLeaf(code: number, at: number): boolean {
    const { line, text } = this;
    if (code === 35) {
      const start = atxHeadingStart(text, at, line.end);
      if (start < 0) return false;
      this.closeLeaf();
      this.startLeaf(NONE);
      const from = skipBlanks(text, start, line.end);
      this.build.addLeaf('heading', from, atxHeadingEnd(text, from, line.end));
      return true;
    }
    if (code === 42 || code === 45 || code === 95) {
      if (!this.thematicBreak(at)) return false;
      this.closeLeaf();
      this.startLeaf(NONE);
      return true;
    }
    if (code === 96 || code === 126) return this.openFence(code, at);
    return code === 60 && this.openHtml(at);
  }

  private openFence(code: number, at: number): boolean {
    const size = fenceLength(this.text, at, this.line.end);
    if (size === 0) return false;
    this.closeLeaf();
    this.startLeaf(FENCE);
    this.fenceMarker = code;
    this.fenceSize = size;
    return true;
  }

  private fenceLine(): void {
    const { line } = this;
    line.measure();
    if (line.indent < 4 && closesFence(this.text, line.nonBlank, line.end, this.fenceMarker, this.fenceSize)) this.leaf = NONE;
  }

  private openHtml(at: number): boolean {
    const { line } = this;
    const kind = htmlBlockKind(this.text, at, line.end);
    if (kind === 0) return false;
    this.closeLeaf();
    this.startLeaf(HTML);
    this.htmlKind = kind;
    this.build.startLines(at, line.end);
    const rest = this.text.slice(kind === 2 ? at + 2 : kind === 3 ? at + 1 : at, line.end);
    if (kind < 6 && endsHtmlBlock(rest, kind)) this.closeLeaf();
    return true;
  }

  private htmlLine(): void {
    const { line } = this;
    line.measure();
    if (this.htmlKind >= 6 && line.blank) {
      this.closeLeaf();
      return;
    }
    this.build.addLine(line.nonBlank, line.end, this.quotes.length > 0);
    if (this.htmlKind < 6 && endsHtmlBlock(this.text.slice(line.nonBlank, line.end), this.htmlKind)) this.closeLeaf();
  }
}
