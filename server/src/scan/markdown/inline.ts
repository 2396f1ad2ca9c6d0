/**
 * The inline phase: the links in one leaf's text. Code spans, autolinks and raw HTML bind tighter than brackets, links hold no links.
 * CommonMark 0.31 section 6 and GFM 6.9, with micromark's reading of the corner cases.
 */
import { angleAutolinkEnd } from './angleAutolinks.ts';
import { Brackets } from './brackets.ts';
import { isAlphanumeric } from './chars.ts';
import { CodeSpans } from './codeSpans.ts';
import { footnoteLabelEnd } from './footnotes.ts';
import { HtmlMemo, inlineHtmlEnd } from './inlineHtml.ts';
import { LinkPieces, type WordSink } from './linkPieces.ts';
import { Literals } from './literals.ts';
import { type Destination, readLabel, readResource, TitleMemo } from './resource.ts';
import { characterReferenceEnd, codeText, decodeString, isEscape, normalizeLabel } from './values.ts';
import { wikiLinkEnd } from './wikiLinks.ts';

export type InlineSyntax = 'md-link' | 'md-image' | 'md-reference' | 'md-image-reference' | 'md-autolink' | 'md-wiki' | 'md-wiki-image';

/** What the inline phase finds; offsets are those of the text it was given. */
export interface InlineSink extends WordSink {
  /**
   * A link, image or autolink.
   *
   * @param around true when the link is around images only
   * @param from offset of the whole construct
   */
  link(syntax: InlineSyntax, start: number, end: number, url: string, text: string, around: boolean, from: number): void;
  /** A piece of raw HTML. Returns the text of an image, null for anything else. */
  html(start: number, end: number): string | null;
}

/** The labels that the document defines. */
export interface Labels {
  /** The URL of a definition, by normalised label. */
  url(key: string): string | undefined;
  hasFootnote(key: string): boolean;
}

/** 1: a character that always needs a look; 2: only inside brackets or an HTML link, where it changes the text of a link. */
const TRIGGERS = new Uint8Array(128);
for (const character of '\\`<![:@wW') TRIGGERS[character.charCodeAt(0)] = 1;
for (const character of ']&*_~') TRIGGERS[character.charCodeAt(0)] = 2;

export class InlineParser {
  private readonly labels: Labels;
  private readonly sink: InlineSink;
  private readonly wiki: boolean;
  private text = '';
  private end = 0;
  /** End of the last construct: characters before it are taken. */
  private floor = 0;
  /** Offset of the last bracket of any kind. */
  private lastBracket = -1;
  private readonly brackets = new Brackets();
  private readonly pieces: LinkPieces;
  private readonly literals = new Literals();
  private readonly code = new CodeSpans();
  private readonly htmlMemo = new HtmlMemo();
  private readonly titleMemo = new TitleMemo();
  private readonly destination: Destination = { start: 0, end: 0, next: 0 };

  constructor(labels: Labels, sink: InlineSink, wiki: boolean) {
    this.labels = labels;
    this.sink = sink;
    this.wiki = wiki;
    this.pieces = new LinkPieces(sink);
  }

  /** Finds the links in `text` from `start` to `end`. */
  parse(text: string, start: number, end: number): void {
    const first = nextTrigger(text, start, end, 1);
    if (first >= end && !this.sink.wantsWords) return;
    this.reset(text, start, end);
    this.run(this.pieces.waiting ? start : first);
    this.pieces.flush(end);
  }

  /** The text of a leaf without its marks, for titles. */
  plainText(text: string, start: number, end: number): string {
    this.reset(text, start, end);
    this.brackets.open(start, true, 0);
    this.run(start);
    return this.pieces.render(start, end, 0, true);
  }

  private reset(text: string, start: number, end: number): void {
    this.text = text;
    this.end = end;
    this.floor = start;
    this.lastBracket = -1;
    this.brackets.clear();
    this.pieces.reset(text, start);
    this.literals.reset(text, start, end);
    this.code.reset(text, end);
    this.htmlMemo.reset();
    this.titleMemo.reset();
  }

  private run(from: number): void {
    const { text, end } = this;
    let at = from;
    while (at < end) {
      at = nextTrigger(text, at, end, this.brackets.count > 0 || this.pieces.waiting ? 2 : 1);
      if (at < end) at = this.step(at);
    }
  }

