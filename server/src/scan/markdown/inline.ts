/**
 * The inline phase: the links in one leaf's text. Code spans, autolinks and raw HTML bind tighter than brackets, links hold no links.
 * CommonMark 0.31 section 6 and GFM 6.9, with micromark's reading of the corner cases.
 */

import { angleAutolinkEnd } from './angleAutolinks.ts';
import { isAlpha, isAlphanumeric } from './chars.ts';
import { CodeSpans } from './codeSpans.ts';
import { footnoteLabelEnd } from './footnotes.ts';
import { HtmlMemo, inlineHtmlEnd } from './inlineHtml.ts';
import { isEmailChar, Literals, mayPrecedeWww } from './literals.ts';
import { type Piece, renderText } from './plainText.ts';
import { type Destination, readLabel, readResource, TitleMemo } from './resource.ts';
import { characterReferenceEnd, decodeString, isEscape, normalizeLabel } from './values.ts';

/** What the inline phase finds; offsets are those of the text it was given. */
export interface InlineSink {
  /** A link, image or autolink. `from` is the offset of the whole construct. */
  link(syntax: InlineSyntax, start: number, end: number, url: string, text: string, around: boolean, from: number): void;
  /** A piece of raw HTML. */
  html(start: number, end: number): void;
  /** True while an HTML link is open whose text the Markdown around belongs to. */
  readonly wantsWords: boolean;
  /** Text inside that link as a reader sees it. */
  words(text: string): void;
  /** An image inside that link. */
  image(alt: string): void;
}

export type InlineSyntax = 'md-link' | 'md-image' | 'md-reference' | 'md-image-reference' | 'md-autolink' | 'md-wiki';

/** The labels that the document defines. */
export interface Labels {
  /** The URL of a definition, by normalised label. */
  url(key: string): string | undefined;
  hasFootnote(key: string): boolean;
}

interface Bracket {
  readonly image: boolean;
  readonly start: number;
  /** Offset after the bracket. */
  readonly content: number;
  readonly piece: number;
}

const TRIGGERS = new Uint8Array(128);
for (const character of '\\`<![]&:@wW*_~') TRIGGERS[character.charCodeAt(0)] = 1;

export class InlineParser {
  private readonly labels: Labels;
  private readonly sink: InlineSink;
  private text = '';
  private start = 0;
  private end = 0;
  /** End of the last construct: characters before it are taken. */
  private floor = 0;
  private readonly brackets: Bracket[] = [];
  /** Link brackets below this index cannot open a link any more: a link was found inside them. */
  private inactive = 0;
  private lastBracket = -1;
  private readonly pieces: Piece[] = [];
  /** Where the text starts that an open HTML link waits for; -1 when none does. */
  private wordsFrom = -1;
  private readonly literals = new Literals();
  private readonly code = new CodeSpans();
  private htmlMemo = new HtmlMemo();
  private titleMemo = new TitleMemo();
  private readonly destination: Destination = { start: 0, end: 0, next: 0 };

  constructor(labels: Labels, sink: InlineSink) {
    this.labels = labels;
    this.sink = sink;
  }

  /** Finds the links in `text` from `start` to `end`. */
  parse(text: string, start: number, end: number): void {
    let at = start;
    const { sink } = this;
    while (at < end && !isTrigger(text.charCodeAt(at))) at++;
    if (at >= end && !sink.wantsWords) return;
    this.reset(text, start, end);
    if (sink.wantsWords) this.wordsFrom = start;
    this.run(at);
    if (this.wordsFrom >= 0) this.flushWords(end);
  }

  private run(from: number): void {
    const { text, end } = this;
    let at = from;
    while (at < end) {
      if (isTrigger(text.charCodeAt(at))) at = this.step(at);
      else at++;
    }
  }

  /** The text of a leaf without its marks, for titles. */
  plainText(text: string, start: number, end: number): string {
    this.reset(text, start, end);
    this.brackets.push({ image: true, start, content: start, piece: 0 });
    this.run(start);
    return renderText(text, start, end, this.pieces, 0, true);
  }

