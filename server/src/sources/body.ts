/** Reads a reply's body with bounded memory: the bound counts bytes after decompression, so neither an endless reply nor a bomb gets past. */
import type { Readable } from 'node:stream';
import { PassThrough, pipeline, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { sourceError } from '../util/errors.ts';

/** Bytes. Smaller pieces are put together: a reply in pieces of a byte would otherwise take a hundred times its size. */
const BLOCK = 64 * 1024;

/**
 * @param body destroyed when the bound is passed
 * @param encoding value of Content-Encoding, if any
 * @param maxBytes after decompression
 * @param host for the message
 * @returns the body as UTF-8, a leading byte order mark dropped; bytes that are none become U+FFFD
 */
export async function readBody(body: Readable, encoding: string | undefined, maxBytes: number, host: string): Promise<string> {
  const decoded = decoder(encoding);
  if (decoded === null) {
    body.on('error', () => {}).destroy();
    throw sourceError('bad-reply', `${host} sent a reply in an encoding that was not asked for. Check the endpoint or the proxy before it.`);
  }
  // The iteration below meets the error of either stream; pipeline only hands it on.
  pipeline(body, decoded, () => {});
  const pieces = new Pieces();
  for await (const chunk of decoded as AsyncIterable<Buffer>) {
    if (pieces.bytes + chunk.length > maxBytes) {
      body.destroy();
      throw sourceError(
        'bad-reply',
        `${host} sent more than ${Math.floor(maxBytes / 1024)} KB in one reply; it was cut off. Check the address of the endpoint.`,
      );
    }
    pieces.add(chunk);
  }
  return new TextDecoder().decode(pieces.whole());
}

class Pieces {
  bytes = 0;
  readonly #full: Buffer[] = [];
  #block = Buffer.alloc(0);
  #filled = 0;

  add(chunk: Buffer): void {
    this.bytes += chunk.length;
    if (chunk.length >= BLOCK) {
      this.#endBlock();
      this.#full.push(chunk);
      return;
    }
    if (this.#filled + chunk.length > this.#block.length) {
      this.#endBlock();
      this.#block = Buffer.allocUnsafeSlow(BLOCK);
    }
    chunk.copy(this.#block, this.#filled);
    this.#filled += chunk.length;
  }

  whole(): Buffer {
    this.#endBlock();
    return Buffer.concat(this.#full, this.bytes);
  }

  #endBlock(): void {
    if (this.#filled > 0) this.#full.push(this.#block.subarray(0, this.#filled));
    this.#block = Buffer.alloc(0);
    this.#filled = 0;
  }
}

/** Null for an encoding that is not known here. */
function decoder(encoding = ''): Transform | null {
  switch (encoding.trim().toLowerCase()) {
    case '':
    case 'identity':
      return new PassThrough();
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    default:
      return null;
  }
}