  /** Handles the trigger character at `at` and returns the offset to go on from. */
  private step(at: number): number {
    const { text, end, brackets } = this;
    switch (text.charCodeAt(at)) {
      case 92:
        return this.escape(at);
      case 96:
        return this.codeSpan(at);
      case 60:
        return this.angle(at);
      case 33:
        return at + 1 < end && text.charCodeAt(at + 1) === 91 ? this.bang(at) : at + 1;
      case 91:
        return this.bracket(at);
      case 93:
        return brackets.count > 0 ? this.close(at) : this.unmatched(at);
      case 58:
      case 64:
      case 119:
      case 87:
        return brackets.count > 0 ? at + 1 : this.literal(at);
      case 38:
        return this.reference(at);
      default:
        return this.marks(at);
    }
  }

  private get collecting(): boolean {
    return this.brackets.count > 0 || this.pieces.waiting;
  }

  private escape(at: number): number {
    const { text, end } = this;
    if (!isEscape(text, at, end)) return at + 1;
    this.floor = at + 2;
    if (this.collecting) this.pieces.add(at, at + 2, text.charAt(at + 1));
    return at + 2;
  }

  private reference(at: number): number {
    const next = characterReferenceEnd(this.text, at, this.end);
    if (next === at) return at + 1;
    this.pieces.add(at, next, decodeString(this.text.slice(at, next)));
    return next;
  }

  private marks(at: number): number {
    const { text, end } = this;
    const code = text.charCodeAt(at);
    let next = at + 1;
    while (next < end && text.charCodeAt(next) === code) next++;
    this.pieces.addRun(at, next);
    return next;
  }

  private codeSpan(at: number): number {
    const { text, code } = this;
    const next = code.spanEnd(at);
    if (next < 0) return code.runEnd(at);
    if (this.collecting) {
      const size = code.runEnd(at) - at;
      this.pieces.add(at, next, codeText(text.slice(at + size, next - size)));
    }
    this.floor = next;
    return next;
  }

  private angle(at: number): number {
    const { text, end } = this;
    const link = angleAutolinkEnd(text, at, end);
    if (link < 0) return this.html(at);
    const written = text.slice(at + 1, link - 1);
    if (this.collecting) this.pieces.add(at, link, written);
    this.sink.link('md-autolink', at + 1, link - 1, written.includes(':') ? written : `mailto:${written}`, written, false, at);
    this.floor = link;
    return link;
  }

  private html(at: number): number {
    const { text, pieces } = this;
    const next = inlineHtmlEnd(text, at, this.end, this.htmlMemo);
    if (next < 0) return at + 1;
    this.floor = next;
    const anchor = isTag(text, at, 'a', true);
    if (anchor) pieces.flush(at);
    const alt = this.sink.html(at, next);
    // An open HTML link has seen its image already.
    if (alt !== null && !pieces.waiting && this.brackets.count > 0) pieces.addLink(at, next, alt, true, pieces.count);
    else if (this.collecting) pieces.add(at, next, isTag(text, at, 'br', false) ? ' ' : '');
    if (anchor) pieces.restart(next, this.brackets.count > 0);
    return next;
  }

  private bang(at: number): number {
    if (this.wiki) {
      const next = this.wikiLink(at + 1, at);
      if (next > 0) return next;
    }
    return this.open(at, true);
  }

  private bracket(at: number): number {
    const { text, end } = this;
    if (this.wiki) {
      const next = this.wikiLink(at, at);
      if (next > 0) return next;
    }
    if (at + 1 < end && text.charCodeAt(at + 1) === 94) {
      const next = footnoteLabelEnd(text, at, end);
      if (next > 0 && this.labels.hasFootnote(normalizeLabel(text.slice(at + 2, next - 1)))) {
        this.lastBracket = next - 1;
        this.floor = next;
        if (this.collecting) this.pieces.add(at, next, '');
        return next;
      }
    }
    return this.open(at, false);
  }

