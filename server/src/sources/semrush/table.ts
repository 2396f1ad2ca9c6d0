/**
 * Semrush's reports: lines with semicolons under a header of column ids. Cells are quoted only at times, so that a title or a link text can hold
 * semicolons and lone quotes of its own (seen in replies that users recorded).
 */
import { parse } from 'csv-parse/sync';
import type { BacklinkLensError } from '../../util/errors.ts';
import { sourceError } from '../../util/errors.ts';

/** One line, by column. */
export type Line = ReadonlyMap<string, string>;

/** Puts a line together again that has more cells than there are columns; null where that cannot be done. */
export type Mend = (cells: readonly string[]) => readonly string[] | null;

/**
 * Reads a report.
 *
 * @param columns asked for, in that order: a reply has all of them, in any order
 * @param mend for lines with too many cells; only asked where the columns come in the order asked
 * @throws BacklinkLensError source.bad-reply where it is no such table
 */
export function readTable(text: string, columns: readonly string[], host: string, mend: Mend = () => null): readonly Line[] {
  const [first = '', ...lines] = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const header = first.split(';').map((name) => name.trim().toLowerCase());
  if (columns.some((column) => !header.includes(column))) throw noTable(text, host);
  const inOrder = header.length === columns.length && columns.every((column, index) => header[index] === column);
  return cellsOf(lines, header.length).map((cells, index) => {
    const whole = cells.length > header.length && inOrder ? mend(cells) : cells;
    if (whole === null || whole.length !== header.length) {
      throw sourceError('bad-reply', `${host} sent a table that is cut off or damaged in line ${index + 2}. Try again later.`);
    }
    return new Map(header.map((column, at) => [column, whole[at] ?? '']));
  });
}

/** The failure for a reply that is no table: says what came instead, without its contents. */
export function noTable(text: string, host: string): BacklinkLensError {
  const start = text.trimStart().charAt(0);
  const what = start === '' ? 'an empty reply' : start === '<' ? 'a web page' : 'something cut off or damaged';
  return sourceError('bad-reply', `${host} sent ${what} where a table belongs. Check the address of the endpoint.`);
}

/** As CSV where the quotes add up and every record is a line; else cut at each semicolon. */
function cellsOf(lines: readonly string[], width: number): readonly (readonly string[])[] {
  const asCsv = parsed(lines.join('\n'));
  if (asCsv !== null && asCsv.length === lines.length && asCsv.every((cells) => cells.length >= width)) return asCsv;
  return lines.map((line) => line.split(';').map(unquoted));
}

function parsed(text: string): readonly (readonly string[])[] | null {
  try {
    return parse(text, { delimiter: ';', relax_column_count: true, skip_empty_lines: true });
  } catch {
    return null;
  }
}

function unquoted(cell: string): string {
  return cell.length >= 2 && cell.startsWith('"') && cell.endsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
}
