/**
 * The records of a WARC file. Format: ISO 28500 (WARC 1.0 and 1.1, and the drafts 0.17 and 0.18), read as leniently as real archives need:
 * header lines ended by LF alone, target URIs in angle brackets or with blanks, wrong block lengths.
 */
import { BacklinkLensError } from '../../../util/errors.ts';
import type { ByteQueue } from './byteQueue.ts';

/** Named fields with lower-case names; of a repeated field the last. */
export type Fields = ReadonlyMap<string, string>;

export interface WarcRecord {
  /** In lower case; empty where the record has none. */
  readonly type: string;
  readonly fields: Fields;
  /** The block, once; null when it is longer than `limit` bytes. Unread blocks are skipped. */
  block(limit: number): Promise<Buffer | null>;
}

const VERSION = /^WARC\/\d+\.\d+\s*$/;
/** What stands behind a block of the right length: the next record, or nothing. */
const BOUNDARY = /^[\r\n]*(?:WARC\/\d|$)/;
const BOUNDARY_BYTES = 16;
/** Room for the first two lines of a record. */
const AHEAD_BYTES = 128;
/** How far a wrong length is searched for the record it reaches into: line ends of a page, or all that is left of a file. */
const REACH = 1 << 14;
const REACH_AT_END = 1 << 20;
/** A record's first two lines, in a block that is too long. */
const NEXT_RECORD = /^WARC\/\d+\.\d+\r?\n[A-Za-z-]+:/;
/** Unread blocks up to this length are looked at all the same: a wrong length may hide records in them. */
const LOOKED_AT = 1 << 16;

/**
 * Reads records in file order. After a block that is longer than its length says it goes on at the next version line; a block whose length
 * reaches into records behind it (ClueWeb09 counts line ends it does not have) is cut where they begin.
 *
 * @throws BacklinkLensError input.not-an-archive, input.truncated; the messages are to follow the file's name
 */
export async function* readRecords(queue: ByteQueue): AsyncGenerator<WarcRecord, void, void> {
  let first = true;
  while (await nextVersionLine(queue, first)) {
    first = false;
    const fields = await readFields(queue);
    if (fields === null) throw truncated();
    const length = Number.parseInt(fields.get('content-length') ?? '0', 10);
    const left = { bytes: Number.isFinite(length) && length > 0 ? length : 0 };
    yield recordOf(fields, left, queue);
    if (left.bytes > LOOKED_AT) {
      if (!(await queue.skip(left.bytes))) throw truncated();
    } else if (left.bytes > 0) await takeBlock(queue, left.bytes);
  }
}

async function nextVersionLine(queue: ByteQueue, first: boolean): Promise<boolean> {
  for (;;) {
    const line = queue.heldLine() ?? (await queue.line());
    if (line === null) {
      if (first) throw notAnArchive();
      return false;
    }
    if (VERSION.test(line)) return true;
    if (first && line.trim() !== '') throw notAnArchive();
  }
}

/**
 * Reads `name: value` lines up to an empty one. A line that starts with a blank continues the one before.
 *
 * @returns null when the lines end before the empty one
 */
async function readFields(queue: ByteQueue): Promise<Fields | null> {
  const fields = new Map<string, string>();
  let name = '';
  for (;;) {
    const line = queue.heldLine() ?? (await queue.line());
    if (line === null) return null;
    if (line === '') return fields;
    const colon = line.indexOf(':');
    if (line.startsWith(' ') || line.startsWith('\t')) fields.set(name, `${fields.get(name) ?? ''} ${line.trim()}`);
    else if (colon > 0) {
      name = line.slice(0, colon).trim().toLowerCase();
      fields.set(name, line.slice(colon + 1).trim());
    }
  }
}

/**
 * @returns less than `length` where another record begins before, or the file ends before with the empty line that ends a record
 * @throws BacklinkLensError input.truncated
 */
async function takeBlock(queue: ByteQueue, length: number): Promise<Buffer> {
  const block = await queue.take(length);
  const complete = block.length === length;
  if (complete && BOUNDARY.test((await queue.peek(BOUNDARY_BYTES)).toString('latin1'))) return block;
  const searched = Math.max(0, length - (complete ? REACH : REACH_AT_END));
  const next = nextRecordIn(Buffer.concat([block.subarray(searched), await queue.peek(AHEAD_BYTES)]));
  if (next >= 0 && searched + next < block.length) {
    queue.giveBack(block.subarray(searched + next));
    return block.subarray(0, searched + next);
  }
  if (!complete && !/\n\r?\n$/.test(block.toString('latin1', block.length - 4))) throw truncated();
  return block;
}

/** Where a record begins at the start of a line; -1 where none does. */
function nextRecordIn(bytes: Buffer): number {
  for (let at = bytes.indexOf('\nWARC/'); at >= 0; at = bytes.indexOf('\nWARC/', at + 1)) {
    if (NEXT_RECORD.test(bytes.toString('latin1', at + 1, at + 1 + AHEAD_BYTES))) return at + 1;
  }
  return -1;
}

function recordOf(fields: Fields, left: { bytes: number }, queue: ByteQueue): WarcRecord {
  return {
    type: (fields.get('warc-type') ?? '').toLowerCase(),
    fields,
    async block(limit) {
      if (left.bytes > limit) return null;
      const wanted = left.bytes;
      left.bytes = 0;
      return await takeBlock(queue, wanted);
    },
  };
}

function notAnArchive(): BacklinkLensError {
  return new BacklinkLensError('input.not-an-archive', 'is not a WARC file: it does not start with a WARC version line');
}

function truncated(): BacklinkLensError {
  return new BacklinkLensError('input.truncated', 'ends in the middle of a record');
}