  private wikiLink(at: number, from: number): number {
    const { text } = this;
    const next = wikiLinkEnd(text, at, this.end);
    if (next < 0) return -1;
    const content = text.slice(at + 2, next - 2);
    const bar = content.indexOf('|');
    const target = bar < 0 ? content : content.slice(0, bar);
    const url = target.trim();
    const start = at + 2 + target.length - target.trimStart().length;
    const label = bar < 0 ? url : content.slice(bar + 1).trim();
    this.sink.link(from < at ? 'md-wiki-image' : 'md-wiki', start, start + url.length, url, label, false, from);
    if (this.collecting) this.pieces.add(from, next, label);
    this.lastBracket = next - 1;
    this.floor = next;
    return next;
  }

  private open(at: number, image: boolean): number {
    const content = image ? at + 2 : at + 1;
    this.brackets.open(at, image, this.pieces.count);
    this.lastBracket = content - 1;
    return content;
  }

  private close(at: number): number {
    const { brackets, text, end } = this;
    const plain = this.lastBracket === brackets.content - 1;
    this.lastBracket = at;
    if (brackets.dead) return this.unmatched(at);
    const next = at + 1 < end ? text.charCodeAt(at + 1) : 0;
    if (next === 40) {
      const after = readResource(text, at + 1, end, this.titleMemo, this.destination);
      if (after > 0) return this.inlineLink(at, after);
    } else if (next === 91) {
      const after = readLabel(text, at + 1, end);
      const url = after > 0 ? this.lookUp(at + 2, after - 1) : undefined;
      if (url !== undefined) return this.referenceLink(at, after, url);
      if (text.charCodeAt(at + 2) !== 93 || at + 2 >= end) return this.unmatched(at);
    }
    // A label holds no bracket, so with one inside there is nothing to look up.
    const url = plain ? this.lookUp(brackets.content, at) : undefined;
    return url === undefined ? this.unmatched(at) : this.referenceLink(at, next === 91 ? at + 3 : at + 1, url);
  }

  private lookUp(start: number, end: number): string | undefined {
    return this.labels.url(normalizeLabel(this.text.slice(start, end)));
  }

  /** A `]` that stays text, and with it the last open bracket. */
  private unmatched(at: number): number {
    this.lastBracket = at;
    this.brackets.pop();
    if (this.brackets.count === 0) this.pieces.release();
    return at + 1;
  }

  private inlineLink(at: number, after: number): number {
    const { start, end } = this.destination;
    const url = decodeString(this.text.slice(start, end)).trim();
    return this.matched(at, after, this.brackets.image ? 'md-image' : 'md-link', start, end, url);
  }

  private referenceLink(at: number, after: number, url: string): number {
    this.lastBracket = after - 1;
    return this.matched(at, after, this.brackets.image ? 'md-image-reference' : 'md-reference', this.brackets.start, after, url);
  }

  private matched(at: number, after: number, syntax: InlineSyntax, start: number, end: number, url: string): number {
    const { pieces, brackets } = this;
    const { start: from, content, image, piece } = brackets;
    let label = pieces.render(content, at, piece, image);
    const around = !image && label === '' && pieces.hasImage(piece);
    if (around) label = pieces.renderImages(content, at, piece) || '[img]';
    this.sink.link(syntax, start, end, url, label, around, from);
    brackets.pop();
    if (!image) brackets.deactivate();
    if (this.collecting) pieces.addLink(from, after, label, image, piece);
    else pieces.cutTo(0);
    this.floor = after;
    return after;
  }

  /** A link without any brackets. */
  private literal(at: number): number {
    const { literals, text } = this;
    if (!literals.find(at, this.floor)) return at + 1;
    const { start, end } = literals;
    const written = text.slice(start, end);
    this.sink.link('md-autolink', start, end, literals.prefix + written, written, false, start);
    this.floor = end;
    return end;
  }
}

/** First offset at or after `from` of a character that needs a look at this level. */
function nextTrigger(text: string, from: number, end: number, level: number): number {
  let at = from;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code < 128) {
      const trigger = TRIGGERS[code];
      if (trigger !== undefined && trigger !== 0 && trigger <= level) break;
    }
  }
  return at;
}

/** True for a start tag of this name, or an end tag where those count. */
function isTag(text: string, at: number, name: string, orEnd: boolean): boolean {
  const start = orEnd && text.charCodeAt(at + 1) === 47 ? at + 2 : at + 1;
  return text.slice(start, start + name.length).toLowerCase() === name && !isAlphanumeric(text.charCodeAt(start + name.length));
}
