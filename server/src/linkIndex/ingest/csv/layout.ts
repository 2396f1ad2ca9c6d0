/** What an export is, by its first kilobytes: encoding, delimiter, header, and whose export it is. */
import { parse } from 'csv-parse/sync';
import { columnName, type Places } from './columns.ts';
import { encodingOf, type TableEncoding, TextPieces } from './encoding.ts';
import { type LinkExport, type LinkRole, linkExportOf } from './linkExports.ts';
import type { Property } from './property.ts';
import { type ConsoleExport, consoleExportByRows, consoleExportOf } from './searchConsole.ts';

/** How both parsers read: quotes where they are meant, no line thrown away for its number of cells. */
export const PARSING = {
  relax_quotes: true,
  relax_column_count: true,
  skip_empty_lines: true,
  record_delimiter: ['\r\n', '\n', '\r'],
};

const DELIMITERS = ['\t', ',', ';', '|'] as const;
/** Moz writes some lines above its header, Excel one that names the delimiter. */
const HEADER_WITHIN = 20;
/** Rows after the header that tell what it does not. */
const SAMPLE = 50;

export type KnownExport =
  | { readonly of: 'links'; readonly kind: LinkExport; readonly places: Places<LinkRole> }
  | ({ readonly of: 'console' } & ConsoleExport);

export interface Layout {
  readonly encoding: TableEncoding;
  readonly delimiter: string;
  /** Records before the first row, the header among them. */
  readonly skip: number;
  /** As in the file. */
  readonly header: readonly string[];
  /** Null for a table that is no export we know. */
  readonly known: KnownExport | null;
  /** The first rows, as far as the head holds them. */
  readonly sample: readonly (readonly string[])[];
}

/**
 * Looks at the head of a file.
 *
 * @param head up to 64 KB
 * @param property names an export of Search Console whose language is not known
 * @returns null for what is no table of texts
 */
export function layoutOf(head: Uint8Array, property: Property | null = null): Layout | null {
  const encoding = encodingOf(head);
  const text = new TextPieces(encoding).next(head);
  if (text.trim() === '' || text.includes('\0') || looksLikeMarkup(text)) return null;
  const tables = DELIMITERS.map((delimiter) => ({ delimiter, records: firstRecords(text, delimiter) }));
  for (const { delimiter, records } of tables) {
    for (const [at, record] of records.slice(0, HEADER_WITHIN).entries()) {
      const known = knownExport(record);
      if (known !== null) return { encoding, delimiter, skip: at + 1, header: record, known, sample: records.slice(at + 1, at + 1 + SAMPLE) };
    }
  }
  return strangeTable(encoding, tables, property);
}

/** A table with a header that nobody knows: the delimiter that makes the most columns is taken. */
function strangeTable(
  encoding: TableEncoding,
  tables: readonly { delimiter: string; records: string[][] }[],
  property: Property | null,
): Layout | null {
  const width = ({ records }: { records: string[][] }): number => Math.min(records[0]?.length ?? 0, records[1]?.length ?? records[0]?.length ?? 0);
  const [best] = [...tables].sort((a, b) => width(b) - width(a));
  const header = best?.records[0];
  if (best === undefined || header === undefined) return null;
  const sample = best.records.slice(1, 1 + SAMPLE);
  // The last record of a head may be cut.
  const whole = sample.length > 1 ? sample.slice(0, -1) : sample;
  const found = property === null ? null : consoleExportByRows(whole, property);
  return { encoding, delimiter: best.delimiter, skip: 1, header, known: found === null ? null : { of: 'console', ...found }, sample };
}

function knownExport(record: readonly string[]): KnownExport | null {
  const header = record.map(columnName);
  const links = linkExportOf(header);
  if (links !== null) return { of: 'links', ...links };
  const found = consoleExportOf(header);
  return found === null ? null : { of: 'console', ...found };
}

function firstRecords(text: string, delimiter: string): string[][] {
  try {
    return parse(text, { ...PARSING, delimiter, to: HEADER_WITHIN + SAMPLE, skip_records_with_error: true });
  } catch {
    // A quote that the head does not close: the lines before it are enough.
    return text
      .split(/\r\n|\n|\r/)
      .slice(0, HEADER_WITHIN)
      .filter((line) => line !== '')
      .map((line) => line.split(delimiter).map((cell) => cell.replace(/^"|"$/g, '')));
  }
}

function looksLikeMarkup(text: string): boolean {
  return /^\s*(?:<[!?a-z]|[{[]|WARC\/|%PDF|PK)/i.test(text);
}
