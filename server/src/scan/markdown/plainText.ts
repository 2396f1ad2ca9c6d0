/** The text of a link as a reader sees it: escapes, references and code resolved, marks of emphasis and HTML tags gone. */
import { isPunctuation, isWhitespace } from './chars.ts';
import { collapse } from './values.ts';

export const [TEXT, IMAGE, RUN] = [0, 1, 2] as const;

/** A stretch of link content that is not shown as it is written: a link's text has up to a million of them, so it is one flat object. */
export interface Piece {
  readonly kind: number;
  readonly start: number;
  readonly end: number;
  /** What a reader sees instead; empty for a run of `*`, `_` or `~`. */
  readonly text: string;
  /** Of a run: how many marks no other run has used up, and whether it can open (1) and close (2) emphasis. */
  left: number;
  can: number;
}

/**
 * Renders a stretch of text.
 *
 * @param pieces in order, from index `first` on those inside the stretch
 * @param images how many characters of the text of each image to show; 0 leaves images out
 */
export function renderText(text: string, start: number, end: number, pieces: readonly Piece[], first: number, images: number): string {
  if (pieces.length <= first) return collapse(text.slice(start, end));
  matchRuns(text, start, end, pieces, first);
  const shown: string[] = [];
  let at = start;
  for (let index = first; index < pieces.length; index++) {
    const piece = pieces[index];
    if (piece === undefined) break;
    if (piece.start > at) shown.push(text.slice(at, piece.start));
    if (piece.kind === TEXT) shown.push(piece.text);
    else if (piece.kind === RUN) {
      if (piece.left > 0) shown.push(text.slice(piece.start, piece.start + piece.left));
    } else if (images > 0) shown.push(piece.text.slice(0, images));
    at = piece.end;
  }
  shown.push(text.slice(at, end));
  return collapse(shown.join(''));
}

const [OPENS, CLOSES] = [1, 2] as const;

/** Finds which marks of emphasis and strikethrough pair up. CommonMark appendix, "process emphasis". */
function matchRuns(text: string, start: number, end: number, pieces: readonly Piece[], first: number): void {
  const open: Piece[] = [];
  for (let index = first; index < pieces.length; index++) {
    const run = pieces[index];
    if (run?.kind !== RUN) continue;
    run.left = run.end - run.start;
    run.can = roles(text, start, end, run);
    if ((run.can & CLOSES) !== 0) closeRun(text, open, run);
    if ((run.can & OPENS) !== 0 && run.left > 0) open.push(run);
  }
}

/** Depth of the search for an opener; deeper ones are left unmatched so that a text of marks only stays linear. */
const DEEPEST_SEARCH = 64;

function closeRun(text: string, open: Piece[], closer: Piece): void {
  const code = text.charCodeAt(closer.start);
  let depth = open.length - 1;
  const floor = Math.max(0, open.length - DEEPEST_SEARCH);
  while (closer.left > 0 && depth >= floor) {
    const opener = open[depth];
    if (opener === undefined) return;
    if (text.charCodeAt(opener.start) !== code || !pairs(opener, closer, code)) {
      depth--;
      continue;
    }
    const taken = code === 126 ? closer.left : closer.left > 1 && opener.left > 1 ? 2 : 1;
    opener.left -= taken;
    closer.left -= taken;
    const kept = opener.left > 0 ? depth + 1 : depth;
    while (open.length > kept) open.pop();
    if (opener.left === 0) depth--;
  }
}

function pairs(opener: Piece, closer: Piece, code: number): boolean {
  const opened = opener.end - opener.start;
  const closed = closer.end - closer.start;
  if (code === 126) return opened === closed && closed <= 2;
  const both = (opener.can & CLOSES) !== 0 || (closer.can & OPENS) !== 0;
  return !both || (opened + closed) % 3 !== 0 || (opened % 3 === 0 && closed % 3 === 0);
}

/** Whether a run can open and close, by what stands around it. CommonMark 6.2, "left-flanking", "right-flanking". */
function roles(text: string, start: number, end: number, run: Piece): number {
  const before = run.start > start ? text.charCodeAt(run.start - 1) : 32;
  const after = run.end < end ? text.charCodeAt(run.end) : 32;
  const spaceBefore = isWhitespace(before);
  const spaceAfter = isWhitespace(after);
  const markBefore = isPunctuation(before);
  const markAfter = isPunctuation(after);
  const left = !spaceAfter && (!markAfter || spaceBefore || markBefore);
  const right = !spaceBefore && (!markBefore || spaceAfter || markAfter);
  const underscore = text.charCodeAt(run.start) === 95;
  const opens = left && (!underscore || !right || markBefore);
  const closes = right && (!underscore || !left || markAfter);
  return (opens ? OPENS : 0) | (closes ? CLOSES : 0);
}
