/** What a line can start, told from its characters alone: thematic breaks, headings, fences, HTML blocks. CommonMark 4 and 5.2. */
import { isAlpha, isAlphanumeric, isBlank, skipBlanks } from './chars.ts';
import { HtmlMemo, inlineHtmlEnd } from './inlineHtml.ts';

/**
 * Looks for a thematic break: `***`, `- - -`, `___`.
 *
 * @returns -1 when it is one, else the offset before which none can start either
 */
export function thematicBreakStop(text: string, from: number, end: number): number {
  const marker = text.charCodeAt(from);
  let count = 0;
  for (let at = from; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === marker) count++;
    else if (!isBlank(code)) return at;
  }
  return count >= 3 ? -1 : from + 1;
}

/** Offset after the `#` run of an ATX heading, or -1. */
export function atxHeadingStart(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && text.charCodeAt(at) === 35) at++;
  if (at - from > 6) return -1;
  return at >= end || isBlank(text.charCodeAt(at)) ? at : -1;
}

/** End of an ATX heading's text: without the closing `#` run and the blanks around it. */
export function atxHeadingEnd(text: string, from: number, end: number): number {
  let at = end;
  while (at > from && isBlank(text.charCodeAt(at - 1))) at--;
  const last = at;
  while (at > from && text.charCodeAt(at - 1) === 35) at--;
  if (at === last || (at > from && !isBlank(text.charCodeAt(at - 1)))) return last;
  while (at > from && isBlank(text.charCodeAt(at - 1))) at--;
  return at;
}

/** True for a line of `=` or `-` only, blanks after it allowed. */
export function isSetextUnderline(text: string, from: number, end: number): boolean {
  const marker = text.charCodeAt(from);
  let at = from;
  while (at < end && text.charCodeAt(at) === marker) at++;
  return skipBlanks(text, at, end) === end;
}

/** Length of the fence that opens a code block here, or 0. A backtick fence has no backtick after it. */
export function fenceLength(text: string, from: number, end: number): number {
  const marker = text.charCodeAt(from);
  let at = from;
  while (at < end && text.charCodeAt(at) === marker) at++;
  const length = at - from;
  if (length < 3) return 0;
  if (marker === 96) {
    const tick = text.indexOf('`', at);
    if (tick >= 0 && tick < end) return 0;
  }
  return length;
}

/** True where a fence of at least `length` markers closes the code block. */
export function closesFence(text: string, from: number, end: number, marker: number, length: number): boolean {
  let at = from;
  while (at < end && text.charCodeAt(at) === marker) at++;
  return at - from >= length && skipBlanks(text, at, end) === end;
}

const RAW = new Set(['pre', 'script', 'style', 'textarea']);
const BLOCK = new Set(
  (
    'address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset figcaption ' +
    'figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link main menu menuitem nav noframes ol ' +
    'optgroup option p param search section summary table tbody td tfoot th thead title tr track ul'
  ).split(' '),
);

/**
 * The kind of HTML block that starts at `from` (`<`). CommonMark 4.6, start conditions 1 to 7.
 *
 * @returns 1 to 7, or 0
 */
export function htmlBlockKind(text: string, from: number, end: number): number {
  const first = text.charCodeAt(from + 1);
  if (from + 1 >= end) return 0;
  if (first === 33) return declarationKind(text, from + 2, end);
  if (first === 63) return 3;
  const closing = first === 47;
  const nameStart = closing ? from + 2 : from + 1;
  if (nameStart >= end || !isAlpha(text.charCodeAt(nameStart))) return 0;
  let at = nameStart + 1;
  while (at < end && (text.charCodeAt(at) === 45 || isAlphanumeric(text.charCodeAt(at)))) at++;
  const code = at < end ? text.charCodeAt(at) : 10;
  if (code !== 47 && code !== 62 && code !== 10 && !isBlank(code)) return 0;
  const name = at - nameStart <= 10 ? text.slice(nameStart, at).toLowerCase() : '';
  if (code !== 47 && !closing && RAW.has(name)) return 1;
  if (BLOCK.has(name)) return code !== 47 || text.charCodeAt(at + 1) === 62 ? 6 : 0;
  const after = inlineHtmlEnd(text, from, end, new HtmlMemo());
  return after >= 0 && skipBlanks(text, after, end) === end ? 7 : 0;
}

function declarationKind(text: string, from: number, end: number): number {
  if (from >= end) return 0;
  if (text.startsWith('--', from) && from + 2 <= end) return 2;
  if (text.startsWith('[CDATA[', from) && from + 7 <= end) return 5;
  return isAlpha(text.charCodeAt(from)) ? 4 : 0;
}

const RAW_END = /<\/(?:pre|script|style|textarea)>/i;

/** True where a line holds the end of the HTML block of kind 1 to 5. */
export function endsHtmlBlock(line: string, kind: number): boolean {
  if (kind === 1) return RAW_END.test(line);
  if (kind === 2) return line.includes('-->');
  if (kind === 3) return line.includes('?>');
  if (kind === 4) return line.includes('>');
  return line.includes(']]>');
}
