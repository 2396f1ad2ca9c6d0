/**
 * The block phase: one line after another through the open containers to the open leaf. CommonMark 0.31 appendix "A parsing strategy";
 * tables and footnotes as GitHub has them. A parser started where nothing is open gives what one started at the top gives from there on.
 */
import type { ScanOptions } from '../link.ts';
import type { Block } from './block.ts';
import { atxHeadingEnd, atxHeadingStart, closesFence, endsHtmlBlock, fenceLength, htmlBlockKind, isSetextUnderline } from './blockStarts.ts';
import { skipBlanks } from './chars.ts';
import { Containers } from './containers.ts';
import { LineCursor } from './cursor.ts';
import { frontMatterEnd } from './frontMatter.ts';
import { LeafBuilder } from './leafBuilder.ts';
import { isModuleLine } from './mdx.ts';
import { countCells, delimiterCells } from './tables.ts';
import { normalizeLabel } from './values.ts';

const [NONE, PARAGRAPH, FENCE, INDENTED, HTML, TABLE, MODULE] = [0, 1, 2, 3, 4, 5, 6] as const;

export class BlockParser {
  private readonly text: string;
  private readonly mdx: boolean;
  private readonly line: LineCursor;
  private readonly containers: Containers;
  private readonly build: LeafBuilder;
  private leaf: number = NONE;
  private fenceMarker = 0;
  private fenceSize = 0;
  private htmlKind = 0;
  /** The last line of the open paragraph, if it may be the head of a table; else -1. */
  private headStart = -1;
  private headEnd = -1;

  /** @param from offset at which nothing is open: the start of the text or of a block */
  constructor(text: string, from: number, options: ScanOptions) {
    const front = from === 0 ? frontMatterEnd(text) : 0;
    const mark = from === 0 && text.charCodeAt(0) === 0xfeff ? 1 : 0;
    this.text = text;
    this.mdx = options.mdx === true;
    this.line = new LineCursor(text, Math.max(from, front, mark));
    this.containers = new Containers(text, this.line, this.mdx ? Number.POSITIVE_INFINITY : 3);
    this.build = new LeafBuilder(text);
    if (front > 0) {
      this.build.begin(0, 0);
      this.build.addLeaf('front', 0, front);
    }
  }

  /**
   * Reads lines until a new block begins or the text ends.
   *
   * @param wanted a block begins wherever one can that is long enough after the one before, and at this offset if one can there
   * @returns where the new block begins, or -1 at the end of the text
   */
  nextBlock(wanted: number): number {
    const before = this.build.count;
    while (this.line.advance()) {
      this.readLine(wanted);
      if (this.build.count > before) return this.build.block.start;
    }
    this.closeLeaf();
    return -1;
  }

  /** The blocks so far; the last one is still open unless the text has ended. */
  get blocks(): readonly Block[] {
    return this.build.blocks;
  }

  private readLine(wanted: number): void {
    const { containers } = this;
    const depth = containers.depth;
    const continued = containers.advance();
    const matched = continued === depth;
    if (matched && (this.leaf === FENCE || this.leaf === HTML)) this.verbatimLine();
    else this.plainLine(continued, matched, wanted);
  }

  /** A line of a leaf that no container can start in. */
  private verbatimLine(): void {
    this.line.measure();
    if (this.leaf === FENCE) this.fenceLine();
    else this.htmlLine();
  }

  private plainLine(continued: number, matched: boolean, wanted: number): void {
    const { line } = this;
    const opened = this.openContainers(continued, matched && this.leaf === PARAGRAPH, wanted);
    line.measure();
    if (!opened) {
      if (this.leaf === PARAGRAPH && this.paragraphLine(!matched, wanted)) return;
      if (matched && this.goesOn()) return;
      this.leave(continued);
    }
    if (!line.blank) this.startLeaf(wanted);
  }

  /** True for a line that the open leaf takes, not a paragraph. */
  private goesOn(): boolean {
    const { line } = this;
    if (this.leaf === INDENTED) return line.blank || line.indent >= 4;
    if (this.leaf === MODULE) return !line.blank;
    if (this.leaf !== TABLE || line.blank || line.indent >= 4 || this.startsLeaf(line.nonBlank, false)) return false;
    this.build.addCells(line.nonBlank, line.end);
    return true;
  }

  private openContainers(continued: number, interrupting: boolean, wanted: number): boolean {
    const { containers, build, line, text } = this;
    let opened = false;
    while (containers.recognise(interrupting)) {
      if (!opened) {
        this.leave(continued);
        if (continued === 0) build.begin(line.start, wanted);
        opened = true;
      }
      const label = containers.enter();
      if (label !== null) build.addFootnote(normalizeLabel(text.slice(label.start, label.end)));
    }
    return opened;
  }

  private leave(level: number): void {
    this.closeLeaf();
    this.containers.closeTo(level);
  }

  private closeLeaf(): void {
    if (this.leaf === PARAGRAPH) this.build.endParagraph(false);
    else if (this.leaf === HTML) this.build.endHtml();
    this.leaf = NONE;
    this.headStart = -1;
  }

