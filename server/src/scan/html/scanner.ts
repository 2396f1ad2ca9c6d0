/** The tokenizer's main loop: one pass over the text, in the states of WHATWG HTML 13.2.5, that hands tags and text to the collector. */
import { AT, isBlank, TagAttributes } from './attributes.ts';
import { EL, ELEMENT_NAMES, ELEMENT_TEXT, ELEMENT_TRAITS, rawTextElements, rcdataElements, TRAIT } from './elements.ts';
import { ForeignContent } from './foreign.ts';
import { IdleTags, isLetter, isStartOfLink } from './idleTags.ts';
import { HASH_START, hashStep } from './names.ts';
import { endBehind, endOfComment, endOfRawText, endOfScript } from './rawText.ts';

const [BANG, SLASH, LESS, GREATER, QUESTION] = [0x21, 0x2f, 0x3c, 0x3e, 0x3f] as const;

/** Traits that make a start tag more than a tag. */
const SPECIAL = TRAIT.content | TRAIT.foreign;

/** What the scanner speaks to. Offsets are those of the scanned text; element codes are those of elements.ts, 0 for any other name. */
export interface TagSink {
  /** True while text between tags matters. */
  readonly wantsText: boolean;
  /** @param literal true where character references are none: CDATA and plaintext */
  addText(start: number, end: number, literal: boolean): void;
  /** @param tagStart offset of the `<` */
  startTag(element: number, tagStart: number, nameStart: number, nameEnd: number, attributes: TagAttributes, inSvg: boolean): void;
  /**
   * Takes a link that is as plain as most are, from its `<a ` to behind its `</a>`. Not called inside svg and math.
   *
   * @returns the offset behind it; `tagStart` where this link is of another kind, and comes as tags and text
   */
  plainLink(tagStart: number): number;
  /** Called only while text matters. */
  endTag(element: number, nameStart: number, nameEnd: number): void;
  /** Text of a raw text, RCDATA or script element; `type` is a script's, in lower case. */
  rawContent(element: number, start: number, end: number, type: string): void;
}

export class HtmlScanner {
  private readonly text: string;
  private readonly sink: TagSink;
  private readonly foreign = new ForeignContent();
  private readonly attributes: TagAttributes;
  private readonly idle: IdleTags;

  /** `attributes` and `idle` may serve many scanners in turn. */
  constructor(text: string, sink: TagSink, attributes = new TagAttributes(), idle = new IdleTags()) {
    this.text = text;
    this.sink = sink;
    this.attributes = attributes;
    this.idle = idle;
  }

  /**
   * Scans on from `from`, which must not lie inside a tag.
   *
   * @param until the scan stops at the first `<` from here on where nothing is open that later text depends on
   * @returns where it stopped; the text's length at the end of the document
   */
  run(from: number, until: number): number {
    const { text, sink, foreign, idle } = this;
    const length = text.length;
    let at = from;
    while (at < length) {
      const next = nextMarkup(text, at);
      if (sink.wantsText) {
        if (next > at) sink.addText(at, next, false);
        if (next >= length) break;
        if (isEndOfLink(text, next) && !foreign.nested) {
          sink.endTag(EL.a, next + 2, next + 3);
          at = next + 4;
          continue;
        }
      } else if (foreign.nested) {
        if (next >= length) break;
      } else {
        if (next >= length) break;
        if (next >= until) return next;
        at = idle.behind(text, next);
        if (at > next) continue;
      }
      const code = next + 1 < length ? text.charCodeAt(next + 1) : 0;
      if (isLetter(code)) at = this.startTag(next);
      else if (code === SLASH && next + 2 < length && isLetter(text.charCodeAt(next + 2))) at = this.endTag(next);
      else at = this.otherMarkup(next, code);
    }
    return length;
  }

  /** Reads what begins with a `<` and is no tag; returns the offset behind it. */
  private otherMarkup(at: number, code: number): number {
    const { text } = this;
    // `</>` is nothing at all, `</` and anything else a comment up to `>`; at the end of the text it is text.
    if (code === SLASH) return at + 2 >= text.length ? this.textAt(at) : endBehind(text, '>', at + 2);
    if (code === BANG) return this.declaration(at);
    if (code === QUESTION) return endBehind(text, '>', at + 2);
    return this.textAt(at);
  }

  private textAt(at: number): number {
    if (this.sink.wantsText) this.sink.addText(at, at + 1, false);
    return at + 1;
  }

