/** Tells by its first bytes what an input is. */
import { constants, gunzipSync } from 'node:zlib';
import type { InputReader } from './inputReader.ts';
import { READERS } from './readers.ts';

/** Bytes of an input that decide what it is. */
export const HEAD_BYTES = 1 << 16;

/**
 * The reader for an input.
 *
 * @param firstBytes as stored, HEAD_BYTES or all there are
 * @param name path or URL
 * @returns null for what no reader knows, an empty input among it
 */
export function recognise(firstBytes: Buffer, name: string): InputReader | null {
  const head = { bytes: inflatedHead(firstBytes), name };
  return READERS.find((reader) => reader.recognises(head)) ?? null;
}

/** What a gzip file begins with, as far as it can be read; other bytes as they are. */
export function inflatedHead(bytes: Buffer): Buffer {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  // A member cut anywhere gives what came before the cut; behind the first members the file may be cut anywhere too.
  for (const length of [bytes.length, bytes.length >> 1, 1024]) {
    try {
      const head = gunzipSync(bytes.subarray(0, length), { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 64 << 20 });
      return head.subarray(0, HEAD_BYTES);
    } catch {
      // A damaged member, or one that inflates to a mountain.
    }
  }
  return Buffer.alloc(0);
}
