/**
 * HTML with the tags of a template language in it. They are not parsed but painted over, character for character, so that every offset
 * stays: with blanks where they stand between things, with a mark where they are part of an attribute's value, which is then no literal URL.
 */

import type { LinkDrafts } from '../drafts.ts';
import type { FactsDraft } from './pageFacts.ts';

/** Stands for what only the template knows. A noncharacter: no document has it on purpose. */
export const UNKNOWN_PART = '\uFFFE';

/** Finds the end of a template tag; -1 where it has none and is ordinary text. */
type FindEnd = (text: string, from: number) => number;

interface TemplateSyntax {
  readonly openers: Readonly<Record<string, FindEnd>>;
  /** Markup inside `{…}` of the text is read: only in tags are braces painted over. */
  readonly markupInBraces?: boolean;
  /** A script between two `---` lines opens the file. */
  readonly codeFence?: boolean;
}

const until =
  (close: string): FindEnd =>
  (text, from) => {
    const end = text.indexOf(close, from);
    return end < 0 ? -1 : end + close.length;
  };

/** PHP may leave its last tag open. */
const php: FindEnd = (text, from) => {
  const end = until('?>')(text, from);
  return end < 0 ? text.length : end;
};

const MUSTACHE = { '{{!--': until('--}}'), '{{{': until('}}}'), '{{': until('}}') };
const BRACES = { '{': endOfBraces };
const ERB: TemplateSyntax = { openers: { '<%': until('%>') } };
const HANDLEBARS: TemplateSyntax = { openers: MUSTACHE };
const LIQUID: TemplateSyntax = { openers: { '{%': until('%}'), '{{': until('}}') } };
const JINJA: TemplateSyntax = { openers: { '{%': until('%}'), '{#': until('#}'), '{{': until('}}') } };

/** Template languages by the editor's language id. */
const SYNTAXES: ReadonlyMap<string, TemplateSyntax> = new Map([
  ['astro', { openers: BRACES, markupInBraces: true, codeFence: true }],
  ['svelte', { openers: BRACES }],
  ['vue', { openers: { '{{': until('}}') } }],
  ['handlebars', HANDLEBARS],
  ['mustache', HANDLEBARS],
  ['liquid', LIQUID],
  ['jinja', JINJA],
  ['jinja-html', JINJA],
  ['django-html', JINJA],
  ['twig', JINJA],
  ['nunjucks', JINJA],
  ['php', { openers: { '<?': php } }],
  ['erb', ERB],
  ['html.erb', ERB],
  ['ejs', ERB],
]);

/** True for a language whose template tags `paintTemplate` knows. */
export function isTemplateLanguage(languageId: string): boolean {
  return SYNTAXES.has(languageId);
}

/**
 * Paints the template tags of a text over.
 *
 * @returns a text of the same length; the text itself for a language without template tags
 */
export function paintTemplate(text: string, languageId: string): string {
  const syntax = SYNTAXES.get(languageId);
  return syntax === undefined ? text : new Painter(text, syntax).paint();
}

/** True for what holds a part that only the template knows. */
export function isUnknown(value: string | null): boolean {
  return value?.includes(UNKNOWN_PART) === true;
}

/** Takes out the links whose URL holds a part that only the template knows. */
export function dropUnknownLinks(drafts: LinkDrafts): void {
  for (const link of drafts.links) link.text = link.text.replaceAll(UNKNOWN_PART, '');
  drafts.keep(({ url }) => !isUnknown(url));
}

/** The same for what the page says of itself. */
export function dropUnknownFacts(facts: FactsDraft): void {
  if (isUnknown(facts.base)) facts.base = null;
  if (isUnknown(facts.canonical)) facts.canonical = null;
  if (isUnknown(facts.language)) facts.language = null;
}

class Painter {
  private readonly text: string;
  private readonly syntax: TemplateSyntax;
  /** Openers that were found without an end: none of them later has one either. */
  private readonly endless = new Set<string>();
  private readonly pieces: string[] = [];
  private painted = 0;

  constructor(text: string, syntax: TemplateSyntax) {
    this.text = text;
    this.syntax = syntax;
  }

  paint(): string {
    const { text, syntax } = this;
    const openers = Object.keys(syntax.openers).map((opener) => opener.replace(/[{}?]/g, '\\$&'));
    const tokens = new RegExp(`(${openers.join('|')})|<!--|<(script|style)(?=[\\s>])|<[a-z]|["'>]`, 'gi');
    if (syntax.codeFence) tokens.lastIndex = this.codeFence();
    let inTag = false;
    let raw = '';
    let quote = '';
    for (let token = tokens.exec(text); token !== null; token = tokens.exec(text)) {
      const [word, opener, rawName] = token;
      if (opener !== undefined) {
        if (!inTag && syntax.markupInBraces) continue;
        tokens.lastIndex = this.over(token.index, opener, inTag && (quote !== '' || this.followsEquals(token.index)));
      } else if (quote !== '') quote = word === quote ? '' : quote;
      else if (word === '<!--') tokens.lastIndex = inTag ? tokens.lastIndex : this.behind('-->', token.index + 4);
      else if (word === '>' && inTag) {
        inTag = false;
        if (raw !== '') tokens.lastIndex = this.behind(raw, token.index);
        raw = '';
      } else if (word.startsWith('<')) {
        inTag = true;
        raw = rawName === undefined ? '' : `</${rawName}`;
      } else if (inTag && word !== '>' && this.followsEquals(token.index)) quote = word;
    }
    this.pieces.push(text.slice(this.painted));
    return this.pieces.join('');
  }

  /** Paints one template tag over; returns the offset behind it. */
  private over(at: number, opener: string, inValue: boolean): number {
    const behind = at + opener.length;
    if (this.endless.has(opener)) return behind;
    const end = this.syntax.openers[opener]?.(this.text, behind) ?? -1;
    if (end < 0) {
      this.endless.add(opener);
      return behind;
    }
    this.pieces.push(this.text.slice(this.painted, at), (inValue ? UNKNOWN_PART : ' ').repeat(end - at));
    this.painted = end;
    return end;
  }

  private codeFence(): number {
    const fence = /^\uFEFF?\s*---[ \t]*\r?\n(?:[\s\S]*?\r?\n)?---[ \t]*(?:\r?\n|$)/.exec(this.text);
    if (fence === null) return 0;
    this.pieces.push(' '.repeat(fence[0].length));
    this.painted = fence[0].length;
    return this.painted;
  }

  private behind(needle: string, from: number): number {
    const end = this.text.indexOf(needle, from);
    return end < 0 ? this.text.length : end;
  }

  /** True where a `=` stands before, blanks aside. */
  private followsEquals(at: number): boolean {
    let before = at - 1;
    while (before >= this.painted && /\s/.test(this.text[before] ?? '')) before--;
    return this.text[before] === '=';
  }
}

/** The end of a `{…}` expression: braces in pairs, strings and template literals skipped. */
function endOfBraces(text: string, from: number): number {
  let depth = 1;
  let quote = '';
  for (let at = from; at < text.length; at++) {
    const character = text[at] ?? '';
    if (quote !== '') {
      if (character === '\\') at++;
      else if (character === quote || (character === '\n' && quote !== '`')) quote = '';
    } else if (character === '"' || character === "'" || character === '`') quote = character;
    else if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return at + 1;
  }
  return -1;
}
