/** The open containers of a line: block quotes, list items and footnotes. CommonMark 0.31 section 5; footnotes as GitHub has them. */
import { thematicBreakStop } from './blockStarts.ts';
import { isBlank, isDigit, skipBlanks } from './chars.ts';
import type { LineCursor } from './cursor.ts';
import { footnoteLabelEnd } from './footnotes.ts';

const [QUOTE, ITEM, FOOTNOTE] = [1, 2, 3] as const;
/** Of an item that began with a blank line, and of one whose second line was blank too: it takes no more lines. */
const [BEGAN_BLANK, ENDED] = [1, 2] as const;

export class Containers {
  private readonly text: string;
  private readonly line: LineCursor;
  /** Columns of indentation that a container start may have. */
  private readonly deepest: number;
  private readonly kinds: number[] = [];
  /** Columns that a line must be indented by to belong to an item. */
  private readonly sizes: number[] = [];
  private readonly blanks: number[] = [];
  /** Levels of the open block quotes. */
  private readonly quotes: number[] = [];
  /** On the current line no thematic break starts before this offset. */
  private noBreakBefore = 0;
  /** What `recognise` found: kind, offset after its mark, width of the mark with its indentation, and whether the rest is blank. */
  private newKind: number = 0;
  private newAfter = 0;
  private newWidth = 0;

  constructor(text: string, line: LineCursor, deepest: number) {
    this.text = text;
    this.line = line;
    this.deepest = deepest;
  }

  get depth(): number {
    return this.kinds.length;
  }

  get quoted(): boolean {
    return this.quotes.length > 0;
  }

  /** Closes the containers from `level` on. */
  closeTo(level: number): void {
    if (this.kinds.length === level) return;
    this.kinds.length = level;
    this.sizes.length = level;
    this.blanks.length = level;
    while ((this.quotes.at(-1) ?? -1) >= level) this.quotes.pop();
  }

  /** Moves the cursor over the marks and indentation of the containers that go on with the line; returns how many do. */
  advance(): number {
    const { kinds, line } = this;
    for (let level = 0; level < kinds.length; level++) {
      line.measure();
      if (kinds[level] !== QUOTE) {
        if (line.blank) return this.advanceBlank(level);
        if (!this.advanceIndented(level)) return level;
      } else {
        if (line.blank || line.indent > 3 || this.text.charCodeAt(line.nonBlank) !== 62) return level;
        line.moveTo(line.nonBlank + 1);
        line.skipColumns(1);
      }
    }
    return kinds.length;
  }

  private advanceIndented(level: number): boolean {
    const { line, blanks } = this;
    const size = this.sizes[level] ?? 0;
    const ended = blanks[level] === ENDED;
    blanks[level] = 0;
    if (ended || line.indent < size) return false;
    line.skipColumns(size);
    return true;
  }

  /** A blank line belongs to items and footnotes, however deep, but not to block quotes. */
  private advanceBlank(from: number): number {
    const last = this.kinds.length - 1;
    if (this.blanks[last] === BEGAN_BLANK) this.blanks[last] = ENDED;
    let low = 0;
    let high = this.quotes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.quotes[middle] ?? 0) < from) low = middle + 1;
      else high = middle;
    }
    return this.quotes[low] ?? this.kinds.length;
  }

  isThematicBreak(at: number): boolean {
    if (at < this.noBreakBefore) return false;
    const stop = thematicBreakStop(this.text, at, this.line.end);
    if (stop < 0) return true;
    this.noBreakBefore = stop;
    return false;
  }

  /**
   * Looks for the start of a container at the cursor; `enter` opens it.
   *
   * @param interrupting true where it would end a paragraph: then only an item that begins with text, numbered 1 if at all, can start
   */
  recognise(interrupting: boolean): boolean {
    const { line, text } = this;
    line.measure();
    if (line.blank || line.indent > this.deepest) return false;
    const at = line.nonBlank;
    const code = text.charCodeAt(at);
    if (code === 62) return this.found(QUOTE, at + 1, 0);
    if (code === 42 || code === 43 || code === 45) return (code === 43 || !this.isThematicBreak(at)) && this.item(at + 1, interrupting);
    if (isDigit(code)) return this.numbered(at, interrupting);
    return code === 91 && text.charCodeAt(at + 1) === 94 && this.footnote(at);
  }

  private found(kind: number, after: number, width: number): true {
    this.newKind = kind;
    this.newAfter = after;
    this.newWidth = width;
    return true;
  }

  private numbered(at: number, interrupting: boolean): boolean {
    const { line, text } = this;
    let next = at + 1;
    while (next < line.end && next - at < 10 && isDigit(text.charCodeAt(next))) next++;
    const mark = next < line.end ? text.charCodeAt(next) : 0;
    if (next - at > 9 || (mark !== 46 && mark !== 41)) return false;
    if (interrupting && (next - at > 1 || text.charCodeAt(at) !== 49)) return false;
    return this.item(next + 1, interrupting);
  }

  private item(after: number, interrupting: boolean): boolean {
    const { line, text } = this;
    if (after < line.end && !isBlank(text.charCodeAt(after))) return false;
    if (interrupting && skipBlanks(text, after, line.end) === line.end) return false;
    return this.found(ITEM, after, line.indent + after - line.nonBlank);
  }

  private footnote(at: number): boolean {
    const { line, text } = this;
    const close = footnoteLabelEnd(text, at, line.end);
    return close > 0 && close < line.end && text.charCodeAt(close) === 58 && this.found(FOOTNOTE, close + 1, 4);
  }

  /** Opens what `recognise` found. Returns the offsets of a footnote's label, else null. */
  enter(): { readonly start: number; readonly end: number } | null {
    const { line, newKind: kind, newAfter: after } = this;
    const level = this.kinds.length;
    const start = line.nonBlank;
    this.kinds.push(kind);
    this.sizes.push(this.newWidth);
    this.blanks.push(0);
    line.moveTo(after);
    if (kind === QUOTE) {
      this.quotes.push(level);
      line.skipColumns(1);
      return null;
    }
    line.measure();
    if (kind === FOOTNOTE) {
      line.moveTo(line.nonBlank);
      return { start: start + 2, end: after - 2 };
    }
    const blanks = line.blank || line.indent > 4 ? 1 : line.indent;
    this.sizes[level] = this.newWidth + blanks;
    if (line.blank) this.blanks[level] = BEGAN_BLANK;
    else line.skipColumns(blanks);
    return null;
  }
}
