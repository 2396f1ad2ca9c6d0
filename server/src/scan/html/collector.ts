/** Turns the tags of a document into link drafts and page facts. */
import type { LinkTag } from '../../../../shared/backlinks.ts';
import type { DraftLink, LinkDrafts } from '../drafts.ts';
import type { LinkRole } from '../link.ts';
import { AT, ATTRIBUTE_TEXT, type TagAttributes } from './attributes.ts';
import { cssUrls } from './css.ts';
import { EL, ELEMENT_TEXT, partingElements } from './elements.ts';
import { jsonUrls } from './jsonLd.ts';
import { OpenLink } from './linkText.ts';
import { metaUrls } from './meta.ts';
import { equalsIgnoreCase } from './names.ts';
import type { FactsDraft } from './pageFacts.ts';
import type { TagSink } from './scanner.ts';
import { scriptLocations } from './scriptLocation.ts';
import { splitSrcset } from './srcset.ts';
import { inputRules, linkRules, mattering, type UrlRule, urlRules } from './urlRules.ts';
import { collapse, decodeText, decodeValue, type TracedValue, tokens, tracedRaw, tracedValue } from './value.ts';

const NO_REL: readonly string[] = [];
const ENDS_CELL: ReadonlySet<number> = new Set([EL.td, EL.th, EL.tr, EL.caption, EL.table]);

/** What a part of a value adds to a draft. */
interface Piece {
  readonly start: number;
  readonly end: number;
  readonly url: string;
}

/** One tag while its links are collected. */
interface Tag {
  readonly offset: number;
  readonly element: string;
  readonly text: string;
  readonly rel: readonly string[];
  readonly complete: boolean;
}

export class Collector implements TagSink {
  private text: string;
  /** Added to every offset: where `text` stands in the whole document. */
  private shift: number;
  private drafts: LinkDrafts;
  private facts: FactsDraft;
  private open: OpenLink | null = null;

  constructor(text: string, shift: number, drafts: LinkDrafts, facts: FactsDraft) {
    this.text = text;
    this.shift = shift;
    this.drafts = drafts;
    this.facts = facts;
  }

  /** Goes on with another stretch of the document, `shift` its offset. */
  moveTo(text: string, shift: number): void {
    this.text = text;
    this.shift = shift;
  }

  /** What is found from here on goes there; no link may be open. */
  writeTo(drafts: LinkDrafts, facts: FactsDraft): void {
    this.drafts = drafts;
    this.facts = facts;
  }

  /** True while the text between tags belongs to a link. */
  get wantsText(): boolean {
    return this.open !== null;
  }

  addText(start: number, end: number, literal: boolean): void {
    if (this.open === null) return;
    const raw = this.text.slice(start, end);
    if (literal) this.open.addWords(raw);
    else this.open.addText(raw);
    if (this.open.full) this.closeLink();
  }

  /** Text that is decoded already. */
  addWords(words: string): void {
    if (this.open === null) return;
    this.open.addWords(words);
    if (this.open.full) this.closeLink();
  }

  addImage(alt: string): void {
    this.open?.addImage(alt);
  }

  /**
   * A start tag.
   *
   * @param element its code, 0 for one the scanner does not know
   * @param tagStart offset of its `<`
   * @param name offsets of its name
   */
  startTag(element: number, tagStart: number, nameStart: number, nameEnd: number, attributes: TagAttributes, inSvg: boolean): void {
    if (element !== 0 && this.open !== null) this.insideLink(element, attributes);
    if (attributes.handlers.length === 0 && !this.matters(element, attributes)) return;
    const rel = attributes.has(AT.rel) ? tokens(this.value(attributes, AT.rel)) : NO_REL;
    const tag: Tag = {
      offset: tagStart + this.shift,
      element: element === 0 ? this.text.slice(nameStart, nameEnd).toLowerCase() : (ELEMENT_TEXT[element] ?? ''),
      text: this.ownText(element, attributes),
      rel,
      complete: attributes.complete,
    };
    for (const rule of this.rulesOf(element, rel, attributes, inSvg)) if (attributes.has(rule.attribute)) this.byRule(rule, tag, attributes);
    if (element === EL.meta) this.meta(tag, attributes);
    else if (element === EL.link || element === EL.base || element === EL.html) this.note(element, rel, attributes);
    if (attributes.has(AT.style)) this.css(tag, 'style', this.traced(attributes.startOf(AT.style), attributes.endOf(AT.style)));
    if (attributes.handlers.length > 0) this.handlers(tag, attributes.handlers);
    if (element === EL.a) this.openLink(tag, attributes);
  }

