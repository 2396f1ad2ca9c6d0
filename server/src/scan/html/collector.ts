/** Turns the tags of a document into link drafts and page facts. */
import type { LinkDrafts } from '../drafts.ts';
import { AT, type TagAttributes } from './attributes.ts';
import { EL, ELEMENT_TEXT, ELEMENT_TRAITS, TRAIT } from './elements.ts';
import { OpenLink } from './linkText.ts';
import { LinkWriter, NO_REL, trimUrl } from './linkWriter.ts';
import { metaUrls } from './meta.ts';
import type { FactsDraft } from './pageFacts.ts';
import { PlainLinks } from './plainLinks.ts';
import type { TagSink } from './scanner.ts';
import { inputRules, linkRules, mattering, type UrlRule, urlRules } from './urlRules.ts';
import { collapse, decodeText, decodeValue, tokens } from './value.ts';

const STYLE = 1 << AT.style;
const HREF = 1 << AT.href;
const LINK_RULE = urlRules(EL.a, false)[0] as UrlRule;

export class Collector implements TagSink {
  private readonly writer: LinkWriter;
  private readonly link = new OpenLink();
  private readonly plain = new PlainLinks();
  private facts: FactsDraft;

  /** @param shift added to every offset: where `text` stands in the whole document */
  constructor(text: string, shift: number, drafts: LinkDrafts, facts: FactsDraft) {
    this.writer = new LinkWriter(text, shift, drafts);
    this.facts = facts;
  }

  /** Goes on with another stretch of the document, `shift` its offset. */
  moveTo(text: string, shift: number): void {
    this.writer.text = text;
    this.writer.shift = shift;
  }

  /** What is found from here on goes there; no link may be open. */
  writeTo(drafts: LinkDrafts, facts: FactsDraft): void {
    this.writer.drafts = drafts;
    this.facts = facts;
  }

  /** True while the text between tags belongs to a link. */
  get wantsText(): boolean {
    return this.link.isOpen;
  }

  addText(start: number, end: number, literal: boolean): void {
    const { text } = this.writer;
    if (literal) this.link.addWords(text.slice(start, end));
    else this.link.addText(text, start, end);
  }

  /** Text that is decoded already. */
  addWords(words: string): void {
    this.link.addWords(words);
  }

  addImage(alt: string): void {
    this.link.addImage(alt);
  }

  startTag(element: number, tagStart: number, nameStart: number, nameEnd: number, attributes: TagAttributes, inSvg: boolean): void {
    if (element !== 0 && this.link.isOpen) this.insideLink(element, attributes);
    // Most tags say nothing about links.
    const asked = attributes.mask & (mattering(element) | STYLE);
    if (attributes.handlers.length === 0) {
      if (asked === 0 || (asked === STYLE && !this.hasUrlInStyle(attributes))) return;
      if (element === EL.a && attributes.mask === HREF && !inSvg) {
        this.hrefLink(tagStart, attributes);
        return;
      }
    }
    this.linkTag(element, tagStart, nameStart, nameEnd, attributes, inSvg);
  }

  plainLink(tagStart: number): number {
    const { writer, plain, link } = this;
    const behind = plain.behind(writer.text, tagStart);
    if (behind === tagStart) return tagStart;
    link.close();
    writer.plainLink(tagStart, plain);
    return behind;
  }

  endTag(element: number): void {
    if (!this.link.isOpen) return;
    if (element === EL.a) this.link.close();
    else this.boundary(ELEMENT_TRAITS[element] ?? 0);
  }

  rawContent(element: number, start: number, end: number, type: string): void {
    const { writer } = this;
    if (element === EL.title) this.facts.title ??= collapse(decodeText(writer.text.slice(start, end)));
    else if (element === EL.style) {
      writer.begin(start, 'style', '', NO_REL, true);
      writer.styleSheet(start, end);
    } else if (element === EL.script && type === 'application/ld+json') {
      writer.begin(start, 'script', '', NO_REL, true);
      writer.jsonLd(start, end);
    }
  }

  /** The end of the document closes an open link too. */
  closeLink(): void {
    this.link.close();
  }

