/** A cursor over the lines of a text that counts columns, a tab being as wide as the way to the next multiple of four. */
export class LineCursor {
  /** Start and end of the line, without its ending. */
  start = 0;
  end = 0;
  /** Start of the line after it. */
  next: number;
  /** Where the rest of the line starts that `measure` looks at. */
  at = 0;
  /** First character of the rest that is not blank; `end` when there is none. */
  nonBlank = 0;
  /** Columns from `at` to `nonBlank`. */
  indent = 0;
  blank = false;
  private readonly text: string;
  private column = 0;
  /** Columns left of a tab at `at` that was taken in part. */
  private tabRest = 0;
  private nextFeed = -1;
  private nextReturn = -1;

  constructor(text: string, from: number) {
    this.text = text;
    this.next = from;
  }

  /** Goes to the next line; false at the end of the text. */
  advance(): boolean {
    const { text, next } = this;
    if (next >= text.length) return false;
    this.start = next;
    if (this.nextFeed < next) this.nextFeed = found(text.indexOf('\n', next), text.length);
    if (this.nextReturn < next) this.nextReturn = found(text.indexOf('\r', next), text.length);
    this.end = Math.min(this.nextFeed, this.nextReturn);
    this.next = this.end + (this.nextReturn + 1 === this.nextFeed && this.end === this.nextReturn ? 2 : 1);
    if (this.next > text.length) this.next = text.length;
    this.at = next;
    this.column = 0;
    this.tabRest = 0;
    return true;
  }

  /** Finds the indentation of the rest of the line. */
  measure(): void {
    const { text, end } = this;
    let at = this.at;
    let column = this.column;
    if (this.tabRest > 0) {
      column += this.tabRest;
      at++;
    }
    for (; at < end; at++) {
      const code = text.charCodeAt(at);
      if (code === 32) column++;
      else if (code === 9) column += 4 - (column & 3);
      else break;
    }
    this.nonBlank = at;
    this.indent = column - this.column;
    this.blank = at >= end;
  }

  /** Moves to a character of the line that only has measured blanks and plain characters before it. */
  moveTo(at: number): void {
    if (this.at < this.nonBlank && at >= this.nonBlank) {
      this.column += this.indent;
      this.at = this.nonBlank;
      this.tabRest = 0;
    }
    this.column += at - this.at;
    this.at = at;
  }

  /** Skips at most so many columns of blanks; part of a tab can stay. */
  skipColumns(columns: number): void {
    let left = columns;
    while (left > 0 && this.at < this.end) {
      const code = this.text.charCodeAt(this.at);
      if (code === 9) {
        const width = this.tabRest > 0 ? this.tabRest : 4 - (this.column & 3);
        const taken = Math.min(left, width);
        this.column += taken;
        left -= taken;
        this.tabRest = width - taken;
        if (this.tabRest === 0) this.at++;
      } else if (code === 32) {
        this.at++;
        this.column++;
        left--;
      } else {
        return;
      }
    }
  }
}

function found(at: number, end: number): number {
  return at < 0 ? end : at;
}