  /** False for the many tags that say nothing about links. */
  private matters(element: number, attributes: TagAttributes): boolean {
    if ((attributes.mask & mattering(element)) !== 0) return true;
    return attributes.has(AT.style) && this.text.slice(attributes.startOf(AT.style), attributes.endOf(AT.style)).includes('(');
  }

  endTag(element: number): void {
    if (this.open === null) return;
    if (element === EL.a || ENDS_CELL.has(element)) this.closeLink();
    else if (partingElements.has(element)) this.open.part();
  }

  /** Text of a raw text, RCDATA or script element; `type` is a script's, decoded and in lower case. */
  rawContent(element: number, start: number, end: number, type: string): void {
    if (element === EL.title) this.facts.title ??= collapse(decodeText(this.text.slice(start, end)));
    else if (element === EL.style) this.css(this.contentTag('style', start), null, tracedRaw(this.text.slice(start, end), start));
    else if (element === EL.script && type === 'application/ld+json') {
      const tag = this.contentTag('script', start);
      for (const { start: from, end: to, url } of jsonUrls(this.text.slice(start, end))) {
        this.add(tag, 'metadata', null, null, { start: start + from, end: start + to, url });
      }
    }
  }

  /** The end of the document closes an open link too. */
  closeLink(): void {
    this.open?.close();
    this.open = null;
  }

  private insideLink(element: number, attributes: TagAttributes): void {
    if (element === EL.a || ENDS_CELL.has(element)) this.closeLink();
    else if (element === EL.img || element === EL.image || element === EL.svg) this.addImage(this.value(attributes, AT.alt));
    else if (partingElements.has(element)) this.open?.part();
  }

  private rulesOf(element: number, rel: readonly string[], attributes: TagAttributes, inSvg: boolean): readonly UrlRule[] {
    if (inSvg) return urlRules(element, true);
    if (element === EL.link) return linkRules(rel);
    if (element === EL.input) return inputRules(this.value(attributes, AT.type).trim().toLowerCase());
    return urlRules(element, false);
  }

  /** The text of links that are not `<a>`: what stands in for them. */
  private ownText(element: number, attributes: TagAttributes): string {
    if (element === EL.img || element === EL.area || element === EL.input) {
      const alt = attributes.has(AT.alt) ? collapse(this.value(attributes, AT.alt)) : '';
      if (alt !== '' || element === EL.img) return alt;
    }
    return attributes.has(AT['aria-label']) ? collapse(this.value(attributes, AT['aria-label'])) : '';
  }

  private byRule(rule: UrlRule, tag: Tag, attributes: TagAttributes): void {
    const start = attributes.startOf(rule.attribute);
    const end = attributes.endOf(rule.attribute);
    const name = ATTRIBUTE_TEXT[rule.attribute] ?? '';
    if (rule.holds === 'url') {
      this.single(rule, tag, name, start, end);
      return;
    }
    const traced = this.traced(start, end);
    const pieces = rule.holds === 'srcset' ? splitSrcset(traced.text) : words(traced.text);
    for (const piece of pieces) {
      this.add(tag, rule.role, rule.tag, name, this.place(traced, { ...piece, url: traced.text.slice(piece.start, piece.end) }));
    }
  }

  private single(rule: UrlRule, tag: Tag, name: string, from: number, to: number): void {
    let start = from;
    let end = to;
    while (start < end && isTrimmed(this.text.charCodeAt(start))) start++;
    while (end > start && isTrimmed(this.text.charCodeAt(end - 1))) end--;
    // An empty address is the document itself for a link, and nothing anywhere else.
    if (start === end && rule.tag !== 'a' && rule.tag !== 'area') return;
    const raw = this.text.slice(start, end);
    if (rule.role === 'hyperlink' && (raw.charCodeAt(0) | 0x20) === 0x6a && equalsIgnoreCase(raw, 0, 'javascript:')) {
      if (this.scripted(tag, name, start, end)) return;
    }
    const decoded = decodeValue(raw);
    this.add(tag, rule.role, rule.tag, name, { start, end, url: decoded === raw ? raw : trimUrl(decoded) });
  }