  private linkTag(element: number, tagStart: number, nameStart: number, nameEnd: number, attributes: TagAttributes, inSvg: boolean): void {
    const { writer } = this;
    const rel = attributes.has(AT.rel) ? tokens(this.value(attributes, AT.rel)) : NO_REL;
    const name = element === 0 ? writer.text.slice(nameStart, nameEnd).toLowerCase() : (ELEMENT_TEXT[element] ?? '');
    const ownText = this.ownText(element, attributes);
    const { links } = writer.drafts;
    const first = links.length;
    writer.begin(tagStart, name, ownText, rel, attributes.complete);
    const rules = this.rulesOf(element, rel, attributes, inSvg);
    for (let index = 0; index < rules.length; index++) {
      const rule = rules[index] as UrlRule;
      if (attributes.has(rule.attribute)) writer.byRule(rule, attributes.startOf(rule.attribute), attributes.endOf(rule.attribute));
    }
    if (element === EL.meta) this.meta(attributes);
    else if (element === EL.link || element === EL.base || element === EL.html) this.note(element, rel, attributes);
    if (attributes.has(AT.style)) writer.style(attributes.startOf(AT.style), attributes.endOf(AT.style));
    if (attributes.handlers.length > 0) this.handlers(attributes.handlers);
    if (element === EL.a && attributes.complete && links.length > first) this.link.open(links, first, ownText);
  }

  /** `<a>` with nothing but an address, as most links are: what `linkTag` comes down to. */
  private hrefLink(tagStart: number, attributes: TagAttributes): void {
    const { writer } = this;
    const { links } = writer.drafts;
    const first = links.length;
    writer.begin(tagStart, 'a', '', NO_REL, attributes.complete);
    writer.byRule(LINK_RULE, attributes.startOf(AT.href), attributes.endOf(AT.href));
    if (attributes.complete && links.length > first) this.link.open(links, first, '');
  }

  private hasUrlInStyle(attributes: TagAttributes): boolean {
    const { text } = this.writer;
    const end = attributes.endOf(AT.style);
    for (let at = attributes.startOf(AT.style); at < end; at++) if (text.charCodeAt(at) === 0x28) return true;
    return false;
  }

  private insideLink(element: number, attributes: TagAttributes): void {
    const traits = ELEMENT_TRAITS[element] ?? 0;
    if (element === EL.a) this.link.close();
    else if ((traits & TRAIT.image) !== 0) this.link.addImage(this.value(attributes, AT.alt));
    else this.boundary(traits);
  }

  /** What a tag of such an element does to the text of the open link. */
  private boundary(traits: number): void {
    if ((traits & TRAIT.endsCell) !== 0) this.link.close();
    else if ((traits & TRAIT.parts) !== 0) this.link.part();
  }

  private rulesOf(element: number, rel: readonly string[], attributes: TagAttributes, inSvg: boolean): readonly UrlRule[] {
    if (inSvg) return urlRules(element, true);
    if (element === EL.link) return linkRules(rel);
    if (element === EL.input) return inputRules(this.value(attributes, AT.type).trim().toLowerCase());
    return urlRules(element, false);
  }

  /** What stands in for the text of a link: the alt of what has one, else the label. */
  private ownText(element: number, attributes: TagAttributes): string {
    if (element === EL.img || element === EL.area || element === EL.input) {
      const alt = attributes.has(AT.alt) ? collapse(this.value(attributes, AT.alt)) : '';
      if (alt !== '' || element === EL.img) return alt;
    }
    return attributes.has(AT['aria-label']) ? collapse(this.value(attributes, AT['aria-label'])) : '';
  }

  /** Event handlers, the first of each name. */
  private handlers(handlers: readonly number[]): void {
    const { writer } = this;
    const seen = new Set<string>();
    for (let index = 0; index + 3 < handlers.length; index += 4) {
      const name = writer.text.slice(handlers[index], handlers[index + 1]).toLowerCase();
      if (seen.has(name)) continue;
      seen.add(name);
      writer.scripted(name, handlers[index + 2] ?? 0, handlers[index + 3] ?? 0);
    }
  }

  private meta(attributes: TagAttributes): void {
    const named = (code: number) => this.value(attributes, code).trim().toLowerCase();
    if (attributes.has(AT.charset)) this.facts.charset ??= named(AT.charset);
    if (!attributes.has(AT.content)) return;
    const content = this.writer.traced(attributes.startOf(AT.content), attributes.endOf(AT.content));
    const names = { name: named(AT.name), property: named(AT.property), itemprop: named(AT.itemprop), equiv: named(AT['http-equiv']) };
    const found = metaUrls(names, content.text, this.facts);
    if (found?.refresh) this.writer.piece('hyperlink', 'meta', 'content', content, found);
    else if (found !== null) this.writer.piece('metadata', null, 'content', content, found);
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

  private value(attributes: TagAttributes, code: number): string {
    return attributes.has(code) ? decodeValue(this.writer.text.slice(attributes.startOf(code), attributes.endOf(code))) : '';
  }
}
