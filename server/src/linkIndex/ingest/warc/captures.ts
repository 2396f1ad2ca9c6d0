/**
 * A WARC or WAT file to captures: 2xx HTML responses and resources are pages, 3xx with a usable Location are redirects, 404 and 410 are gone,
 * revisits are unchanged; the rest is passed over.
 */
import { BacklinkLensError, isAbort } from '../../../util/errors.ts';
import type { Capture } from '../../store.ts';
import type { CaptureReader, ReadOptions, ReadProblem } from '../capture.ts';
import type { InputSource } from '../inputs/inputReader.ts';
import { ahead } from './ahead.ts';
import { ByteQueue } from './byteQueue.ts';
import { archiveBytes } from './bytes.ts';
import { readContent } from './content.ts';
import { Copies } from './copies.ts';
import { readRecords, type WarcRecord } from './records.ts';

/**
 * Reads the captures of one archive, plain or gzip. Where pages of it are copies of others it is read a second time, for what those hold:
 * their content then stands at two addresses, and relative links lead to two places.
 */
export async function* readWarc(source: InputSource, options: ReadOptions): CaptureReader {
  const copies = new Copies();
  let captures = 0;
  let records = 0;
  try {
    for await (const record of recordsOf(source, options)) {
      records++;
      const capture = await captureOf(record, copies);
      if (capture === null) continue;
      captures++;
      yield capture;
    }
    yield* copiedPages(source, options, copies);
    return { problem: null, note: copies.note() ?? (captures === 0 ? noCapture(records) : null) };
  } catch (error) {
    if (isAbort(error) || options.signal.aborted) throw error;
    return { problem: problemOf(source.name, error, captures) };
  }
}

async function* recordsOf(source: InputSource, options: ReadOptions): AsyncGenerator<WarcRecord, void, void> {
  const pieces = archiveBytes(source, options);
  const queue = new ByteQueue(options.ahead === true ? ahead(pieces) : pieces);
  try {
    for await (const record of readRecords(queue)) {
      options.signal.throwIfAborted();
      yield record;
    }
  } finally {
    await queue.close();
  }
}

async function captureOf(record: WarcRecord, copies: Copies): Promise<Capture | null> {
  const found = await readContent(record);
  if (found === null) return null;
  if (found.kind === 'capture') return found.capture;
  if (found.kind === 'page') return { kind: 'page', page: found.page.read(found.page.visit) };
  copies.add(found.copy);
  return null;
}

async function* copiedPages(source: InputSource, options: ReadOptions, copies: Copies): AsyncGenerator<Capture, void, void> {
  if (copies.open === 0) return;
  for await (const record of recordsOf(source, { ...options, onBytes: () => {} })) {
    if (!copies.mayHold(record)) continue;
    const found = await readContent(record);
    if (found?.kind !== 'page') continue;
    for (const visit of copies.takeFor(found.page)) yield { kind: 'page', page: found.page.read(visit) };
    if (copies.open === 0) return;
  }
}

/** A file of requests or of plain texts (WET) is a good archive with nothing in it for us. */
function noCapture(records: number): string {
  const which =
    records === 1
      ? 'Its only record is no page, no redirect, and no'
      : `None of its ${records.toLocaleString('en')} records is a page, a redirect, or a`;
  return `${which} page that is gone.`;
}

function problemOf(file: string, error: unknown, captures: number): ReadProblem {
  const kept = `What came before is in the index (${captures.toLocaleString('en')} ${captures === 1 ? 'capture' : 'captures'}).`;
  if (BacklinkLensError.is(error, 'input.not-an-archive')) {
    return { code: error.code, message: `${file} ${error.message}. Name a .warc or .warc.gz file, or a folder.` };
  }
  if (BacklinkLensError.is(error))
    return { code: error.code, message: `${file} ${error.message}. ${kept} Fetch the file again and rebuild for the rest.` };
  return { code: 'input.unreadable', message: `${file} could not be read: ${error instanceof Error ? error.message : String(error)}. ${kept}` };
}
