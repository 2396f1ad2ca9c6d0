/** The stretches of link content that are not shown as written, gathered while a bracket or an HTML link is open. */

import { MAX_LINK_TEXT } from '../html/linkText.ts';
import { IMAGE, type Piece, RUN, renderText, TEXT } from './plainText.ts';

/** Text of an image inside another image's text is cut here, or nested images would take time and space by the square of their depth. */
const MAX_INNER_TEXT = 100;

/** Where the text of an HTML link between Markdown goes. */
export interface WordSink {
  /** True while an HTML link is open whose text the Markdown around belongs to. */
  readonly wantsWords: boolean;
  /** Text inside that link as a reader sees it. */
  words(text: string): void;
  /** An image inside that link. */
  image(alt: string): void;
}

export class LinkPieces {
  private text = '';
  private readonly pieces: Piece[] = [];
  private readonly sink: WordSink;
  /** Where the text starts that an open HTML link waits for, with the first piece in it; -1 when none does. */
  private wordsFrom = -1;
  private wordsFirst = 0;

  constructor(sink: WordSink) {
    this.sink = sink;
  }

  /** Starts on another text. */
  reset(text: string, start: number): void {
    this.text = text;
    if (this.pieces.length > 0) this.pieces.length = 0;
    this.wordsFirst = 0;
    this.wordsFrom = this.sink.wantsWords ? start : -1;
  }

  get count(): number {
    return this.pieces.length;
  }

  /** True while an open HTML link waits for text. */
  get waiting(): boolean {
    return this.wordsFrom >= 0;
  }

  /** Characters that stand for `text`. */
  add(start: number, end: number, text: string): void {
    this.pieces.push({ kind: TEXT, start, end, text, left: 0, can: 0 });
  }

  /** A run of `*`, `_` or `~`. */
  addRun(start: number, end: number): void {
    this.pieces.push({ kind: RUN, start, end, text: '', left: 0, can: 0 });
  }

  /** A link or image whose content is known; its own pieces are dropped. */
  addLink(start: number, end: number, text: string, image: boolean, first: number): void {
    this.cutTo(first);
    this.pieces.push({ kind: image ? IMAGE : TEXT, start, end, text, left: 0, can: 0 });
  }

  /** Drops the pieces from an index on. */
  cutTo(first: number): void {
    if (this.pieces.length > first) this.pieces.length = first;
    if (this.wordsFirst > first) this.wordsFirst = first;
  }

  /** Forgets everything that no open bracket needs. */
  release(): void {
    if (this.wordsFrom < 0 && this.pieces.length > 0) this.pieces.length = 0;
  }

  hasImage(first: number): boolean {
    for (let index = first; index < this.pieces.length; index++) if (this.pieces[index]?.kind === IMAGE) return true;
    return false;
  }

  /** The text between two offsets, the pieces from `first` on being inside it. */
  render(start: number, end: number, first: number, image: boolean): string {
    const limit = image ? MAX_INNER_TEXT : MAX_LINK_TEXT;
    return cut(renderText(this.text, start, end, this.pieces, first, image ? limit : 0));
  }

  /** The texts of the images between two offsets. */
  renderImages(start: number, end: number, first: number): string {
    return cut(renderText(this.text, start, end, this.pieces, first, MAX_LINK_TEXT));
  }

  /** Gives an open HTML link the text up to `at`; `from` is where the text goes on, if a link is open then. */
  flush(at: number): void {
    if (this.wordsFrom < 0) return;
    const { text, pieces, sink, wordsFrom, wordsFirst } = this;
    sink.words(renderText(text, wordsFrom, at, pieces, wordsFirst, 0));
    for (let index = wordsFirst; index < pieces.length; index++) {
      const piece = pieces[index];
      if (piece?.kind === IMAGE) sink.image(piece.text);
    }
  }

  /** After a tag that opened or closed an HTML link. */
  restart(from: number, inBrackets: boolean): void {
    this.wordsFrom = this.sink.wantsWords ? from : -1;
    if (!inBrackets) this.pieces.length = 0;
    this.wordsFirst = this.pieces.length;
  }
}

/** At most MAX_LINK_TEXT code units, never half a surrogate pair. */
function cut(text: string): string {
  if (text.length <= MAX_LINK_TEXT) return text;
  const last = text.charCodeAt(MAX_LINK_TEXT - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? MAX_LINK_TEXT - 1 : MAX_LINK_TEXT).trimEnd();
}