  private reset(text: string, start: number, end: number): void {
    this.text = text;
    this.start = start;
    this.end = end;
    this.floor = start;
    this.brackets.length = 0;
    this.inactive = 0;
    this.lastBracket = -1;
    this.pieces.length = 0;
    this.wordsFrom = -1;
    this.literals.reset(text, start, end);
    this.code.reset(text, end);
    this.htmlMemo = new HtmlMemo();
    this.titleMemo = new TitleMemo();
  }

  /** Handles the trigger character at `at` and returns the offset to go on from. */
  private step(at: number): number {
    const { text, end } = this;
    const inBrackets = this.brackets.length > 0;
    const collecting = inBrackets || this.wordsFrom >= 0;
    switch (text.charCodeAt(at)) {
      case 92:
        return this.escape(at, collecting);
      case 96:
        return this.codeSpan(at, collecting);
      case 60:
        return this.angle(at, collecting);
      case 33:
        if (at + 1 < end && text.charCodeAt(at + 1) === 91) return this.open(at, true);
        return at + 1;
      case 91:
        return this.bracket(at);
      case 93:
        return this.close(at);
      case 58:
        return inBrackets ? at + 1 : this.protocol(at);
      case 64:
        return inBrackets ? at + 1 : this.email(at);
      case 119:
      case 87:
        return inBrackets ? at + 1 : this.www(at);
      case 38:
        return collecting ? this.reference(at) : at + 1;
      default:
        return collecting ? this.marks(at) : at + 1;
    }
  }

  private escape(at: number, collecting: boolean): number {
    const { text, end } = this;
    if (!isEscape(text, at, end)) return at + 1;
    this.floor = at + 2;
    if (collecting) this.piece(at, at + 2, text.charAt(at + 1));
    return at + 2;
  }

  private reference(at: number): number {
    const next = characterReferenceEnd(this.text, at, this.end);
    if (next === at) return at + 1;
    this.piece(at, next, decodeString(this.text.slice(at, next)));
    return next;
  }

  private marks(at: number): number {
    const { text, end } = this;
    const code = text.charCodeAt(at);
    let next = at + 1;
    while (next < end && text.charCodeAt(next) === code) next++;
    this.pieces.push({ start: at, end: next, text: '', kind: 'run' });
    return next;
  }

  private piece(start: number, end: number, text: string): void {
    this.pieces.push({ start, end, text, kind: 'text' });
  }

  private codeSpan(at: number, collecting: boolean): number {
    const { text, code } = this;
    const next = code.spanEnd(at);
    if (next < 0) return code.runEnd(at);
    const size = code.runEnd(at) - at;
    if (collecting) this.piece(at, next, codeText(text.slice(at + size, next - size)));
    this.floor = next;
    return next;
  }

  private angle(at: number, collecting: boolean): number {
    const { text, end } = this;
    const link = angleAutolinkEnd(text, at, end);
    if (link > 0) {
      const written = text.slice(at + 1, link - 1);
      if (collecting) this.piece(at, link, written);
      this.sink.link('md-autolink', at + 1, link - 1, isEmail(written) ? `mailto:${written}` : written, written, false, at);
      this.floor = link;
      return link;
    }
    const html = inlineHtmlEnd(text, at, end, this.htmlMemo);
    if (html < 0) return at + 1;
    this.floor = html;
    const anchor = isAnchor(text, at);
    if (anchor && this.wordsFrom >= 0) this.flushWords(at);
    if (collecting) this.piece(at, html, isBreak(text, at) ? ' ' : '');
    this.sink.html(at, html);
    if (anchor) this.wordsFrom = this.sink.wantsWords ? html : -1;
    if (this.wordsFrom < 0 && this.brackets.length === 0) this.pieces.length = 0;
    return html;
  }

