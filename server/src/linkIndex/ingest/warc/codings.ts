/**
 * Undoes the content codings of a saved body (RFC 9110, section 8.4). Archives keep what crawlers saved, which often is not what the header
 * says: a body that is not of the coding it names is taken as it is, and one that is cut or damaged gives what comes before.
 */
import zlib from 'node:zlib';

/** A body that inflates beyond this is no page. */
const LARGEST_BODY = 64 << 20;
/** Nobody codes a page more often; a header that says so is hostile. */
const MOST_CODINGS = 4;

/** A body, or as much of it as there is. */
export interface Body {
  readonly bytes: Buffer;
  /** True where it ended, or was damaged, before its end. */
  readonly truncated: boolean;
}

/** @param whole false: an end that is missing is no error */
type Inflate = (bytes: Buffer, whole: boolean) => Buffer;

/**
 * Decodes a body.
 *
 * @param header of `Content-Encoding`, codings in the order they were applied; undefined where there is none
 * @returns null where it inflates beyond any page
 */
export function decodeContent(body: Body, header: string | undefined): Body | null {
  if (header === undefined || body.bytes.length === 0) return body;
  const codings = header.toLowerCase().split(',').slice(0, MOST_CODINGS);
  let decoded: Body | null = body;
  for (const coding of codings.reverse()) decoded = decoded === null ? null : decodeOne(decoded, coding.trim());
  return decoded;
}

function decodeOne(body: Body, coding: string): Body | null {
  const inflate = inflaterOf(body.bytes, coding);
  if (inflate === null) return body;
  try {
    return { bytes: inflate(body.bytes, true), truncated: body.truncated };
  } catch (error) {
    return isTooLarge(error) ? null : inflatePart(body, inflate);
  }
}

/** Truncated bodies give what they hold. */
function inflatePart(body: Body, inflate: Inflate): Body | null {
  try {
    return { bytes: inflate(body.bytes, false), truncated: true };
  } catch (error) {
    return isTooLarge(error) ? null : beforeDamage(body, inflate);
  }
}

/** The flush option tells the decoders whether an end may be missing. */
function inflaterOf(body: Buffer, coding: string): Inflate | null {
  const { Z_FINISH, Z_SYNC_FLUSH, BROTLI_OPERATION_FINISH, BROTLI_OPERATION_FLUSH } = zlib.constants;
  const options = (whole: boolean) => ({ finishFlush: whole ? Z_FINISH : Z_SYNC_FLUSH, maxOutputLength: LARGEST_BODY });
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return body[0] === 0x1f && body[1] === 0x8b ? (bytes, whole) => zlib.gunzipSync(bytes, options(whole)) : null;
    case 'deflate':
      return hasZlibHeader(body)
        ? (bytes, whole) => zlib.inflateSync(bytes, options(whole))
        : (bytes, whole) => zlib.inflateRawSync(bytes, options(whole));
    case 'br':
      return (bytes, whole) =>
        zlib.brotliDecompressSync(bytes, { ...options(whole), finishFlush: whole ? BROTLI_OPERATION_FINISH : BROTLI_OPERATION_FLUSH });
    case 'zstd':
      return body.length > 3 && body.readUInt32LE(0) === 0xfd2fb528 ? zstdInflate() : null;
    default:
      return null;
  }
}

/** Null on a Node without it. */
function zstdInflate(): Inflate | null {
  if (typeof zlib.zstdDecompressSync !== 'function') return null;
  const { ZSTD_e_end, ZSTD_e_flush } = zlib.constants;
  return (bytes, whole) => zlib.zstdDecompressSync(bytes, { finishFlush: whole ? ZSTD_e_end : ZSTD_e_flush, maxOutputLength: LARGEST_BODY });
}

/** What servers call deflate is with or without the wrapper of zlib, whose two bytes are told by their check bits (RFC 1950, section 2.2). */
function hasZlibHeader(body: Buffer): boolean {
  const [method = 0, flags = 0] = body;
  return (method & 0x0f) === 8 && ((method << 8) | flags) % 31 === 0;
}

/**
 * What a damaged body gives up to the damage: the longest beginning that can be inflated, found by halving. A body none of whose first
 * bytes can be was never coded and is taken as it is.
 */
function beforeDamage(body: Body, inflate: Inflate): Body | null {
  let good = 0;
  let bad = body.bytes.length;
  let decoded: Buffer = Buffer.alloc(0);
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    try {
      decoded = inflate(body.bytes.subarray(0, middle), false);
      good = middle;
    } catch (error) {
      if (isTooLarge(error)) return null;
      bad = middle;
    }
  }
  return decoded.length === 0 ? body : { bytes: decoded, truncated: true };
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}
