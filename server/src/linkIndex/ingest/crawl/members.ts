/** The records of a crawl's own archive, one gzip member each, with where they lie: to go on behind the last whole one, and to read one again. */
import { type FileHandle, open } from 'node:fs/promises';
import { crc32, inflateRawSync } from 'node:zlib';
import type { Found } from '../found.ts';
import { ByteQueue } from '../warc/byteQueue.ts';
import { readContent } from '../warc/content.ts';
import { readRecords, type WarcRecord } from '../warc/records.ts';

export interface Member {
  readonly start: number;
  /** Where the next one begins. */
  readonly end: number;
  /** The record as it was written. */
  readonly bytes: Buffer;
}

/** What Node's gzip writes before the deflated data (RFC 1952, section 2.3): no name, no comment, no extra field. */
const HEADER = 10;
/** Checksum and length after it. */
const TRAILER = 8;
/** Bytes that are read at first: for one record, and for many. */
const ONE = 1 << 16;
const MANY = 1 << 20;
/** No record of a crawl is longer, deflated or not. */
const LARGEST = 128 << 20;

/** The whole members from the beginning on; ends before the first that is cut or damaged. */
export async function* readMembers(file: string, signal: AbortSignal): AsyncGenerator<Member, void, void> {
  const handle = await open(file, 'r');
  try {
    let window: Buffer = Buffer.alloc(0);
    for (let at = 0, from = 0; ; ) {
      signal.throwIfAborted();
      let member = inflate(window.subarray(at - from), at);
      if (member === null) {
        [member, window] = await memberAt(handle, at, MANY);
        from = at;
      }
      if (member === null) return;
      yield member;
      at = member.end;
    }
  } finally {
    await handle.close();
  }
}

/** The member that starts there; null where none does. */
export async function readMember(file: string, at: number): Promise<Member | null> {
  const handle = await open(file, 'r');
  try {
    return (await memberAt(handle, at, ONE))[0];
  } finally {
    await handle.close();
  }
}

/** The one record that a member holds. */
export async function recordIn(bytes: Buffer): Promise<WarcRecord | null> {
  const records = readRecords(new ByteQueue(once(bytes)));
  // Not a loop: ending it would take the record's block away with it.
  return (await records.next()).value ?? null;
}

/** What a record says of a page: exactly what the index will read. */
export async function foundIn(bytes: Buffer): Promise<Found> {
  const record = await recordIn(bytes);
  return record === null ? null : await readContent(record);
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer, void, void> {
  yield bytes;
}

/** Reads until a member is whole, and gives what was read with it. */
async function memberAt(handle: FileHandle, start: number, first: number): Promise<[member: Member | null, window: Buffer]> {
  for (let size = first; size <= LARGEST; size *= 4) {
    const window = await readUpTo(handle, start, size);
    const member = inflate(window, start);
    if (member !== null || window.length < size) return [member, window];
  }
  return [null, Buffer.alloc(0)];
}

/** Fewer bytes only at the end of the file: one read may give less than there is. */
async function readUpTo(handle: FileHandle, start: number, size: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(size);
  for (let length = 0; ; ) {
    const { bytesRead } = await handle.read(bytes, length, size - length, start + length);
    length += bytesRead;
    if (bytesRead === 0 || length === size) return bytes.subarray(0, length);
  }
}

function inflate(window: Buffer, start: number): Member | null {
  if (window.length <= HEADER + TRAILER || window.readUInt32BE(0) >>> 8 !== 0x1f8b08 || window[3] !== 0) return null;
  try {
    const { buffer, engine } = inflateRawSync(window.subarray(HEADER), { info: true, maxOutputLength: LARGEST }) as unknown as Inflated;
    const end = HEADER + engine.bytesWritten;
    if (window.length < end + TRAILER || window.readUInt32LE(end) !== crc32(buffer) || window.readUInt32LE(end + 4) !== buffer.length) return null;
    return { start, end: start + end + TRAILER, bytes: buffer };
  } catch {
    return null;
  }
}

/** What `info: true` gives; Node's types do not know it. */
interface Inflated {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}
