/** Link reference definitions at the start of a paragraph. CommonMark 4.7. */
import { copy } from '../html/detach.ts';
import { isBlank, skipBlanks, skipBlanksAndEols } from './chars.ts';
import { type Destination, readDestination, readLabel, readTitle, TitleMemo } from './resource.ts';
import { decodeString, normalizeLabel } from './values.ts';

/** One definition; offsets are those of the text it was read from. */
export interface DefinitionSite {
  /** The normalised label. */
  readonly key: string;
  readonly label: string;
  readonly url: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Reads the definitions at the start of a paragraph's text.
 *
 * @param found receives them in order
 * @returns the offset at which the rest of the paragraph starts; `end` when there is none
 */
export function readDefinitions(text: string, start: number, end: number, found: DefinitionSite[]): number {
  let at = start;
  const memo = new TitleMemo();
  const destination: Destination = { start: 0, end: 0, next: 0 };
  while (at < end) {
    const open = skipBlanks(text, at, end);
    if (text.charCodeAt(open) !== 91) return at;
    const labelEnd = readLabel(text, open, end);
    if (labelEnd < 0 || labelEnd >= end || text.charCodeAt(labelEnd) !== 58) return at;
    if (!readDestination(text, skipBlanksAndEols(text, labelEnd + 1, end), end, false, destination)) return at;
    const next = definitionEnd(text, destination.next, end, memo);
    if (next < 0) return at;
    const label = copy(text.slice(open + 1, labelEnd - 1));
    found.push({
      key: normalizeLabel(label),
      label,
      url: copy(decodeString(text.slice(destination.start, destination.end))),
      start: destination.start,
      end: destination.end,
    });
    at = next;
  }
  return at;
}

/** Offset after the line on which the definition ends, with its title if that closes its line; -1 when other text follows. */
function definitionEnd(text: string, from: number, end: number, memo: TitleMemo): number {
  const title = skipBlanksAndEols(text, from, end);
  if (title > from && title < end) {
    const close = readTitle(text, title, end, memo);
    if (close >= 0) {
      const after = lineEnd(text, close, end);
      if (after >= 0) return after;
    }
  }
  return lineEnd(text, from, end);
}

function lineEnd(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && isBlank(text.charCodeAt(at))) at++;
  if (at >= end) return end;
  const code = text.charCodeAt(at);
  if (code === 13) return text.charCodeAt(at + 1) === 10 ? at + 2 : at + 1;
  return code === 10 ? at + 1 : -1;
}
