/** Where a piece of raw HTML in a paragraph ends. CommonMark 6.6. */
import { isAlpha, isAlphanumeric, isBlankOrEol, skipBlanksAndEols } from './chars.ts';

/** Ends that were looked for in one text and not found: no later search can find them either. */
export class HtmlMemo {
  private readonly missing = new Map<string, number>();

  /** Starts on another text. */
  reset(): void {
    if (this.missing.size > 0) this.missing.clear();
  }

  find(text: string, mark: string, from: number, end: number): number {
    if (from >= (this.missing.get(mark) ?? Infinity)) return -1;
    const at = text.indexOf(mark, from);
    if (at >= 0 && at + mark.length <= end) return at + mark.length;
    this.missing.set(mark, from);
    return -1;
  }
}

/**
 * Reads a tag, comment, instruction, declaration or CDATA section at `from` (`<`).
 *
 * @returns the offset after it, or -1
 */
export function inlineHtmlEnd(text: string, from: number, end: number, memo: HtmlMemo): number {
  if (from + 1 >= end) return -1;
  const code = text.charCodeAt(from + 1);
  if (code === 47) return closeTagEnd(text, from + 2, end);
  if (code === 63) return memo.find(text, '?>', from + 2, end);
  if (code === 33) return declarationEnd(text, from + 2, end, memo);
  return isAlpha(code) ? openTagEnd(text, from + 2, end, memo) : -1;
}

function declarationEnd(text: string, from: number, end: number, memo: HtmlMemo): number {
  if (text.startsWith('--', from)) {
    if (text.charCodeAt(from + 2) === 62 && from + 2 < end) return from + 3;
    if (text.startsWith('->', from + 2) && from + 4 <= end) return from + 4;
    return memo.find(text, '-->', from + 2, end);
  }
  if (text.startsWith('[CDATA[', from)) return memo.find(text, ']]>', from + 7, end);
  return from < end && isAlpha(text.charCodeAt(from)) ? memo.find(text, '>', from + 1, end) : -1;
}

function closeTagEnd(text: string, from: number, end: number): number {
  if (from >= end || !isAlpha(text.charCodeAt(from))) return -1;
  let at = from + 1;
  while (at < end && isNameChar(text.charCodeAt(at))) at++;
  at = skipBlanksAndEols(text, at, end);
  return at < end && text.charCodeAt(at) === 62 ? at + 1 : -1;
}

function isNameChar(code: number): boolean {
  return code === 45 || isAlphanumeric(code);
}

function isAttributeChar(code: number): boolean {
  return isAlphanumeric(code) || code === 45 || code === 46 || code === 58 || code === 95;
}

function openTagEnd(text: string, from: number, end: number, memo: HtmlMemo): number {
  let at = from;
  while (at < end && isNameChar(text.charCodeAt(at))) at++;
  if (at >= end || !isBetween(text.charCodeAt(at))) return -1;
  for (;;) {
    at = skipBlanksAndEols(text, at, end);
    if (at >= end) return -1;
    const code = text.charCodeAt(at);
    if (code === 62) return at + 1;
    if (code === 47) return at + 1 < end && text.charCodeAt(at + 1) === 62 ? at + 2 : -1;
    if (code !== 58 && code !== 95 && !isAlpha(code)) return -1;
    at++;
    while (at < end && isAttributeChar(text.charCodeAt(at))) at++;
    const equals = skipBlanksAndEols(text, at, end);
    if (equals < end && text.charCodeAt(equals) === 61) {
      at = attributeValueEnd(text, skipBlanksAndEols(text, equals + 1, end), end, memo);
      if (at < 0) return -1;
    } else {
      at = equals;
    }
  }
}

/** `/`, `>` or white space: what may follow a tag name or a value. */
function isBetween(code: number): boolean {
  return code === 47 || code === 62 || isBlankOrEol(code);
}

function attributeValueEnd(text: string, from: number, end: number, memo: HtmlMemo): number {
  if (from >= end) return -1;
  const first = text.charCodeAt(from);
  if (first === 34 || first === 39) {
    const close = memo.find(text, first === 34 ? '"' : "'", from + 1, end);
    return close >= 0 && close < end && isBetween(text.charCodeAt(close)) ? close : -1;
  }
  if (first === 60 || first === 61 || first === 62 || first === 96) return -1;
  for (let at = from + 1; at < end; at++) {
    const code = text.charCodeAt(at);
    if (isBetween(code)) return at;
    if (code === 34 || code === 39 || code === 60 || code === 61 || code === 96) return -1;
  }
  return -1;
}
