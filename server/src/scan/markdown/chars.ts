/** Character classes of Markdown by UTF-16 code unit. CommonMark 0.31, section 2.1; the Unicode classes as micromark has them. */

/** Space or tab. */
export function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

/** Space, tab or line ending. */
export function isBlankOrEol(code: number): boolean {
  return code === 32 || code === 10 || code === 9 || code === 13;
}

export function isAlpha(code: number): boolean {
  const lower = code | 32;
  return lower >= 97 && lower <= 122;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function isAlphanumeric(code: number): boolean {
  return isAlpha(code) || isDigit(code);
}

/** C0 controls and DEL; NUL is none, since CommonMark reads it as U+FFFD. */
export function isControl(code: number): boolean {
  return (code < 32 && code !== 0) || code === 127;
}

/** The characters that a backslash escapes. */
export function isAsciiPunctuation(code: number): boolean {
  return (code >= 33 && code <= 47) || (code >= 58 && code <= 64) || (code >= 91 && code <= 96) || (code >= 123 && code <= 126);
}

const UNICODE_PUNCTUATION = /[\p{P}\p{S}]/u;
const UNICODE_WHITESPACE = /\s/;

export function isPunctuation(code: number): boolean {
  if (code < 128) return isAsciiPunctuation(code);
  return UNICODE_PUNCTUATION.test(String.fromCharCode(code));
}

export function isWhitespace(code: number): boolean {
  if (code < 128) return code === 32 || (code >= 9 && code <= 13);
  return UNICODE_WHITESPACE.test(String.fromCharCode(code));
}

/** First offset at or after `from` that is not a space, tab or line ending. */
export function skipBlanksAndEols(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && isBlankOrEol(text.charCodeAt(at))) at++;
  return at;
}

/** First offset at or after `from` that is not a space or tab. */
export function skipBlanks(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && isBlank(text.charCodeAt(at))) at++;
  return at;
}

/** Last offset down to `from` after trailing spaces, tabs and line endings. */
export function trimEnd(text: string, from: number, end: number): number {
  let at = end;
  while (at > from && isBlankOrEol(text.charCodeAt(at - 1))) at--;
  return at;
}
