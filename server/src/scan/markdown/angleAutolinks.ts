/** Autolinks in angle brackets, `<https://example.com>` and `<a@example.com>`. CommonMark 6.5. */
import { isAlpha, isAlphanumeric } from './chars.ts';

const EMAIL_LOCAL = /[\w.!#$%&'*+/=?^`{|}~-]/;

/**
 * Reads an autolink at `from` (`<`).
 *
 * @returns the offset after `>`, or -1
 */
export function angleAutolinkEnd(text: string, from: number, end: number): number {
  const first = text.charCodeAt(from + 1);
  if (from + 1 >= end) return -1;
  if (isAlpha(first)) {
    let at = from + 2;
    while (at < end && at - from <= 32 && isSchemeChar(text.charCodeAt(at))) at++;
    if (at < end && text.charCodeAt(at) === 58 && at - from > 2) return urlEnd(text, at + 1, end);
  }
  return emailEnd(text, from + 1, end);
}

function isSchemeChar(code: number): boolean {
  return isAlphanumeric(code) || code === 43 || code === 45 || code === 46;
}

function urlEnd(text: string, from: number, end: number): number {
  for (let at = from; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 62) return at + 1;
    if (code <= 32 || code === 60 || code === 127) return -1;
  }
  return -1;
}

function emailEnd(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && isLocalChar(text.charCodeAt(at))) at++;
  if (at === from || at >= end || text.charCodeAt(at) !== 64) return -1;
  for (;;) {
    const label = at + 1;
    at = label;
    while (at < end && (isAlphanumeric(text.charCodeAt(at)) || text.charCodeAt(at) === 45)) at++;
    const code = at < end ? text.charCodeAt(at) : 0;
    if (at === label || at - label > 63 || text.charCodeAt(label) === 45 || text.charCodeAt(at - 1) === 45) return -1;
    if (code === 62) return at + 1;
    if (code !== 46) return -1;
  }
}

function isLocalChar(code: number): boolean {
  return code < 128 && EMAIL_LOCAL.test(String.fromCharCode(code));
}
