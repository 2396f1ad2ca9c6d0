/** Writes the links of one tag after another: trims, decodes and places the URLs of its attributes. */
import type { LinkTag } from '../../../../shared/backlinks.ts';
import { URL_FORM, urlForm, WITH_AMPERSAND } from '../../urls/fastResolve.ts';
import type { LinkDrafts } from '../drafts.ts';
import type { LinkRole } from '../link.ts';
import { cssUrls } from './css.ts';
import { jsonUrls } from './jsonLd.ts';
import { equalsIgnoreCase } from './names.ts';
import type { PlainLinks } from './plainLinks.ts';
import { scriptLocations } from './scriptLocation.ts';
import { splitSrcset } from './srcset.ts';
import type { UrlRule } from './urlRules.ts';
import { decodeValue, mayRefer, type TracedValue, tracedRaw, tracedValue } from './value.ts';

export const NO_REL: readonly string[] = [];

/** A URL inside a value: index range in the decoded value, and the URL itself. */
interface Piece {
  readonly start: number;
  readonly end: number;
  readonly url: string;
}

export class LinkWriter {
  /** The text that offsets count in, and what is added to them: where it stands in the whole document. */
  text: string;
  shift: number;
  drafts: LinkDrafts;
  // The present tag, in fields that are overwritten: an object a tag would be most of the garbage of a scan.
  private owner = 0;
  private element = '';
  private ownText = '';
  private rel: readonly string[] = NO_REL;
  private complete = true;

  constructor(text: string, shift: number, drafts: LinkDrafts) {
    this.text = text;
    this.shift = shift;
    this.drafts = drafts;
  }

  /**
   * The links to come belong to this tag.
   *
   * @param offset of its `<` in `text`
   * @param ownText what stands in for the text of its links
   */
  begin(offset: number, element: string, ownText: string, rel: readonly string[], complete: boolean): void {
    this.owner = offset + this.shift;
    this.element = element;
    this.ownText = ownText;
    this.rel = rel;
    this.complete = complete;
  }

  /** A link that PlainLinks has found. */
  plainLink(tagStart: number, { urlStart, urlEnd, textStart, textEnd }: PlainLinks): void {
    const { text, shift } = this;
    this.drafts.add(
      {
        span: { start: urlStart + shift, end: urlEnd + shift },
        url: text.slice(urlStart, urlEnd),
        resolved: null,
        role: 'hyperlink',
        tag: 'a',
        element: 'a',
        attribute: 'href',
        text: text.slice(textStart, textEnd),
        rel: NO_REL,
        position: URL_FORM.root,
        complete: true,
      },
      tagStart + shift,
    );
  }

  /** The URLs of one attribute, whose value stands from `start` to `end`. */
  byRule(rule: UrlRule, start: number, end: number): void {
    if (rule.holds === 'url') this.single(rule, start, end);
    else this.several(rule, this.traced(start, end));
  }

  /** The literal locations of a script in an attribute; false when there is none. */
  scripted(name: string, start: number, end: number): boolean {
    const traced = this.traced(start, end);
    const found = scriptLocations(traced.text);
    for (const piece of found) this.piece('hyperlink', 'javascript', name, traced, piece);
    return found.length > 0;
  }

  /** A style attribute. */
  style(start: number, end: number): void {
    const traced = this.traced(start, end);
    for (const piece of cssUrls(traced.text)) this.piece('resource', null, 'style', traced, piece);
  }

  /** The content of a style element, which has no character references. */
  styleSheet(start: number, end: number): void {
    const traced = tracedRaw(this.text.slice(start, end), start);
    for (const piece of cssUrls(traced.text)) this.piece('resource', null, null, traced, piece);
  }

  /** The content of a JSON-LD script. */
  jsonLd(start: number, end: number): void {
    const traced = tracedRaw(this.text.slice(start, end), start);
    for (const piece of jsonUrls(traced.text)) this.piece('metadata', null, null, traced, piece);
  }

  piece(role: LinkRole, tag: LinkTag | null, attribute: string | null, traced: TracedValue, { start, end, url }: Piece): void {
    this.add(role, tag, attribute, traced.sourceOf(start), traced.sourceOf(end), url, null);
  }

  traced(start: number, end: number): TracedValue {
    return tracedValue(this.text.slice(start, end), start);
  }

  private several(rule: UrlRule, traced: TracedValue): void {
    const add = (from: number, to: number) =>
      this.add(rule.role, rule.tag, rule.name, traced.sourceOf(from), traced.sourceOf(to), traced.text.slice(from, to), null);
    if (rule.holds === 'srcset') splitSrcset(traced.text, add);
    else splitWords(traced.text, add);
  }

  private single(rule: UrlRule, from: number, to: number): void {
    const { text } = this;
    let start = from;
    let end = to;
    while (start < end && isTrimmed(text.charCodeAt(start))) start++;
    while (end > start && isTrimmed(text.charCodeAt(end - 1))) end--;
    // An empty address is the document itself for a link, and nothing anywhere else.
    if (start === end && rule.tag !== 'a' && rule.tag !== 'area') return;
    const form = urlForm(text, start, end);
    if (form !== URL_FORM.parser && ((form & WITH_AMPERSAND) === 0 || !mayRefer(text, start, end))) {
      // Neither a reference to decode nor a script; and resolution need not look at it again.
      this.add(rule.role, rule.tag, rule.name, start, end, text.slice(start, end), form);
      return;
    }
    if (
      rule.tag !== null &&
      (text.charCodeAt(start) | 0x20) === 0x6a &&
      equalsIgnoreCase(text, start, 'javascript:') &&
      this.scripted(rule.name, start, end)
    )
      return;
    const raw = text.slice(start, end);
    const decoded = decodeValue(raw);
    this.add(rule.role, rule.tag, rule.name, start, end, decoded === raw ? raw : trimUrl(decoded), null);
  }

  /** @param form see DraftLink */
  private add(role: LinkRole, tag: LinkTag | null, attribute: string | null, start: number, end: number, url: string, form: number | null): void {
    const { shift } = this;
    this.drafts.add(
      {
        span: { start: start + shift, end: end + shift },
        url,
        resolved: null,
        role,
        tag,
        element: this.element,
        attribute,
        text: this.ownText,
        rel: this.rel,
        position: form,
        complete: this.complete,
      },
      this.owner,
    );
  }
}

function splitWords(text: string, found: (start: number, end: number) => void): void {
  for (const match of text.matchAll(/[^\t\n\f\r ]+/g)) found(match.index, match.index + match[0].length);
}

/** NUL is no blank: the tokenizer makes it U+FFFD. */
function isTrimmed(code: number): boolean {
  return code <= 32 && code !== 0;
}

/** Leading and trailing C0 controls and spaces are no part of a URL (WHATWG URL 4.4). */
export function trimUrl(url: string): string {
  let start = 0;
  let end = url.length;
  while (start < end && url.charCodeAt(start) <= 32) start++;
  while (end > start && url.charCodeAt(end - 1) <= 32) end--;
  return url.slice(start, end);
}
