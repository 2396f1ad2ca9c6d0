/** The text of the link that is open: words, then `alt` of its images, then `[img]`, then `aria-label`. */
import type { DraftLink } from '../drafts.ts';
import { collapse, decodeText } from './value.ts';

/** Text beyond this many characters is cut: a link that is never closed would otherwise hold the rest of the document. */
export const MAX_LINK_TEXT = 2000;

/** One open `<a>` with everything read inside it so far. */
export class OpenLink {
  private readonly drafts: readonly DraftLink[];
  private readonly label: string;
  private words = '';
  private alt = '';
  private hasImage = false;

  /**
   * @param drafts the links of the element: all get its text
   * @param label its decoded `aria-label`, or the empty string
   */
  constructor(drafts: readonly DraftLink[], label: string) {
    this.drafts = drafts;
    this.label = label;
  }

  /** True when further text would be cut anyway: the link is then closed, whatever follows. */
  get full(): boolean {
    return this.words.length > MAX_LINK_TEXT;
  }

  /** Raw text of the document; character references are decoded. */
  addText(raw: string): void {
    // Twice the limit leaves room for blanks; what is cut within a reference stays as written.
    this.addWords(decodeText(raw.length > 2 * MAX_LINK_TEXT ? raw.slice(0, 2 * MAX_LINK_TEXT) : raw));
  }

  /** Decoded text. */
  addWords(words: string): void {
    this.words += words;
  }

  /** An element that parts words without a blank. */
  part(): void {
    this.words += ' ';
  }

  addImage(alt: string): void {
    this.hasImage = true;
    if (alt !== '') this.alt = this.alt === '' ? alt : `${this.alt} ${alt}`;
  }

  /** Gives the link its text and, around an image alone, its tag. */
  close(): void {
    const words = cut(collapse(this.words));
    const isImage = words === '' && this.hasImage;
    const text = isImage ? cut(collapse(this.alt)) || '[img]' : words || this.label;
    for (const draft of this.drafts) {
      draft.text = text;
      if (isImage && draft.tag === 'a') draft.tag = 'aimg';
    }
  }
}

/** At most MAX_LINK_TEXT code units, never half a surrogate pair. */
function cut(text: string): string {
  if (text.length <= MAX_LINK_TEXT) return text;
  const last = text.charCodeAt(MAX_LINK_TEXT - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? MAX_LINK_TEXT - 1 : MAX_LINK_TEXT).trimEnd();
}
