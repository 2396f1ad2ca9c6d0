/** GFM tables: the delimiter row, and rows cut into cells. GFM 4.10. */
import { isBlank, skipBlanks } from './chars.ts';

/** Cells of a delimiter row, `| :-- | --: |`; 0 when the line is none. It needs a `|` or `:`, else it underlines a heading. */
export function delimiterCells(text: string, from: number, end: number): number {
  let at = from;
  let cells = 0;
  let marked = false;
  if (text.charCodeAt(at) === 124) {
    marked = true;
    at = skipBlanks(text, at + 1, end);
  }
  while (at < end) {
    if (text.charCodeAt(at) === 58) {
      marked = true;
      at++;
    }
    const dashes = at;
    while (at < end && text.charCodeAt(at) === 45) at++;
    if (at === dashes) return 0;
    if (at < end && text.charCodeAt(at) === 58) {
      marked = true;
      at++;
    }
    cells++;
    at = skipBlanks(text, at, end);
    if (at >= end) break;
    if (text.charCodeAt(at) !== 124) return 0;
    marked = true;
    at = skipBlanks(text, at + 1, end);
  }
  return marked ? cells : 0;
}

/** Cells of a row; one that is nothing but a single `|` has none. */
export function countCells(text: string, from: number, end: number): number {
  let cells = 0;
  eachCell(text, from, end, () => {
    cells++;
  });
  return cells;
}

/** Calls back with start and end of the text of each cell of a row, blanks around it left out; empty cells are called too. */
export function eachCell(text: string, from: number, end: number, cell: (start: number, end: number) => void): void {
  let last = end;
  while (last > from && isBlank(text.charCodeAt(last - 1))) last--;
  let start = text.charCodeAt(from) === 124 ? from + 1 : from;
  let at = start;
  while (at < last) {
    const code = text.charCodeAt(at);
    if (code === 92) {
      const next = text.charCodeAt(at + 1);
      at += next === 92 || next === 124 ? 2 : 1;
    } else if (code === 124) {
      emit(text, start, at, cell);
      at++;
      start = at;
    } else {
      at++;
    }
  }
  if (start < last) emit(text, start, last, cell);
}

function emit(text: string, from: number, to: number, cell: (start: number, end: number) => void): void {
  const start = skipBlanks(text, from, to);
  let end = to;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  cell(start, end);
}