  /** A line while a paragraph is open: true when it belongs to the paragraph or turns it into something else. */
  private paragraphLine(lazy: boolean, wanted: number): boolean {
    const { line, text, containers } = this;
    if (line.blank) return false;
    if (line.indent < 4 || this.mdx) {
      const at = line.nonBlank;
      const code = text.charCodeAt(at);
      if (!lazy && (code === 61 || code === 45) && isSetextUnderline(text, at, line.end)) {
        this.leaf = NONE;
        return this.build.endParagraph(true);
      }
      if (!lazy && this.headStart >= 0 && (code === 124 || code === 58 || code === 45) && this.startTable(wanted)) return true;
      if (this.startsLeaf(at, true)) return false;
    }
    this.build.addLine(line.nonBlank, line.end, containers.quoted);
    this.headStart = !lazy && line.indent < 4 ? line.nonBlank : -1;
    this.headEnd = line.end;
    return true;
  }

  /** At a delimiter row the paragraph's last line becomes the head of a table. */
  private startTable(wanted: number): boolean {
    const { line, text, build, containers } = this;
    const cells = delimiterCells(text, line.nonBlank, line.end);
    if (cells === 0 || countCells(text, this.headStart, this.headEnd) !== cells) return false;
    const lineStart = build.removeLastLine();
    const { headStart, headEnd } = this;
    if (build.endParagraph(false) && containers.depth === 0) build.begin(lineStart, wanted);
    this.headStart = -1;
    if (!this.mdx && text.charCodeAt(headStart) === 60 && htmlBlockKind(text, headStart, headEnd) === 7) {
      // Such a line cannot end a paragraph, but the table did, and then the HTML block comes first.
      build.startLines(headStart, headEnd);
      build.addLine(line.nonBlank, line.end, containers.quoted);
      this.leaf = HTML;
      this.htmlKind = 7;
    } else {
      build.addCells(headStart, headEnd);
      this.leaf = TABLE;
    }
    return true;
  }

  /** True where a heading, break, fence or HTML block starts. */
  private startsLeaf(at: number, interrupting: boolean): boolean {
    const { text, line } = this;
    const code = text.charCodeAt(at);
    if (code === 35) return atxHeadingStart(text, at, line.end) >= 0;
    if (code === 42 || code === 45 || code === 95) return this.containers.isThematicBreak(at);
    if (code === 96 || code === 126) return fenceLength(text, at, line.end) > 0;
    if (code !== 60 || this.mdx) return false;
    const kind = htmlBlockKind(text, at, line.end);
    return kind > 0 && (kind < 7 || !interrupting);
  }

  /** Starts a leaf on a line that is not blank. */
  private startLeaf(wanted: number): void {
    const { line, text, build } = this;
    if (this.containers.depth === 0) build.begin(line.start, wanted);
    const at = line.nonBlank;
    if (line.indent >= 4 && !this.mdx) {
      this.leaf = INDENTED;
      return;
    }
    if (this.startsLeaf(at, false)) {
      const code = text.charCodeAt(at);
      if (code === 35) this.heading(at);
      else if (code === 60) this.startHtml(at);
      else if (code === 96 || code === 126) this.startFence(code, at);
      return;
    }
    if (this.mdx && this.containers.depth === 0 && isModuleLine(text, at, line.end)) {
      this.leaf = MODULE;
      build.addLeaf('module', at, line.end);
      return;
    }
    this.leaf = PARAGRAPH;
    build.startLines(at, line.end);
    this.headStart = at;
    this.headEnd = line.end;
  }

  private heading(at: number): void {
    const { line, text } = this;
    const from = skipBlanks(text, atxHeadingStart(text, at, line.end), line.end);
    this.build.addLeaf('heading', from, atxHeadingEnd(text, from, line.end));
  }

  private startFence(code: number, at: number): void {
    this.leaf = FENCE;
    this.fenceMarker = code;
    this.fenceSize = fenceLength(this.text, at, this.line.end);
  }

  private fenceLine(): void {
    const { line } = this;
    if (line.indent < 4 && closesFence(this.text, line.nonBlank, line.end, this.fenceMarker, this.fenceSize)) this.leaf = NONE;
  }

  private startHtml(at: number): void {
    const { line, text } = this;
    const kind = htmlBlockKind(text, at, line.end);
    this.leaf = HTML;
    this.htmlKind = kind;
    this.build.startLines(at, line.end);
    // The start of a comment or instruction can hold its end, as in `<!-->`.
    if (kind < 6 && endsHtmlBlock(text.slice(kind === 2 ? at + 2 : kind === 3 ? at + 1 : at, line.end), kind)) this.closeLeaf();
  }

  private htmlLine(): void {
    const { line, text, htmlKind } = this;
    if (htmlKind >= 6 && line.blank) {
      this.closeLeaf();
      return;
    }
    this.build.addLine(line.nonBlank, line.end, this.containers.quoted);
    if (htmlKind < 6 && endsHtmlBlock(text.slice(line.nonBlank, line.end), htmlKind)) this.closeLeaf();
  }
}
