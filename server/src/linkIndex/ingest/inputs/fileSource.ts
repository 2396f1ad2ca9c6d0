/** A file as an input. */
import { createReadStream } from 'node:fs';
import type { InputSource } from './inputReader.ts';

const CHUNK = 1 << 17;

/** @param size bytes, where they are known already */
export function fileSource(file: string, size: number | null = null): InputSource {
  return { name: file, size, bytes: (signal) => createReadStream(file, { highWaterMark: CHUNK, signal }) as AsyncIterable<Buffer> };
}
