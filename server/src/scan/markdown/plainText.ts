/** The text of a link as a reader sees it: escapes, references and code resolved, marks of emphasis and HTML tags gone. */
import { isPunctuation, isWhitespace } from './chars.ts';
import { collapse } from './values.ts';

/** A stretch of link content that is not shown as it is written. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  /** What a reader sees instead; for a run of `*`, `_` or `~` what is left of it is found when it is rendered. */
  readonly text: string;
  readonly kind: 'text' | 'image' | 'run';
}

interface Run {
  readonly piece: Piece;
  readonly code: number;
  readonly length: number;
  readonly opens: boolean;
  readonly closes: boolean;
  left: number;
}

/**
 * Renders a stretch of text.
 *
 * @param pieces in order, from index `first` on those inside the stretch
 * @param images how many characters of the text of each image to show; 0 leaves images out
 */
export function renderText(text: string, start: number, end: number, pieces: readonly Piece[], first: number, images: number): string {
  if (pieces.length <= first) return collapse(text.slice(start, end));
  const runs = matchRuns(text, start, end, pieces, first);
  const shown: string[] = [];
  let at = start;
  let run = 0;
  for (let index = first; index < pieces.length; index++) {
    const piece = pieces[index];
    if (piece === undefined) break;
    if (piece.start > at) shown.push(text.slice(at, piece.start));
    if (piece.kind === 'run') shown.push(text.slice(piece.start, piece.start + (runs[run++]?.left ?? 0)));
    else if (piece.kind === 'text') shown.push(piece.text);
    else if (images > 0) shown.push(piece.text.slice(0, images));
    at = piece.end;
  }
  shown.push(text.slice(at, end));
  return collapse(shown.join(''));
}

/** Finds which marks of emphasis and strikethrough pair up. CommonMark appendix, "process emphasis". */
function matchRuns(text: string, start: number, end: number, pieces: readonly Piece[], first: number): Run[] {
  const runs: Run[] = [];
  for (let index = first; index < pieces.length; index++) {
    const piece = pieces[index];
    if (piece?.kind === 'run') runs.push(readRun(text, start, end, piece));
  }
  const open: Run[] = [];
  for (const closer of runs) {
    if (closer.closes) closeRun(open, closer);
    if (closer.opens && closer.left > 0) open.push(closer);
  }
  return runs;
}

/** Depth of the search for an opener; deeper ones are left unmatched so that a text of marks only stays linear. */
const DEEPEST_SEARCH = 64;

function closeRun(open: Run[], closer: Run): void {
  let depth = open.length - 1;
  const floor = Math.max(0, open.length - DEEPEST_SEARCH);
  while (closer.left > 0 && depth >= floor) {
    const opener = open[depth];
    if (opener === undefined) return;
    if (!pairs(opener, closer)) {
      depth--;
      continue;
    }
    const taken = closer.code === 126 ? closer.left : closer.left > 1 && opener.left > 1 ? 2 : 1;
    opener.left -= taken;
    closer.left -= taken;
    open.length = opener.left > 0 ? depth + 1 : depth;
    if (opener.left === 0) depth--;
  }
}

function pairs(opener: Run, closer: Run): boolean {
  if (opener.code !== closer.code) return false;
  if (closer.code === 126) return opener.length === closer.length && closer.length <= 2;
  const both = opener.closes || closer.opens;
  return !both || (opener.length + closer.length) % 3 !== 0 || (opener.length % 3 === 0 && closer.length % 3 === 0);
}

function readRun(text: string, start: number, end: number, piece: Piece): Run {
  const before = piece.start > start ? text.charCodeAt(piece.start - 1) : 32;
  const after = piece.end < end ? text.charCodeAt(piece.end) : 32;
  const code = text.charCodeAt(piece.start);
  const spaceBefore = isWhitespace(before);
  const spaceAfter = isWhitespace(after);
  const markBefore = isPunctuation(before);
  const markAfter = isPunctuation(after);
  const left = !spaceAfter && (!markAfter || spaceBefore || markBefore);
  const right = !spaceBefore && (!markBefore || spaceAfter || markAfter);
  const underscore = code === 95;
  const length = piece.end - piece.start;
  return {
    piece,
    code,
    length,
    opens: underscore ? left && (!right || markBefore) : left,
    closes: underscore ? right && (!left || markAfter) : right,
    left: length,
  };
}
