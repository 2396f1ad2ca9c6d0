/** The bytes of an archive file, inflated where it is gzip: many members or one stream alike. */
import { createReadStream } from 'node:fs';
import { createGunzip, type Gunzip } from 'node:zlib';
import { BacklinkLensError } from '../../../util/errors.ts';
import type { ReadOptions } from '../capture.ts';

const CHUNK = 1 << 17;

/**
 * Reads a file in pieces.
 *
 * @throws BacklinkLensError input.truncated after the last good bytes of a truncated or corrupt gzip file
 */
export async function* archiveBytes(file: string, options: ReadOptions): AsyncGenerator<Buffer, void, void> {
  const chunks = createReadStream(file, { highWaterMark: CHUNK, signal: options.signal });
  let inflate: Inflate | null | undefined;
  for await (const chunk of chunks as AsyncIterable<Buffer>) {
    options.onBytes(chunk.length);
    inflate ??= isGzip(chunk) ? new Inflate() : null;
    if (inflate === null) yield chunk;
    else yield* inflate.write(chunk);
  }
  if (inflate) yield* inflate.end();
}

function isGzip(chunk: Buffer): boolean {
  return chunk[0] === 0x1f && chunk[1] === 0x8b;
}

/**
 * An inflater driven by hand: a stream pipeline throws away what it holds when it fails, and here that is what was read before the damage.
 */
class Inflate {
  readonly #stream: Gunzip = createGunzip({ chunkSize: CHUNK });
  #ready: Buffer[] = [];
  #failure: Error | null = null;

  constructor() {
    this.#stream.on('data', (data: Buffer) => this.#ready.push(data));
    this.#stream.on('error', (error) => {
      this.#failure = error;
    });
  }

  async *write(chunk: Buffer): AsyncGenerator<Buffer, void, void> {
    await new Promise<void>((resolve) => this.#stream.write(chunk, () => resolve()));
    yield* this.#drain();
  }

  async *end(): AsyncGenerator<Buffer, void, void> {
    await new Promise<void>((resolve) => {
      this.#stream.once('end', resolve);
      this.#stream.once('error', () => resolve());
      this.#stream.end();
    });
    yield* this.#drain();
  }

  *#drain(): Generator<Buffer, void, void> {
    const ready = this.#ready;
    this.#ready = [];
    yield* ready;
    if (this.#failure !== null)
      throw new BacklinkLensError('input.truncated', `is truncated or damaged (${this.#failure.message})`, { cause: this.#failure });
  }
}
