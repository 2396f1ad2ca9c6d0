/** The records of an export, one after another, in bounded memory. */
import { Readable } from 'node:stream';
import { type CsvError, parse } from 'csv-parse';
import { BacklinkLensError } from '../../../util/errors.ts';
import { TextPieces } from './encoding.ts';
import { type Layout, PARSING } from './layout.ts';

/**
 * Parses the rows of a table.
 *
 * @param chunks the bytes of the file, from the first on
 * @throws BacklinkLensError input.truncated where a quote is never closed, after the rows before it; what `chunks` throws
 */
export async function* recordsOf(chunks: AsyncIterable<Uint8Array>, layout: Layout): AsyncGenerator<string[], void, void> {
  let failure: unknown;
  const text = Readable.from(textOf(chunks, layout));
  const parser = parse({ ...PARSING, delimiter: layout.delimiter });
  // Kept apart from the parser's own errors, whose class would hide them.
  text.on('error', (error) => {
    failure = error;
    parser.destroy(error);
  });
  text.pipe(parser);
  let skip = layout.skip;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      if (skip > 0) skip--;
      // Files that were put together have their header again between the rows.
      else if (!isHeader(record, layout.header)) yield record;
    }
  } catch (error) {
    throw failure ?? brokenTable(error);
  } finally {
    text.destroy();
    parser.destroy();
  }
}

function isHeader(record: readonly string[], header: readonly string[]): boolean {
  return record.length === header.length && record.every((cell, at) => cell === header[at]);
}

async function* textOf(chunks: AsyncIterable<Uint8Array>, { encoding }: Layout): AsyncGenerator<string, void, void> {
  const pieces = new TextPieces(encoding);
  for await (const chunk of chunks) {
    const piece = pieces.next(chunk);
    if (piece !== '') yield piece;
  }
  const rest = pieces.end();
  if (rest !== '') yield rest;
}

function brokenTable(error: unknown): unknown {
  if (!isCsvError(error)) return error;
  const line = typeof error['lines'] === 'number' ? ` near line ${error['lines'].toLocaleString('en')}` : '';
  const what = error.code === 'CSV_MAX_RECORD_SIZE' || error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'a quote is opened and never closed' : error.message;
  return new BacklinkLensError('input.truncated', `is cut off or damaged${line}: ${what}`, { cause: error });
}

function isCsvError(error: unknown): error is CsvError & { readonly [key: string]: unknown } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('CSV_');
}
