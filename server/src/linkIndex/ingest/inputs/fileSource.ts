/** A file as an input. */
import { createReadStream } from 'node:fs';
import type { InputSource } from './inputReader.ts';

const CHUNK = 1 << 17;

/**
 * @param size bytes, where they are known already
 * @param modified epoch milliseconds, where they are known
 */
export function fileSource(file: string, size: number | null = null, modified: number | null = null): InputSource {
  return { name: file, size, modified, bytes: (signal) => createReadStream(file, { highWaterMark: CHUNK, signal }) as AsyncIterable<Buffer> };
}