  private declaration(at: number): number {
    const { text } = this;
    if (text.startsWith('--', at + 2)) return endOfComment(text, at + 4);
    if (this.foreign.kind !== 0 && text.startsWith('[CDATA[', at + 2)) {
      const end = endBehind(text, ']]>', at + 9);
      const textEnd = text.startsWith(']]>', end - 3) ? end - 3 : end;
      if (this.sink.wantsText && textEnd > at + 9) this.sink.addText(at + 9, textEnd, true);
      return end;
    }
    return endBehind(text, '>', at + 2);
  }

  private startTag(at: number): number {
    const { text, attributes, foreign } = this;
    const nameStart = at + 1;
    const isLink = isStartOfLink(text, nameStart);
    if (isLink && !foreign.nested) {
      const behind = this.sink.plainLink(at);
      if (behind > at) return behind;
    }
    const nameEnd = isLink ? nameStart + 1 : this.nameEnd(nameStart);
    const element = isLink ? EL.a : ELEMENT_NAMES.codeOf(text, nameStart, nameEnd, this.hash);
    const end = attributes.read(text, nameEnd);
    // Most tags neither hold raw text nor stand in svg or math: they are only handed on.
    const special = element !== 0 && (foreign.kind !== 0 || ((ELEMENT_TRAITS[element] ?? 0) & SPECIAL) !== 0);
    const kind = special ? foreign.startTag(element, attributes.selfClosing) : 0;
    this.sink.startTag(element, at, nameStart, nameEnd, attributes, kind === EL.svg);
    return special && kind === 0 && attributes.complete ? this.content(element, end) : end;
  }

  /** The text of elements that hold no markup. */
  private content(element: number, from: number): number {
    const { text, sink } = this;
    if (element === EL.script) {
      const type = this.scriptType();
      const end = endOfScript(text, from);
      sink.rawContent(element, from, end, type);
      return end;
    }
    if (rawTextElements.has(element) || rcdataElements.has(element)) {
      const end = endOfRawText(text, ELEMENT_TEXT[element] ?? '', from);
      sink.rawContent(element, from, end, '');
      return end;
    }
    if (element !== EL.plaintext) return from;
    if (sink.wantsText) sink.addText(from, text.length, true);
    return text.length;
  }

  private scriptType(): string {
    const { attributes } = this;
    return attributes.has(AT.type) ? this.text.slice(attributes.startOf(AT.type), attributes.endOf(AT.type)).trim().toLowerCase() : '';
  }

  private endTag(at: number): number {
    const { text, foreign, sink } = this;
    const nameStart = at + 2;
    const matters = foreign.nested || sink.wantsText;
    const nameEnd = matters ? this.nameEnd(nameStart) : skipName(text, nameStart);
    const closed = nameEnd < text.length && text.charCodeAt(nameEnd) === GREATER;
    const end = closed ? nameEnd + 1 : this.attributes.read(text, nameEnd);
    if (!matters || !(closed || this.attributes.complete)) return end;
    const element = ELEMENT_NAMES.codeOf(text, nameStart, nameEnd, this.hash);
    if (element !== 0) foreign.endTag(element);
    sink.endTag(element, nameStart, nameEnd);
    return end;
  }

  /** Hash of the name that `nameEnd` read last. */
  private hash = 0;

  private nameEnd(start: number): number {
    const { text } = this;
    let hash = HASH_START;
    let at = start;
    while (at < text.length) {
      const code = text.charCodeAt(at);
      if (code <= GREATER && (code === GREATER || code === SLASH || isBlank(code))) break;
      hash = hashStep(hash, code);
      at++;
    }
    this.hash = hash;
    return at;
  }
}

/** The next `<` from `at` on, or the text's length. A third of the gaps between real tags are one character long: no search is begun for those. */
function nextMarkup(text: string, at: number): number {
  if (text.charCodeAt(at) === LESS) return at;
  if (at + 1 < text.length && text.charCodeAt(at + 1) === LESS) return at + 1;
  const next = text.indexOf('<', at + 1);
  return next < 0 ? text.length : next;
}

/** True at `</a>`, the tag that most links end with: its name needs no look-up. */
function isEndOfLink(text: string, at: number): boolean {
  return (
    at + 3 < text.length && text.charCodeAt(at + 1) === SLASH && (text.charCodeAt(at + 2) | 0x20) === 0x61 && text.charCodeAt(at + 3) === GREATER
  );
}

function skipName(text: string, start: number): number {
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code <= GREATER && (code === GREATER || code === SLASH || isBlank(code))) break;
    at++;
  }
  return at;
}
