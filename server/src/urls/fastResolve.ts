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

const { parser: PARSER, page: PAGE, query: QUERY, root: ROOT, folder: FOLDER, absolute: ABSOLUTE, host: HOST } = URL_FORM;

const [HASH, PERCENT, AMPERSAND, HYPHEN, DOT, SLASH, COLON, QUESTION] = [0x23, 0x25, 0x26, 0x2d, 0x2e, 0x2f, 0x3a, 0x3f] as const;

/** Bits of KINDS: characters that stay as they are in a path, whatever follows, and in a query or fragment. */
const [IN_PATH, IN_QUERY] = [1, 2] as const;
/** One entry for every UTF-16 unit: the engine then needs no check of the range. */
const KINDS = new Uint8Array(0x10000);
for (const character of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_~!$()*+,;=:@.-') KINDS[character.charCodeAt(0)] = IN_PATH | IN_QUERY;
for (const character of '%/?') KINDS[character.charCodeAt(0)] = IN_QUERY;

/**
 * The form of the URL that stands in `text` from `start` to `end`, `URL_FORM.parser` where it is not plain.
 *
 * @param decoded false for text of a document, where `&` may begin a character reference: such a URL is not plain yet
 */
export function urlForm(text: string, start: number, end: number, decoded: boolean): number {
  if (start === end) return PAGE;
  switch (text.charCodeAt(start)) {
    case SLASH:
      return end - start > 1 && text.charCodeAt(start + 1) === SLASH ? PARSER : formOf(ROOT, text, start, end, decoded);
    case HASH:
      return isPlainQuery(text, start + 1, end, decoded) ? PAGE : PARSER;
    case QUESTION:
      return formOf(QUERY, text, start, end, decoded);
    case DOT:
      return PARSER;
    default:
      return hasScheme(text, start, end) ? absoluteForm(text, start, end, decoded) : formOf(FOLDER, text, start, end, decoded);
  }
}

function formOf(form: number, text: string, start: number, end: number, decoded: boolean): number {
  return isPlainPath(text, start, end, decoded) ? form : PARSER;
}

/** Path, query and fragment that stay as they are. No segment begins with a dot, no dot is encoded. */
function isPlainPath(text: string, start: number, end: number, decoded: boolean): boolean {
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (((KINDS[code] ?? 0) & IN_PATH) !== 0) continue;
    if (code === SLASH) {
      if (text.charCodeAt(at + 1) === DOT) return false;
    } else if (code === PERCENT) {
      if (text.charCodeAt(at + 1) === 0x32 && (text.charCodeAt(at + 2) | 0x20) === 0x65) return false;
    } else if (code === QUESTION || code === HASH) return isPlainQuery(text, at + (code === HASH ? 1 : 0), end, decoded);
    else if (code !== AMPERSAND || !decoded) return false;
  }
  return true;
}

/** Query and fragment, or the inside of a fragment. */
function isPlainQuery(text: string, start: number, end: number, decoded: boolean): boolean {
  let hashes = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (((KINDS[code] ?? 0) & IN_QUERY) !== 0) continue;
    if (code === HASH && text.charCodeAt(start) === QUESTION && hashes === 0) hashes++;
    else if (code !== AMPERSAND || !decoded) return false;
  }
  return true;
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
function absoluteForm(text: string, start: number, end: number, decoded: boolean): number {
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
      return at >= end ? HOST : formOf(ABSOLUTE, text, at, end, decoded);
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
  resolve(url: string, form: number): string | null {
    if (form === ABSOLUTE) return url;
    if (form === HOST) return `${url}/`;
    if (form === PARSER || this.origin === null) return null;
    if (form === ROOT) return this.origin + url;
    if (form === FOLDER) return this.folder + url;
    return (form === QUERY ? this.page : this.pageAndQuery) + url;
  }
}
