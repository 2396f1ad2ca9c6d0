/**
 * The records of a WARC file. Format: ISO 28500 (WARC 1.0 and 1.1, and the drafts 0.17 and 0.18), read as leniently as real archives need:
 * header lines ended by LF alone, target URIs in angle brackets or with blanks, wrong block lengths.
 */
import { BacklinkLensError } from '../../../util/errors.ts';
import type { ByteQueue } from './byteQueue.ts';

/** Named fields with lower-case names; of a repeated field the last. */
export type Fields = ReadonlyMap<string, string>;

export interface WarcRecord {
  readonly type: string;
  /** Null where the record has none. */
  readonly targetUri: string | null;
  /** Epoch milliseconds; null where there is no readable date. */
  readonly date: number | null;
  readonly fields: Fields;
  readonly length: number;
  /** The block, once; null when it is longer than `limit` bytes. Unread blocks are skipped. */
  block(limit: number): Promise<Buffer | null>;
}

const VERSION = /^WARC\/\d+\.\d+$/;

/**
 * Reads records in file order. After a block whose length is wrong it goes on at the next version line.
 *
 * @throws BacklinkLensError input.not-an-archive, input.truncated; the messages are to follow the file's name
 */
export async function* readRecords(queue: ByteQueue): AsyncGenerator<WarcRecord, void, void> {
  let first = true;
  while (await nextVersionLine(queue, first)) {
    first = false;
    const fields = await readFields(() => queue.line());
    if (fields === null) throw truncated();
    const length = Number.parseInt(fields.get('content-length') ?? '0', 10);
    const left = { bytes: Number.isFinite(length) && length > 0 ? length : 0 };
    yield recordOf(fields, left, queue);
    if (!(await queue.skip(left.bytes))) throw truncated();
  }
}

async function nextVersionLine(queue: ByteQueue, first: boolean): Promise<boolean> {
  for (;;) {
    const line = await queue.line();
    if (line === null) {
      if (first) throw notAnArchive();
      return false;
    }
    if (VERSION.test(line.trim())) return true;
    if (first && line.trim() !== '') throw notAnArchive();
  }
}

/**
 * Reads `name: value` lines up to an empty one. A line that starts with a blank continues the one before.
 *
 * @returns null when the lines end before the empty one
 */
async function readFields(nextLine: () => Promise<string | null>): Promise<Fields | null> {
  const fields = new Map<string, string>();
  let name = '';
  for (;;) {
    const line = await nextLine();
    if (line === null) return null;
    if (line === '') return fields;
    const colon = line.indexOf(':');
    if (/^[ \t]/.test(line)) fields.set(name, `${fields.get(name) ?? ''} ${line.trim()}`);
    else if (colon > 0) {
      name = line.slice(0, colon).trim().toLowerCase();
      fields.set(name, line.slice(colon + 1).trim());
    }
  }
}

function recordOf(fields: Fields, left: { bytes: number }, queue: ByteQueue): WarcRecord {
  const uri = fields.get('warc-target-uri');
  const date = Date.parse(fields.get('warc-date') ?? '');
  return {
    type: (fields.get('warc-type') ?? '').toLowerCase(),
    targetUri: uri === undefined ? null : uri.replace(/^<(.*)>$/, '$1').trim(),
    date: Number.isNaN(date) ? null : date,
    fields,
    length: left.bytes,
    async block(limit) {
      if (left.bytes > limit) return null;
      const wanted = left.bytes;
      left.bytes = 0;
      const block = await queue.take(wanted);
      if (block === null) throw truncated();
      return block;
    },
  };
}

function notAnArchive(): BacklinkLensError {
  return new BacklinkLensError('input.not-an-archive', 'is not a WARC file: it does not start with a WARC version line');
}

function truncated(): BacklinkLensError {
  return new BacklinkLensError('input.truncated', 'ends in the middle of a record');
}
