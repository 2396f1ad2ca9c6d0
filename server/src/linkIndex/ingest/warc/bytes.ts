/** The bytes of an archive file, inflated where it is gzip: many members or one stream alike. */
import { BacklinkLensError } from '../../../util/errors.ts';
import type { ReadOptions } from '../capture.ts';
import type { InputSource } from '../inputs/inputReader.ts';
import { Inflate } from './inflate.ts';

/** What is fed at a time near a damage: what a corrupt slice inflates to is lost with it. */
const SLICE = 64;

/**
 * Reads an archive in pieces. A corrupt one is read a second time up to the damage: the engine throws away what it made of the step it fails
 * in, so that step has to be a small one.
 *
 * @throws BacklinkLensError input.truncated after the last good bytes of a truncated or corrupt gzip file
 */
export async function* archiveBytes(source: InputSource, options: ReadOptions): AsyncGenerator<Buffer, void, void> {
  let read = 0;
  let lastChunk = 0;
  let given = 0;
  const onBytes = (bytes: number): void => {
    lastChunk = bytes;
    read += bytes;
    options.onBytes(bytes);
  };
  try {
    for await (const piece of inflated(source, { ...options, onBytes }, Number.POSITIVE_INFINITY)) {
      yield piece;
      given += piece.length;
    }
  } catch (error) {
    if (!isCorrupt(error)) throw error;
    for await (const piece of inflated(source, { ...options, onBytes: () => {} }, read - lastChunk)) {
      if (given < piece.length) yield piece.subarray(given);
      given = Math.max(0, given - piece.length);
    }
    throw error;
  }
}

/** A file that only ends too early has given all it holds. */
function isCorrupt(error: unknown): boolean {
  const cause = BacklinkLensError.is(error, 'input.truncated') ? error.cause : null;
  return cause instanceof Error && 'code' in cause && cause.code !== 'Z_BUF_ERROR';
}

/** @param slicedFrom offset in the file from which it is fed in slices */
async function* inflated(source: InputSource, options: ReadOptions, slicedFrom: number): AsyncGenerator<Buffer, void, void> {
  let inflate: Inflate | null | undefined;
  let offset = 0;
  try {
    for await (const chunk of source.bytes(options.signal)) {
      options.onBytes(chunk.length);
      inflate ??= isGzip(chunk) ? new Inflate() : null;
      if (inflate === null) yield chunk;
      else {
        for (const part of parts(chunk, slicedFrom - offset)) {
          yield* await inflate.write(part);
          inflate.check();
        }
      }
      offset += chunk.length;
    }
    if (!inflate) return;
    yield* await inflate.end();
    inflate.check();
  } finally {
    inflate?.close();
  }
}

function* parts(chunk: Buffer, whole: number): Generator<Buffer, void, void> {
  if (whole > 0) yield chunk.subarray(0, whole);
  for (let at = Math.max(0, whole); at < chunk.length; at += SLICE) yield chunk.subarray(at, at + SLICE);
}

function isGzip(chunk: Buffer): boolean {
  return chunk[0] === 0x1f && chunk[1] === 0x8b;
}
