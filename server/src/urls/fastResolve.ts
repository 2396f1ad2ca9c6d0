/**
 * Resolution of plain URLs by one look at their characters. Whatever is not certain to come out of the WHATWG parser unchanged is left to
 * it: upper case or international hosts, ports, userinfo, dot segments, characters that get encoded. test/unit/urls/resolve.test.ts
 * proves both ways equal.
 */

/**
 * How a plain URL becomes absolute: by what is put before it, or `host`, where only the slash behind it is missing. Every form but
 * `parser` resolves to http(s) on a web base.
 */
export const URL_FORM = { parser: 0, page: 1, query: 2, root: 3, folder: 4, absolute: 5, host: 6 } as const;

/** Added to the form of a URL with an `&`: where it stands in a document it may hold a character reference and be no URL yet. */
export const WITH_AMPERSAND = 8;

const { parser: PARSER, page: PAGE, query: QUERY, root: ROOT, folder: FOLDER, absolute: ABSOLUTE, host: HOST } = URL_FORM;

const [HASH, PERCENT, HYPHEN, DOT, SLASH, COLON, QUESTION] = [0x23, 0x25, 0x2d, 0x2e, 0x2f, 0x3a, 0x3f] as const;

/** Bits of KINDS; the many characters that always stay as they are have none. */
const [KIND_DOT, KIND_SLASH, KIND_PERCENT, KIND_AMPERSAND, KIND_OTHER] = [1, 2, 4, WITH_AMPERSAND, 16] as const;
/** One entry for every UTF-16 unit: the engine then needs no check of the range. */
const KINDS = new Uint8Array(0x10000).fill(KIND_OTHER);
for (const character of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_~!$()*+,;=:@?#-') KINDS[character.charCodeAt(0)] = 0;
for (const [character, kind] of Object.entries({ '.': KIND_DOT, '/': KIND_SLASH, '%': KIND_PERCENT, '&': KIND_AMPERSAND }))
  KINDS[character.charCodeAt(0)] = kind;

/**
 * Pattern of URLs from the root that stay as they are, for text of a document: those `urlForm` calls `root`, but for some with two slashes
 * or a dot behind one. An `&` goes on up to a `=`, and is no character reference. Its parts are bounded in number: the engine remembers
 * each to go back.
 */
export const PLAIN_ROOT_URL = '(?=/)(?:(?:/[A-Za-z0-9_~!$()*+,;=:@?#-]|%(?!2[eE])|&(?=[A-Za-z0-9]*=))[A-Za-z0-9_~!$()*+,;=:@?#.-]*){0,999}/?';

/** The form of the URL that stands in `text` from `start` to `end`, `URL_FORM.parser` where it is not plain. */
export function urlForm(text: string, start: number, end: number): number {
  if (start === end) return PAGE;
  switch (text.charCodeAt(start)) {
    case SLASH:
      return end - start > 1 && text.charCodeAt(start + 1) === SLASH ? PARSER : formOf(ROOT, text, start, end);
    case HASH:
      return formOf(PAGE, text, start, end);
    case QUESTION:
      return formOf(QUERY, text, start, end);
    case DOT:
      return PARSER;
    default:
      return hasScheme(text, start, end) ? absoluteForm(text, start, end) : formOf(FOLDER, text, start, end);
  }
}

/**
 * Path, query and fragment that stay as they are: no segment begins with a dot, no dot is encoded. The kinds of all characters, and whether a
 * slash stands before a dot, are gathered without a branch: one that is guessed wrong costs as much as ten characters (7 to 4.5 ms for 40,000 links).
 */
function formOf(form: number, text: string, start: number, end: number): number {
  let kinds = 0;
  let last = 0;
  let hidden = 0;
  for (let at = start; at < end; at++) {
    const kind = KINDS[text.charCodeAt(at)] ?? 0;
    kinds |= kind;
    hidden |= (last >> 1) & kind;
    last = kind;
  }
  if ((kinds & KIND_OTHER) !== 0) return PARSER;
  if (((kinds & KIND_PERCENT) | (hidden & KIND_DOT)) !== 0 && hasDotSegment(text, start, end)) return PARSER;
  return form | (kinds & KIND_AMPERSAND);
}

/** True where a path segment begins with a dot or holds an encoded one. In a query and a fragment they mean nothing. */
function hasDotSegment(text: string, start: number, end: number): boolean {
  for (let at = start; at + 1 < end; at++) {
    const code = text.charCodeAt(at);
    if (code === QUESTION || code === HASH) return false;
    if (code === SLASH && text.charCodeAt(at + 1) === DOT) return true;
    if (code === PERCENT && at + 2 < end && text.charCodeAt(at + 1) === 0x32 && (text.charCodeAt(at + 2) | 0x20) === 0x65) return true;
  }
  return false;
}

/** True when a colon stands in the first segment. */
function hasScheme(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === COLON) return true;
    if (code === SLASH || code === QUESTION || code === HASH) return false;
  }
  return false;
}

/** http(s) with a host of lower-case labels without `--` (punycode), the last beginning with a letter: no address in numbers. */
function absoluteForm(text: string, start: number, end: number): number {
  const from = text.startsWith('https://', start) ? start + 8 : text.startsWith('http://', start) ? start + 7 : -1;
  if (from < 0 || from >= end) return PARSER;
  let label = from;
  let before = DOT as number;
  for (let at = from; ; at++) {
    const code = at < end ? text.charCodeAt(at) : SLASH;
    if (isLetter(code) || (code >= 0x30 && code <= 0x39)) {
      before = code;
      continue;
    }
    // Behind letters and digits only: no label is empty, none begins or ends with a hyphen.
    if (before === DOT || before === HYPHEN) return PARSER;
    if (code === SLASH) {
      if (!isLetter(text.charCodeAt(label))) return PARSER;
      return at >= end ? HOST : formOf(ABSOLUTE, text, at, end);
    }
    if (code === DOT) label = at + 1;
    else if (code !== HYPHEN) return PARSER;
    before = code;
  }
}

function isLetter(code: number): boolean {
  return code >= 0x61 && code <= 0x7a;
}

/** A document's base, taken apart once. */
export class FastBase {
  /** `https://host:port`, or null where there is no base, or one whose relative URLs the parser has to resolve. */
  private readonly origin: string | null;
  /** Origin and path up to the last slash. */
  private readonly folder: string;
  /** Origin and path, and the same with the query. */
  private readonly page: string;
  private readonly pageAndQuery: string;

  constructor(base: URL | null) {
    const web = base !== null && (base.protocol === 'http:' || base.protocol === 'https:') && base.username === '' && base.password === '';
    this.origin = web ? base.origin : null;
    this.page = web ? base.origin + base.pathname : '';
    this.pageAndQuery = web ? this.page + base.search : '';
    this.folder = this.page.slice(0, this.page.lastIndexOf('/') + 1);
  }

  /**
   * The href of a URL of a form that `urlForm` found.
   *
   * @returns null where that is up to the parser
   */
  resolve(url: string, urlForm: number): string | null {
    const form = urlForm & ~WITH_AMPERSAND;
    if (form === ABSOLUTE) return url;
    if (form === HOST) return `${url}/`;
    if (form === PARSER || this.origin === null) return null;
    if (form === ROOT) return this.origin + url;
    if (form === FOLDER) return this.folder + url;
    return (form === QUERY ? this.page : this.pageAndQuery) + url;
  }
}
