/**
 * Destinations, titles and labels: the parts that links and definitions share. CommonMark 4.7 and 6.3.
 * Each look-ahead that can run to the end of its text remembers that there was nothing to find.
 */
import { isBlankOrEol, isControl, skipBlanksAndEols } from './chars.ts';

const [QUOTE, APOSTROPHE, OPEN, CLOSE, LESS, GREATER, BRACKET, BACKSLASH, BRACKET_END] = [34, 39, 40, 41, 60, 62, 91, 92, 93] as const;
const DEEPEST_PARENTHESES = 32;
const LONGEST_LABEL = 999;

/** What a successful `readDestination` found. `next` is the offset after it, the closing `>` included. */
export interface Destination {
  start: number;
  end: number;
  next: number;
}

/** Closing quotes that were looked for in one text and not found, by quote. */
export class TitleMemo {
  private readonly missing = [Infinity, Infinity, Infinity];

  /** Starts on another text. */
  reset(): void {
    this.missing.fill(Infinity);
  }

  isMissing(quote: number, from: number): boolean {
    return from >= (this.missing[slot(quote)] ?? Infinity);
  }

  noteMissing(quote: number, from: number): void {
    this.missing[slot(quote)] = Math.min(from, this.missing[slot(quote)] ?? Infinity);
  }
}

function slot(quote: number): number {
  return quote === QUOTE ? 0 : quote === APOSTROPHE ? 1 : 2;
}

/**
 * Reads a destination at `from`, in angle brackets or bare.
 *
 * @param into receives the offsets
 * @returns false when there is none
 */
export function readDestination(text: string, from: number, end: number, limited: boolean, into: Destination): boolean {
  if (from >= end) return false;
  if (text.charCodeAt(from) === LESS) return readEnclosed(text, from, end, into);
  let depth = 0;
  let at = from;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) {
      const next = text.charCodeAt(at + 1);
      if (at + 1 < end && (next === OPEN || next === CLOSE || next === BACKSLASH)) at++;
    } else if (code === OPEN) {
      if (limited && depth === DEEPEST_PARENTHESES) return false;
      depth++;
    } else if (code === CLOSE) {
      if (depth === 0) break;
      depth--;
    } else if (isBlankOrEol(code)) {
      break;
    } else if (isControl(code)) {
      return false;
    }
  }
  if (depth > 0 || at === from) return false;
  into.start = from;
  into.end = at;
  into.next = at;
  return true;
}

function readEnclosed(text: string, from: number, end: number, into: Destination): boolean {
  for (let at = from + 1; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === GREATER) {
      into.start = from + 1;
      into.end = at;
      into.next = at + 1;
      return true;
    }
    if (code === LESS || code === 10 || code === 13) return false;
    if (code === BACKSLASH) {
      const next = text.charCodeAt(at + 1);
      if (at + 1 < end && (next === LESS || next === GREATER || next === BACKSLASH)) at++;
    }
  }
  return false;
}

/**
 * Reads a title at `from`.
 *
 * @returns the offset after its closing mark, or -1
 */
export function readTitle(text: string, from: number, end: number, memo: TitleMemo): number {
  const quote = text.charCodeAt(from);
  if (from >= end || (quote !== QUOTE && quote !== APOSTROPHE && quote !== OPEN) || memo.isMissing(quote, from)) return -1;
  const close = quote === OPEN ? CLOSE : quote;
  for (let at = from + 1; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === close) return at + 1;
    if (code === BACKSLASH) {
      const next = text.charCodeAt(at + 1);
      if (at + 1 < end && (next === close || next === BACKSLASH)) at++;
    }
  }
  memo.noteMissing(quote, from);
  return -1;
}

/**
 * Reads `(destination "title")` after a link text.
 *
 * @param from offset of `(`
 * @param into receives the destination; an empty one has `start === end`
 * @returns the offset after `)`, or -1
 */
export function readResource(text: string, from: number, end: number, memo: TitleMemo, into: Destination): number {
  let at = skipBlanksAndEols(text, from + 1, end);
  into.start = at;
  into.end = at;
  if (text.charCodeAt(at) === CLOSE && at < end) return at + 1;
  if (!readDestination(text, at, end, true, into)) return -1;
  at = skipBlanksAndEols(text, into.next, end);
  if (at > into.next) {
    const code = text.charCodeAt(at);
    if (at < end && (code === QUOTE || code === APOSTROPHE || code === OPEN)) {
      const { start, end: destinationEnd } = into;
      at = readTitle(text, at, end, memo);
      if (at < 0) return -1;
      at = skipBlanksAndEols(text, at, end);
      into.start = start;
      into.end = destinationEnd;
    }
  }
  return at < end && text.charCodeAt(at) === CLOSE ? at + 1 : -1;
}

/**
 * Reads a label at `from` (`[`): at most 999 characters, at least one of them not blank, no unescaped bracket inside.
 *
 * @returns the offset after `]`, or -1
 */
export function readLabel(text: string, from: number, end: number): number {
  let size = 0;
  let seen = false;
  for (let at = from + 1; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === BRACKET) return -1;
    if (code === BRACKET_END) return seen ? at + 1 : -1;
    if (code === 10 || code === 13) continue;
    if (++size > LONGEST_LABEL) return -1;
    if (code !== 32 && code !== 9) seen = true;
    if (code === BACKSLASH && at + 1 < end) {
      const next = text.charCodeAt(at + 1);
      if (next === BRACKET || next === BRACKET_END || next === BACKSLASH) {
        at++;
        size++;
      }
    }
  }
  return -1;
}
