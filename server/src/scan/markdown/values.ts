/** From the characters in a document to the value they stand for: backslash escapes, character references, labels, collapsed text. */
import { decodeHTMLStrict } from 'entities';
import { isAsciiPunctuation } from './chars.ts';

/** Words with single spaces between them: most link texts. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;
/** The pattern's memory grows with the text. */
const LONGEST_PLAIN = 200;
const SPECIAL = /[\\&]/;
const ESCAPE_OR_REFERENCE = /\\([!-/:-@[-`{-~])|&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[a-zA-Z][a-zA-Z0-9]{0,30});/g;

/**
 * Decodes backslash escapes and character references, as in destinations and titles. CommonMark 2.4 and 2.5.
 *
 * @param raw characters as written
 */
export function decodeString(raw: string): string {
  if (!SPECIAL.test(raw)) return raw;
  return raw.replace(ESCAPE_OR_REFERENCE, (whole: string, escaped: string | undefined) => escaped ?? decodeHTMLStrict(whole));
}

/** Offset after a character reference that starts at `at` (`&`), or `at` when there is none. */
export function characterReferenceEnd(text: string, at: number, end: number): number {
  const limit = Math.min(end, at + 33);
  let next = at + 1;
  while (next < limit && text.charCodeAt(next) !== 59) {
    const code = text.charCodeAt(next);
    if (code !== 35 && !((code >= 48 && code <= 57) || ((code | 32) >= 97 && (code | 32) <= 122))) return at;
    next++;
  }
  if (next >= limit) return at;
  const whole = text.slice(at, next + 1);
  return decodeString(whole) === whole ? at : next + 1;
}

/** True where a backslash at `at` escapes the next character. */
export function isEscape(text: string, at: number, end: number): boolean {
  return at + 1 < end && isAsciiPunctuation(text.charCodeAt(at + 1));
}

/** The form in which labels of definitions and references are compared. CommonMark 4.7, "matches". */
export function normalizeLabel(raw: string): string {
  if (raw.length < LONGEST_PLAIN && PLAIN.test(raw)) return raw.toUpperCase();
  return raw
    .replace(/[\t\n\r ]+/g, ' ')
    .replace(/^ | $/g, '')
    .toLowerCase()
    .toUpperCase();
}

/** Runs of white space become one space, none stays at the ends. */
export function collapse(text: string): string {
  if (text.length < LONGEST_PLAIN && PLAIN.test(text)) return text;
  return text.replace(/\s+/g, ' ').trim();
}

/** What a code span shows: line endings are blanks; one blank at each end goes if there is more than blanks. CommonMark 6.1. */
export function codeText(raw: string): string {
  const text = raw.replace(/\r\n?|\n/g, ' ');
  return text.startsWith(' ') && text.endsWith(' ') && text.trim() !== '' ? text.slice(1, -1) : text;
}
