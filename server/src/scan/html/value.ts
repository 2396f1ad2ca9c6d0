/** Attribute values: decoded for reading, and traced back to the document where a URL is only a part of the value. */
import { decodeHTML, decodeHTMLAttribute } from 'entities';

/** Characters that make a value differ from its source. */
const DIFFERS = /[&\r\0]/;

/**
 * The value a browser would see: line ends normalised, NUL replaced, character references decoded by the rule for attributes
 * (`&copy=` stays as it is).
 */
export function decodeValue(raw: string): string {
  return DIFFERS.test(raw) ? decodeHTMLAttribute(normalise(raw)) : raw;
}

/** The same for text. */
export function decodeText(raw: string): string {
  return DIFFERS.test(raw) ? decodeHTML(normalise(raw)) : raw;
}

function normalise(raw: string): string {
  return raw.replace(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD');
}

/** A decoded value that knows where each of its characters stands in the document. */
export interface TracedValue {
  readonly text: string;
  /** Document offset of a character of `text`; of `text.length`, the end. */
  sourceOf(index: number): number;
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
  return NOT_COLLAPSED.test(text) ? text.replace(/\s+/g, ' ').trim() : text;
}

/** A blank at either end, two in a row, or one that is no space. */
const NOT_COLLAPSED = /^\s|\s$|\s\s|[^\S ]/;

/** Lower-case tokens of a blank-separated attribute such as `rel`. */
export function tokens(value: string): string[] {
  return value.toLowerCase().match(/[^\t\n\f\r ]+/g) ?? [];
}
