/** Attribute values: decoded for reading, and traced back to the document where a URL is only a part of the value. */
import { decodeHTML, decodeHTMLAttribute } from 'entities';

/**
 * The value a browser would see: line ends normalised, NUL replaced, character references decoded by the rule for attributes
 * (`&copy=` stays as it is).
 */
export function decodeValue(raw: string): string {
  const value = normalise(raw);
  return mayRefer(value, 0, value.length) ? decodeHTMLAttribute(value) : value;
}

/**
 * False where no character reference stands in an attribute's value: in `?a=1&copy=2` each `&` goes on with letters and digits up to a `=`,
 * and such a one is none (WHATWG HTML 13.2.5.73). Spares the decoder one link of ten on real pages.
 */
export function mayRefer(text: string, start: number, end: number): boolean {
  let at = text.indexOf('&', start);
  while (at >= 0 && at < end) {
    at++;
    while (at < end && isAlphanumeric(text.charCodeAt(at))) at++;
    if (at >= end || text.charCodeAt(at) !== 0x3d) return true;
    at = text.indexOf('&', at);
  }
  return false;
}

function isAlphanumeric(code: number): boolean {
  const lower = code | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || (code >= 0x30 && code <= 0x39);
}

/** The same for text. */
export function decodeText(raw: string): string {
  const value = normalise(raw);
  return value.includes('&') ? decodeHTML(value) : value;
}

function normalise(raw: string): string {
  // Two searches by the engine are faster than one look at each character by a pattern.
  if (!raw.includes('\r') && !raw.includes('\0')) return raw;
  return raw.replace(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD');
}

/** A decoded value that knows where each of its characters stands in the document. */
export interface TracedValue {
  readonly text: string;
  /** Document offset of a character of `text`; of `text.length`, the end. */
  readonly sourceOf: (index: number) => number;
}

/** Raw text without character references: scripts and styles. */
export function tracedRaw(raw: string, start: number): TracedValue {
  return { text: raw, sourceOf: (index) => start + index };
}

/**
 * Decodes an attribute value piece by piece, each from one `&` to the next: a character reference never reaches beyond that.
 *
 * @param start document offset of the value
 */
export function tracedValue(raw: string, start: number): TracedValue {
  if (!raw.includes('&')) return tracedRaw(raw, start);
  const decodedStarts: number[] = [];
  const rawStarts: number[] = [];
  let text = '';
  let from = 0;
  while (from < raw.length) {
    const next = raw.indexOf('&', from + 1);
    const to = next < 0 ? raw.length : next;
    const piece = raw.slice(from, to);
    const decoded = decodeHTMLAttribute(piece);
    decodedStarts.push(text.length);
    rawStarts.push(from);
    if (decoded.length < piece.length) {
      // The reference became one or two code units; what follows it moved by the difference.
      decodedStarts.push(text.length + 1);
      rawStarts.push(from + 1 + piece.length - decoded.length);
    }
    text += decoded;
    from = to;
  }
  return { text, sourceOf: (index) => start + trace(decodedStarts, rawStarts, index, text.length, raw.length) };
}

function trace(decodedStarts: readonly number[], rawStarts: readonly number[], index: number, decodedLength: number, rawLength: number): number {
  if (index >= decodedLength) return rawLength;
  let low = 0;
  let high = decodedStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((decodedStarts[middle] ?? 0) <= index) low = middle;
    else high = middle - 1;
  }
  return (rawStarts[low] ?? 0) + index - (decodedStarts[low] ?? 0);
}

/** Blanks are collapsed to single spaces and cut off at both ends, as a reader sees them. */
export function collapse(text: string): string {
  return TO_COLLAPSE.test(text) ? text.replace(/\s+/g, ' ').trim() : text;
}

/** Without repetitions: a pattern that goes back would overflow its stack on a long text. */
const TO_COLLAPSE = /^\s|\s$|[^\S ]| {2}/;

/** Lower-case tokens of a blank-separated attribute such as `rel`. */
export function tokens(value: string): string[] {
  return value.toLowerCase().match(/[^\t\n\f\r ]+/g) ?? [];
}
