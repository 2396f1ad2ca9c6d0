/** The text of the link that is open: words, then `alt` of its images, then `[img]`, then `aria-label`. */
import type { DraftLink } from '../drafts.ts';
import { collapse, decodeText } from './value.ts';

/** Text beyond this many characters is cut: a link that is never closed would otherwise hold the rest of the document. */
export const MAX_LINK_TEXT = 2000;

/**
 * Pattern of text up to the next tag that stays as it is: single spaces only, none at an end, no reference. The engine compiles it to one loop
 * over the characters themselves (27.3 to 24.6 ms for 39,000 links beside a loop over `charCodeAt`). The words are bounded in number: it
 * remembers each to go back, and its memory for that is bounded too.
 */
export const PLAIN_TEXT = String.raw`[^\s&<\0]+(?: [^\s&<\0]+){0,999}`;

/** The open `<a>` with everything read inside it so far; one object serves all links of a document in turn. */
export class OpenLink {
  isOpen = false;
  private links: readonly DraftLink[] = [];
  private first = 0;
  private behind = 0;
  private label = '';
  /** The first stretch of text, which for most links is the only one: offsets in `source`, not yet cut out. */
  private source = '';
  private start = 0;
  private end = 0;
  /** Text that needed more than one stretch. */
  private words = '';
  private alt = '';
  private readonly plain = new RegExp(PLAIN_TEXT, 'y');
  private hasImage = false;

  /**
   * @param links of which those from `first` on belong to the element: all of them that have a tag get its text
   * @param label its decoded `aria-label`, or the empty string
   */
  open(links: readonly DraftLink[], first: number, label: string): void {
    this.isOpen = true;
    this.links = links;
    this.first = first;
    this.behind = links.length;
    this.label = label;
    this.start = 0;
    this.end = 0;
    this.words = '';
    this.alt = '';
    this.hasImage = false;
  }

  /** Raw text of the document from `start` to `end`; character references are decoded. */
  addText(source: string, start: number, end: number): void {
    if (this.words === '' && this.end === 0 && end - start <= MAX_LINK_TEXT) {
      this.source = source;
      this.start = start;
      this.end = end;
    } else this.addWords(rawText(source, start, end));
  }

  /** Decoded text. Where further text would be cut anyway, the link is closed, whatever follows. */
  addWords(words: string): void {
    if (!this.isOpen) return;
    this.gather();
    this.words += words;
    if (this.words.length > MAX_LINK_TEXT) this.close();
  }

  /** An element that parts words without a blank. */
  part(): void {
    this.gather();
    if (this.words !== '') this.words += ' ';
  }

  /** Turns the first stretch into words. */
  private gather(): void {
    if (this.end === 0) return;
    this.words = rawText(this.source, this.start, this.end);
    this.end = 0;
  }

  addImage(alt: string): void {
    this.hasImage = true;
    if (alt !== '') this.alt = this.alt === '' ? alt : `${this.alt} ${alt}`;
  }

  /** The text of the one stretch as a reader sees it. */
  private single(): string {
    const { source, start, end, plain } = this;
    plain.lastIndex = start;
    if (plain.test(source) && plain.lastIndex === end) return source.slice(start, end);
    return cut(collapse(decodeText(source.slice(start, end))));
  }

  /** Gives the link its text and, around an image alone, its tag. */
  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    const words = this.end === 0 ? cut(collapse(this.words)) : this.single();
    const isImage = words === '' && this.hasImage;
    const text = isImage ? cut(collapse(this.alt)) || '[img]' : words || this.label;
    for (let index = this.first; index < this.behind; index++) {
      const draft = this.links[index];
      if (draft === undefined || draft.tag === null) continue;
      draft.text = text;
      if (isImage && draft.tag === 'a') draft.tag = 'aimg';
    }
  }
}

/** Twice the limit leaves room for blanks; what is cut within a reference stays as written. */
function rawText(source: string, start: number, end: number): string {
  return decodeText(source.slice(start, Math.min(end, start + 2 * MAX_LINK_TEXT)));
}

/** At most MAX_LINK_TEXT code units, never half a surrogate pair. */
function cut(text: string): string {
  if (text.length <= MAX_LINK_TEXT) return text;
  const last = text.charCodeAt(MAX_LINK_TEXT - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? MAX_LINK_TEXT - 1 : MAX_LINK_TEXT).trimEnd();
}
