/** URLs in style sheets and style attributes: `url(…)` and `@import "…"`. Source: CSS Syntax Level 3, url and string tokens. */

export interface CssUrl {
  /** Index range of the URL, without quotes. */
  readonly start: number;
  readonly end: number;
  readonly url: string;
}

const TOKEN = /\/\*|"|'|url\(|@import[\t\n\f\r ]*(?=["'])/gi;
const BLANK = /[\t\n\f\r ]*/y;

/** Every URL of the text in order; strings and comments are skipped. */
export function cssUrls(text: string): CssUrl[] {
  const found: CssUrl[] = [];
  TOKEN.lastIndex = 0;
  for (let token = TOKEN.exec(text); token !== null; token = TOKEN.exec(text)) {
    const at = TOKEN.lastIndex;
    if (token[0] === '/*') {
      const end = text.indexOf('*/', at);
      TOKEN.lastIndex = end < 0 ? text.length : end + 2;
    } else if (token[0] === '"' || token[0] === "'") {
      TOKEN.lastIndex = endOfString(text, at, token[0]) + 1;
    } else {
      const { end, url } = token[0].startsWith('@') ? quoted(text, at) : urlToken(text, at);
      if (url !== null) found.push(url);
      TOKEN.lastIndex = end;
    }
  }
  return found;
}

function quoted(text: string, at: number): { end: number; url: CssUrl | null } {
  const end = endOfString(text, at + 1, text[at] ?? '');
  return { end: end + 1, url: piece(text, at + 1, end) };
}

function urlToken(text: string, from: number): { end: number; url: CssUrl | null } {
  BLANK.lastIndex = from;
  const start = from + (BLANK.exec(text)?.[0].length ?? 0);
  if (text[start] === '"' || text[start] === "'") return quoted(text, start);
  let end = start;
  while (end < text.length && text[end] !== ')') end += text[end] === '\\' ? 2 : 1;
  end = Math.min(end, text.length);
  return { end: end + 1, url: piece(text, start, end) };
}

/** The index of the closing quote; an unescaped line end closes a string too. */
function endOfString(text: string, from: number, quote: string): number {
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === quote || character === '\n' || character === '\r' || character === '\f') return at;
    if (character === '\\') at++;
  }
  return text.length;
}

function piece(text: string, from: number, to: number): CssUrl | null {
  let start = from;
  let end = to;
  while (start < end && text.charCodeAt(start) <= 32) start++;
  while (end > start && text.charCodeAt(end - 1) <= 32) end--;
  return start < end ? { start, end, url: unescapeCss(text.slice(start, end)) } : null;
}

function unescapeCss(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    /\\(?:([0-9a-f]{1,6})(?:\r\n|[\t\n\f\r ])?|(\r\n|[\n\f\r])|([\s\S]))/gi,
    (_whole, hex?: string, line?: string, character?: string) => {
      if (line !== undefined) return '';
      if (hex === undefined) return character ?? '';
      const code = Number.parseInt(hex, 16);
      return code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? '\uFFFD' : String.fromCodePoint(code);
    },
  );
}