  /** Gives an open HTML link the text up to `at`. */
  private flushWords(at: number): void {
    const { text, pieces, sink, wordsFrom } = this;
    let first = 0;
    while (first < pieces.length && (pieces[first]?.start ?? 0) < wordsFrom) first++;
    sink.words(renderText(text, wordsFrom, at, pieces, first, false));
    for (let index = first; index < pieces.length; index++) {
      const piece = pieces[index];
      if (piece?.kind === 'image') sink.image(piece.text);
    }
  }

  private bracket(at: number): number {
    const { text, end } = this;
    if (at + 1 < end && text.charCodeAt(at + 1) === 94) {
      const next = footnoteLabelEnd(text, at, end);
      if (next > 0 && this.labels.hasFootnote(normalizeLabel(text.slice(at + 2, next - 1)))) {
        this.lastBracket = next - 1;
        this.floor = next;
        if (this.brackets.length > 0 || this.wordsFrom >= 0) this.piece(at, next, '');
        return next;
      }
    }
    return this.open(at, false);
  }

  private open(at: number, image: boolean): number {
    const content = image ? at + 2 : at + 1;
    this.brackets.push({ image, start: at, content, piece: this.pieces.length });
    this.lastBracket = content - 1;
    return content;
  }

  private close(at: number): number {
    const { brackets, text, end } = this;
    const open = brackets.at(-1);
    if (open === undefined) {
      this.lastBracket = at;
      return at + 1;
    }
    const plain = this.lastBracket === open.content - 1;
    this.lastBracket = at;
    if (!open.image && brackets.length <= this.inactive) return this.unmatched(at);
    const next = at + 1 < end ? text.charCodeAt(at + 1) : 0;
    if (next === 40) {
      const after = readResource(text, at + 1, end, this.titleMemo, this.destination);
      if (after > 0) return this.inlineLink(open, at, after);
    } else if (next === 91) {
      const after = readLabel(text, at + 1, end);
      const url = after > 0 ? this.lookUp(at + 2, after - 1) : undefined;
      if (url !== undefined) return this.referenceLink(open, at, after, url);
      if (text.charCodeAt(at + 2) !== 93 || at + 2 >= end) return this.unmatched(at);
    }
    const url = plain ? this.lookUp(open.content, at) : undefined;
    if (url === undefined) return this.unmatched(at);
    return this.referenceLink(open, at, next === 91 ? at + 3 : at + 1, url);
  }

  private lookUp(start: number, end: number): string | undefined {
    return this.labels.url(normalizeLabel(this.text.slice(start, end)));
  }

  private unmatched(at: number): number {
    this.brackets.pop();
    if (this.inactive > this.brackets.length) this.inactive = this.brackets.length;
    if (this.brackets.length === 0 && this.wordsFrom < 0) this.pieces.length = 0;
    return at + 1;
  }

  private inlineLink(open: Bracket, at: number, after: number): number {
    const { start, end } = this.destination;
    const url = decodeString(this.text.slice(start, end)).trim();
    return this.matched(open, at, after, open.image ? 'md-image' : 'md-link', start, end, url);
  }

  private referenceLink(open: Bracket, at: number, after: number, url: string): number {
    this.lastBracket = after - 1;
    return this.matched(open, at, after, open.image ? 'md-image-reference' : 'md-reference', open.start, after, url);
  }

  private matched(open: Bracket, at: number, after: number, syntax: InlineSyntax, start: number, end: number, url: string): number {
    const { text, pieces, brackets } = this;
    let label = renderText(text, open.content, at, pieces, open.piece, open.image);
    let around = false;
    if (!open.image && label === '' && hasImage(pieces, open.piece)) {
      around = true;
      label = renderText(text, open.content, at, pieces, open.piece, true) || '[img]';
    }
    this.sink.link(syntax, start, end, url, label, around, open.start);
    brackets.pop();
    if (open.image) this.inactive = Math.min(this.inactive, brackets.length);
    else this.inactive = brackets.length;
    pieces.length = open.piece;
    if (brackets.length > 0 || this.wordsFrom >= 0) pieces.push({ start: open.start, end: after, text: label, kind: open.image ? 'image' : 'text' });
    this.floor = after;
    return after;
  }