  /** The literal locations of a script in an attribute. */
  private scripted(tag: Tag, name: string, start: number, end: number): boolean {
    const traced = this.traced(start, end);
    const found = scriptLocations(traced.text);
    for (const piece of found) this.add(tag, 'hyperlink', 'javascript', name, this.place(traced, piece));
    return found.length > 0;
  }

  private handlers(tag: Tag, handlers: readonly number[]): void {
    const seen = new Set<string>();
    for (let index = 0; index < handlers.length; index += 4) {
      const [nameStart = 0, nameEnd = 0, start = 0, end = 0] = handlers.slice(index, index + 4);
      const name = this.text.slice(nameStart, nameEnd).toLowerCase();
      if (seen.has(name)) continue;
      seen.add(name);
      this.scripted(tag, name, start, end);
    }
  }

  private css(tag: Tag, attribute: string | null, traced: TracedValue): void {
    for (const piece of cssUrls(traced.text)) {
      this.add(tag, 'resource', null, attribute, this.place(traced, piece));
    }
  }

  private meta(tag: Tag, attributes: TagAttributes): void {
    const content = this.traced(attributes.startOf(AT.content), attributes.endOf(AT.content));
    const has = attributes.has(AT.content);
    const named = (code: number) => this.value(attributes, code).trim().toLowerCase();
    if (attributes.has(AT.charset)) this.facts.charset ??= named(AT.charset);
    if (!has) return;
    const found = metaUrls(
      { name: named(AT.name), property: named(AT.property), itemprop: named(AT.itemprop), equiv: named(AT['http-equiv']) },
      content.text,
      this.facts,
    );
    if (found === null) return;
    this.add(tag, found.refresh ? 'hyperlink' : 'metadata', found.refresh ? 'meta' : null, 'content', this.place(content, found));
  }

  private note(element: number, rel: readonly string[], attributes: TagAttributes): void {
    if (element === EL.html) {
      if (attributes.has(AT.lang)) this.facts.language ??= this.value(attributes, AT.lang).trim() || null;
      return;
    }
    if (!attributes.has(AT.href)) return;
    const href = trimUrl(this.value(attributes, AT.href));
    if (element === EL.base) this.facts.base ??= href;
    else if (rel.includes('canonical') && href !== '') this.facts.canonical ??= href;
  }

  private openLink(tag: Tag, attributes: TagAttributes): void {
    const { links, owners } = this.drafts;
    const own: DraftLink[] = [];
    for (let index = links.length - 1; index >= 0 && owners[index] === tag.offset; index--) {
      const link = links[index];
      if (link !== undefined && link.tag !== null) own.push(link);
    }
    if (own.length > 0 && attributes.complete) this.open = new OpenLink(own, tag.text);
  }

  private add(tag: Tag, role: LinkRole, linkTag: LinkTag | null, attribute: string | null, piece: Piece): void {
    this.drafts.add(
      {
        span: { start: piece.start + this.shift, end: piece.end + this.shift },
        url: piece.url,
        resolved: null,
        role,
        tag: linkTag,
        element: tag.element,
        attribute,
        text: tag.text,
        rel: tag.rel,
        position: null,
        complete: tag.complete,
      },
      tag.offset,
    );
  }

  private contentTag(element: string, start: number): Tag {
    return { offset: start + this.shift, element, text: '', rel: NO_REL, complete: true };
  }

  private value(attributes: TagAttributes, code: number): string {
    return attributes.has(code) ? decodeValue(this.text.slice(attributes.startOf(code), attributes.endOf(code))) : '';
  }

  private traced(start: number, end: number): TracedValue {
    return tracedValue(this.text.slice(start, end), start);
  }

  private place(traced: TracedValue, piece: Piece): Piece {
    return { start: traced.sourceOf(piece.start), end: traced.sourceOf(piece.end), url: piece.url };
  }
}

function words(text: string): { start: number; end: number }[] {
  return [...text.matchAll(/[^\t\n\f\r ]+/g)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

/** NUL is no blank: the tokenizer makes it U+FFFD. */
function isTrimmed(code: number): boolean {
  return code <= 32 && code !== 0;
}

/** Leading and trailing C0 controls and spaces are no part of a URL (WHATWG URL 4.4). */
function trimUrl(url: string): string {
  let start = 0;
  let end = url.length;
  while (start < end && url.charCodeAt(start) <= 32) start++;
  while (end > start && url.charCodeAt(end - 1) <= 32) end--;
  return url.slice(start, end);
}
