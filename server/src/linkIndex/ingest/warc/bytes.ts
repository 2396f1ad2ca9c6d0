/** The bytes of an archive file, inflated where it is gzip: many members or one stream alike. */
import { createGunzip, type Gunzip } from 'node:zlib';
import { BacklinkLensError } from '../../../util/errors.ts';
import type { ReadOptions } from '../capture.ts';
import type { InputSource } from '../inputs/inputReader.ts';

const CHUNK = 1 << 17;
/** Fed to the inflater at a time: what a corrupt slice inflates to is lost with it. */
const SLICE = 1 << 14;

/**
 * Reads an archive in pieces.
 *
 * @throws BacklinkLensError input.truncated after the last good bytes of a truncated or corrupt gzip file
 */
export async function* archiveBytes(source: InputSource, options: ReadOptions): AsyncGenerator<Buffer, void, void> {
  let inflate: Inflate | null | undefined;
  for await (const chunk of source.bytes(options.signal)) {
    options.onBytes(chunk.length);
    inflate ??= isGzip(chunk) ? new Inflate() : null;
    if (inflate === null) yield chunk;
    else for (let at = 0; at < chunk.length; at += SLICE) yield* inflate.write(chunk.subarray(at, at + SLICE));
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
  /** Ends the step that is waited for: a stream that fails while it writes never calls back. */
  #stepDone = (): void => {};

  constructor() {
    this.#stream.on('data', (data: Buffer) => this.#ready.push(data));
    this.#stream.on('end', () => this.#stepDone());
    this.#stream.on('error', (error) => {
      this.#failure = error;
      this.#stepDone();
    });
  }

  async *write(chunk: Buffer): AsyncGenerator<Buffer, void, void> {
    await this.#step((done) => this.#stream.write(chunk, done));
    yield* this.#drain();
  }

  async *end(): AsyncGenerator<Buffer, void, void> {
    await this.#step(() => this.#stream.end());
    yield* this.#drain();
  }

  #step(start: (done: () => void) => void): Promise<void> {
    return new Promise((resolve) => {
      this.#stepDone = resolve;
      start(resolve);
    });
  }

  *#drain(): Generator<Buffer, void, void> {
    const ready = this.#ready;
    this.#ready = [];
    yield* ready;
    if (this.#failure !== null)
      throw new BacklinkLensError('input.truncated', `is truncated or damaged (${this.#failure.message})`, { cause: this.#failure });
  }
}