  /** `http://` or `https://` before the `:` at `at`. */
  private protocol(at: number): number {
    const { text, literals } = this;
    if (text.charCodeAt(at + 1) !== 47 || text.charCodeAt(at + 2) !== 47) return at + 1;
    const secure = (text.charCodeAt(at - 1) | 32) === 115;
    const from = secure ? at - 5 : at - 4;
    if (from < this.floor || text.slice(from, from + 4).toLowerCase() !== 'http') return at + 1;
    if (from > this.start && isAlpha(text.charCodeAt(from - 1))) return at + 1;
    if (!literals.startsDomain(at + 3)) return at + 1;
    const next = literals.domainAndPathEnd(at + 3);
    return next < 0 ? at + 1 : this.literal(from, next, '');
  }

  private www(at: number): number {
    const { text, literals } = this;
    if ((text.charCodeAt(at + 1) | 32) !== 119 || (text.charCodeAt(at + 2) | 32) !== 119 || text.charCodeAt(at + 3) !== 46) return at + 1;
    if (at + 4 >= this.end || at < this.floor) return at + 1;
    const before = at > this.start ? text.charCodeAt(at - 1) : 32;
    if (!mayPrecedeWww(before)) return at + 1;
    if (before !== 95) {
      const email = this.emailFrom(at);
      if (email > 0) return this.literal(at, email, 'mailto:');
    }
    const next = literals.domainAndPathEnd(at);
    return next < 0 ? at + 1 : this.literal(at, next, 'http://');
  }

  private emailFrom(from: number): number {
    const { text, end } = this;
    let at = from;
    while (at < end && isEmailChar(text.charCodeAt(at))) at++;
    return at < end && text.charCodeAt(at) === 64 ? this.literals.emailDomainEnd(at + 1) : -1;
  }

  private email(at: number): number {
    const { text } = this;
    let from = at;
    while (from > this.floor && isEmailChar(text.charCodeAt(from - 1))) from--;
    if (from === at) return at + 1;
    const before = from > this.start ? text.charCodeAt(from - 1) : 32;
    if (before === 47 || isEmailChar(before)) return at + 1;
    const next = this.literals.emailDomainEnd(at + 1);
    return next < 0 ? at + 1 : this.literal(from, next, 'mailto:');
  }

  private literal(start: number, end: number, prefix: string): number {
    const written = this.text.slice(start, end);
    this.sink.link('md-autolink', start, end, prefix + written, written, false, start);
    this.floor = end;
    return end;
  }
}

function isTrigger(code: number): boolean {
  return code < 128 && TRIGGERS[code] === 1;
}

function hasImage(pieces: readonly Piece[], first: number): boolean {
  for (let index = first; index < pieces.length; index++) if (pieces[index]?.kind === 'image') return true;
  return false;
}

/** True for `<a …` and `</a …`: the tags that open and close links. */
function isAnchor(text: string, at: number): boolean {
  const name = text.charCodeAt(at + 1) === 47 ? at + 2 : at + 1;
  return (text.charCodeAt(name) | 32) === 97 && !isAlphanumeric(text.charCodeAt(name + 1));
}

function isBreak(text: string, at: number): boolean {
  return text.charCodeAt(at + 1) !== 47 && text.slice(at + 1, at + 3).toLowerCase() === 'br' && !isAlphanumeric(text.charCodeAt(at + 3));
}

function isEmail(written: string): boolean {
  return !written.includes(':');
}

/** Line endings are blanks; one blank at each end goes if there is more than blanks. CommonMark 6.1. */
function codeText(raw: string): string {
  const text = raw.replace(/\r\n?|\n/g, ' ');
  return text.startsWith(' ') && text.endsWith(' ') && text.trim() !== '' ? text.slice(1, -1) : text;
}
