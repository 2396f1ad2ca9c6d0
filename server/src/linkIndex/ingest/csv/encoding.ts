/** The encoding of an export by its first bytes, and its text piece by piece. */
import { decodeWindows1252 } from '../../../util/windows1252.ts';

export type TableEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** By its byte order mark; without one, by the zeros of UTF-16 and by whether it is UTF-8 at all. */
export function encodingOf(head: Uint8Array): TableEncoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  for (const [at, byte] of head.subarray(0, 2000).entries()) if (byte === 0) zeros[at & 1] = (zeros[at & 1] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > 4 * even && odd > head.length / 16) return 'utf-16le';
  if (even > 4 * odd && even > head.length / 16) return 'utf-16be';
  return isUtf8(head) ? 'utf-8' : 'windows-1252';
}

/** A character may be cut at the end of the head. */
function isUtf8(head: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Decodes pieces of one stream; a byte order mark is dropped, malformed bytes become U+FFFD. */
export class TextPieces {
  readonly #decode: (bytes: Uint8Array, last: boolean) => string;

  constructor(encoding: TableEncoding) {
    if (encoding === 'windows-1252') this.#decode = (bytes) => decodeWindows1252(bytes);
    else {
      const decoder = new TextDecoder(encoding);
      this.#decode = (bytes, last) => decoder.decode(bytes, { stream: !last });
    }
  }

  next(bytes: Uint8Array): string {
    return this.#decode(bytes, false);
  }

  /** What a cut last character leaves. */
  end(): string {
    return this.#decode(new Uint8Array(0), true);
  }
}
