/** Reads a reply's body with bounded memory: the bound counts bytes after decompression, so neither an endless reply nor a bomb gets past. */
import type { Readable } from 'node:stream';
import { PassThrough, pipeline, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { sourceError } from '../util/errors.ts';

/**
 * @param body destroyed when the bound is passed
 * @param encoding value of Content-Encoding, if any
 * @param maxBytes after decompression
 * @param host for the message
 * @returns the body as UTF-8, a leading byte order mark dropped; bytes that are none become U+FFFD
 */
export async function readBody(body: Readable, encoding: string | undefined, maxBytes: number, host: string): Promise<string> {
  const decoded = decoder(encoding, host);
  // The iteration below meets the error of either stream; pipeline only hands it on.
  pipeline(body, decoded, () => {});
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of decoded as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) {
      body.destroy();
      throw sourceError(
        'bad-reply',
        `${host} sent more than ${Math.floor(maxBytes / 1024)} KB in one reply; it was cut off. Check the address of the endpoint.`,
      );
    }
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

function decoder(encoding: string | undefined, host: string): Transform {
  switch ((encoding ?? '').trim().toLowerCase()) {
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
      throw sourceError('bad-reply', `${host} sent a reply in an encoding that was not asked for. Check the endpoint or the proxy before it.`);
  }
}
