/**
 * Where comments, raw text and scripts end. Every search starts where the last one stopped or remembers its answer, "not found" included,
 * so that no input makes the scanner read a stretch twice. States: WHATWG HTML 13.2.5.2 to 13.2.5.54.
 */
import { isBlank } from './attributes.ts';
import { equalsIgnoreCase } from './names.ts';

const GREATER = 0x3e;

/**
 * The end of a comment.
 *
 * @param from offset behind `<!--`
 * @returns the offset behind the comment; the text's length when it never ends
 */
export function endOfComment(text: string, from: number): number {
  const first = text.charCodeAt(from);
  if (first === GREATER) return from + 1;
  if (first === 0x2d && text.charCodeAt(from + 1) === GREATER) return from + 2;
  for (let dashes = text.indexOf('--', from); dashes >= 0; dashes = text.indexOf('--', dashes + 1)) {
    const next = text.charCodeAt(dashes + 2);
    if (next === GREATER) return dashes + 3;
    if (next === 0x21 && text.charCodeAt(dashes + 3) === GREATER) return dashes + 4;
  }
  return text.length;
}

/** The offset behind `needle` from `from` on; the text's length when there is none. */
export function endBehind(text: string, needle: string, from: number): number {
  const found = text.indexOf(needle, from);
  return found < 0 ? text.length : found + needle.length;
}

/**
 * The end tag that closes raw text or RCDATA.
 *
 * @param name lower-case element name
 * @returns the offset of its `<`; the text's length when there is none
 */
export function endOfRawText(text: string, name: string, from: number): number {
  for (let at = text.indexOf('</', from); at >= 0; at = text.indexOf('</', at + 2)) {
    if (isTagName(text, at + 2, name)) return at;
  }
  return text.length;
}

/**
 * The end tag that closes a script: inside `<!-- <script>` a first `</script>` does not (WHATWG "script data double escaped").
 *
 * @returns the offset of its `<`; the text's length when there is none
 */
export function endOfScript(text: string, from: number): number {
  let at = text.indexOf('<', from);
  while (at >= 0) {
    if (text.charCodeAt(at + 1) === 0x2f) {
      if (isTagName(text, at + 2, 'script')) return at;
      at = text.indexOf('<', at + 2);
    } else if (text.startsWith('!--', at + 1)) {
      const end = endOfEscape(text, at + 4);
      if (end < 0) return -end - 1;
      at = text.indexOf('<', end);
    } else at = text.indexOf('<', at + 1);
  }
  return text.length;
}

/**
 * Reads script text behind `<!--`.
 *
 * @returns the offset behind `-->`, or `-1 - offset` of the closing tag (or the text's length) where that comes first
 */
function endOfEscape(text: string, from: number): number {
  let double = false;
  let dashes = 2;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x2d) dashes++;
    else if (code === GREATER && dashes >= 2) return at + 1;
    else {
      dashes = 0;
      if (code !== 0x3c) continue;
      if (text.charCodeAt(at + 1) === 0x2f) {
        if (!isTagName(text, at + 2, 'script')) continue;
        if (!double) return -1 - at;
        double = false;
      } else if (isTagName(text, at + 1, 'script')) double = true;
    }
  }
  return -1 - text.length;
}

/** True when the name stands there as a whole tag name. */
function isTagName(text: string, at: number, name: string): boolean {
  if (!equalsIgnoreCase(text, at, name)) return false;
  const next = text.charCodeAt(at + name.length);
  return next === GREATER || next === 0x2f || isBlank(next);
}
