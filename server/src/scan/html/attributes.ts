/**
 * The attributes of one tag. Known names go into fixed slots (the first duplicate wins), event handlers into a list, the rest is passed over.
 * States: WHATWG HTML 13.2.5.32 to 13.2.5.40.
 */
import { HASH_START, hashStep, NameTable, nameCodes } from './names.ts';

/** Code of each attribute name the scanner reads; all below 32, so that a tag's attributes fit one bit mask. */
export const AT = nameCodes([
  'href',
  'src',
  'srcset',
  'rel',
  'alt',
  'action',
  'cite',
  'content',
  'name',
  'property',
  'http-equiv',
  'style',
  'type',
  'data',
  'poster',
  'background',
  'ping',
  'charset',
  'lang',
  'aria-label',
  'xlink:href',
  'imagesrcset',
  'formaction',
  'longdesc',
  'itemprop',
]);
const NAMES = new NameTable(Object.keys(AT));
/** Name by code; the empty string for 0. */
export const ATTRIBUTE_TEXT: readonly string[] = ['', ...Object.keys(AT)];

const [TAB, LF, FF, CR, SPACE, QUOTE, APOSTROPHE, SLASH, EQUALS, GREATER] = [9, 10, 12, 13, 32, 34, 39, 47, 61, 62] as const;

const LETTER_H = 0x68;

const NO_PLACES: readonly number[] = Array.from({ length: 64 }, () => 0);

/** Reads the attributes of one tag after another; what it holds is good until the next `read`. */
export class TagAttributes {
  /** Bit `1 << code` is set for every known attribute that the tag has. */
  mask = 0;
  /** True for `<a/>`. */
  selfClosing = false;
  /** False when the document ended inside the tag. */
  complete = true;
  /** Name start, name end, value start, value end of each `on…` attribute, duplicates included. */
  readonly handlers: number[] = [];
  /** Value start and end by twice the code. An ordinary array: one is made for every document, and a typed array costs a microsecond. */
  private readonly places: number[] = NO_PLACES.slice();

  has(code: number): boolean {
    return (this.mask & (1 << code)) !== 0;
  }

  /** Offset of the first character of the value, inside its quotes. */
  startOf(code: number): number {
    return this.places[code * 2] ?? 0;
  }

  endOf(code: number): number {
    return this.places[code * 2 + 1] ?? 0;
  }

  /** Forgets the last tag; what is left is a tag without attributes. */
  clear(): void {
    this.mask = 0;
    this.selfClosing = false;
    this.complete = true;
    if (this.handlers.length > 0) this.handlers.length = 0;
  }

  /**
   * Reads from behind the tag name to behind the `>`.
   *
   * @returns the offset behind the tag; the text's length when it is cut off
   */
  read(text: string, from: number): number {
    this.clear();
    const length = text.length;
    let at = from;
    while (at < length) {
      const code = text.charCodeAt(at);
      if (code > GREATER) at = this.attribute(text, at, code);
      else if (code === GREATER) return at + 1;
      else if (code === SPACE || isBlank(code)) at++;
      else if (code !== SLASH) at = this.attribute(text, at, code);
      else if (++at < length && text.charCodeAt(at) === GREATER) {
        this.selfClosing = true;
        return at + 1;
      }
    }
    this.complete = false;
    return length;
  }

  /** Reads one attribute whose name begins with `first`, a `=` in first place included; returns the offset behind it. */
  private attribute(text: string, nameStart: number, first: number): number {
    const length = text.length;
    if (first === LETTER_H && isQuotedHref(text, nameStart)) return this.quotedHref(text, nameStart + 6);
    let hash = hashStep(HASH_START, first);
    let at = nameStart + 1;
    let code: number = GREATER;
    for (; at < length; at++) {
      code = text.charCodeAt(at);
      if (endsName(code)) break;
      hash = hashStep(hash, code);
    }
    const nameEnd = at;
    if (code !== EQUALS) {
      while (at < length && isBlank(text.charCodeAt(at))) at++;
      if (at >= length || text.charCodeAt(at) !== EQUALS) {
        this.keep(text, nameStart, nameEnd, hash, nameEnd, nameEnd);
        return at;
      }
    }
    at++;
    let quote = at < length ? text.charCodeAt(at) : GREATER;
    while (isBlank(quote)) quote = ++at < length ? text.charCodeAt(at) : GREATER;
    if (quote !== QUOTE && quote !== APOSTROPHE) return this.unquoted(text, nameStart, nameEnd, hash, at);
    const start = at + 1;
    const end = text.indexOf(quote === QUOTE ? '"' : "'", start);
    this.keep(text, nameStart, nameEnd, hash, start, end < 0 ? endOfOpenValue(text, start) : end);
    return end < 0 ? length : end + 1;
  }

  /** The value of `href="…"` from `start` on. Most attributes that are kept are this one: its name is neither hashed nor looked up (30.4 to 28.8 ms for 39,000). */
  private quotedHref(text: string, start: number): number {
    const end = text.indexOf('"', start);
    this.place(AT.href, start, end < 0 ? endOfOpenValue(text, start) : end);
    return end < 0 ? text.length : end + 1;
  }

  private unquoted(text: string, nameStart: number, nameEnd: number, hash: number, start: number): number {
    let at = start;
    while (at < text.length) {
      const code = text.charCodeAt(at);
      if (code === GREATER || isBlank(code)) break;
      at++;
    }
    this.keep(text, nameStart, nameEnd, hash, start, at);
    return at;
  }

  /** Takes note of one attribute. */
  protected keep(text: string, nameStart: number, nameEnd: number, hash: number, start: number, end: number): void {
    const code = NAMES.codeOf(text, nameStart, nameEnd, hash);
    if (code !== 0) this.place(code, start, end);
    else if (nameEnd - nameStart > 2 && (text.charCodeAt(nameStart) | 0x20) === 0x6f && (text.charCodeAt(nameStart + 1) | 0x20) === 0x6e) {
      this.handlers.push(nameStart, nameEnd, start, end);
    }
  }

  /** Takes note of the first attribute of a known name. */
  protected place(code: number, start: number, end: number): void {
    const bit = 1 << code;
    if ((this.mask & bit) !== 0) return;
    this.mask |= bit;
    this.places[code * 2] = start;
    this.places[code * 2 + 1] = end;
  }
}

/** True where the name that begins with an `h` is `href`, with `="` behind it. */
function isQuotedHref(text: string, at: number): boolean {
  return (
    at + 6 < text.length &&
    text.charCodeAt(at + 1) === 0x72 &&
    text.charCodeAt(at + 2) === 0x65 &&
    text.charCodeAt(at + 3) === 0x66 &&
    text.charCodeAt(at + 4) === EQUALS &&
    text.charCodeAt(at + 5) === QUOTE
  );
}

/**
 * Where a value ends whose quote never closes: at a line end or an angle bracket, so that a URL being typed is not the rest of the document.
 */
function endOfOpenValue(text: string, start: number): number {
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === LF || code === CR || code === 0x3c || code === GREATER) return at;
  }
  return text.length;
}

/** ASCII whitespace of the HTML standard. */
export function isBlank(code: number): boolean {
  return code <= SPACE && (code === SPACE || code === LF || code === TAB || code === CR || code === FF);
}

function endsName(code: number): boolean {
  return code <= GREATER && (code === EQUALS || code === GREATER || code === SLASH || isBlank(code));
}
