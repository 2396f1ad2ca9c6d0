/**
 * The HTTP response inside a record: status, headers and decoded body (RFC 9112 framing, RFC 9110 content codings). Archives keep what
 * crawlers saved, which often is not what the headers say: a body that does not fit its header is then taken as it is.
 */
import { brotliDecompressSync, constants, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import type { Fields } from './records.ts';

export interface HttpResponse {
  readonly status: number;
  readonly headers: Fields;
  readonly body: Buffer;
}

/** A page that inflates beyond this is cut: it is no page. */
const LARGEST_BODY = 64 << 20;

/**
 * Splits a response and undoes chunking and content codings.
 *
 * @returns null when the block does not start with a status line
 */
export function parseHttpResponse(block: Buffer): HttpResponse | null {
  const status = /^HTTP\/\d(?:\.\d)?\s+(\d{3})/.exec(block.toString('latin1', 0, 32))?.[1];
  if (status === undefined) return null;
  const { headers, end } = readHeaders(block);
  const framed = block.subarray(end);
  const body = /\bchunked\b/i.test(headers.get('transfer-encoding') ?? '') ? (dechunk(framed) ?? framed) : framed;
  return { status: Number(status), headers, body: decodeContent(body, headers.get('content-encoding')) };
}

function readHeaders(block: Buffer): { headers: Fields; end: number } {
  const headers = new Map<string, string>();
  let at = block.indexOf(0x0a) + 1;
  let name = '';
  while (at > 0 && at < block.length) {
    const feed = block.indexOf(0x0a, at);
    const end = feed < 0 ? block.length : feed;
    const line = block.toString('latin1', at, end).replace(/\r$/, '');
    at = end + 1;
    if (line === '') break;
    const colon = line.indexOf(':');
    if (/^[ \t]/.test(line)) headers.set(name, `${headers.get(name) ?? ''} ${line.trim()}`);
    else if (colon > 0) {
      name = line.slice(0, colon).trim().toLowerCase();
      const value = line.slice(colon + 1).trim();
      const before = headers.get(name);
      headers.set(name, before === undefined || name === 'location' ? value : `${before}${name === 'x-robots-tag' ? '\n' : ', '}${value}`);
    }
  }
  return { headers, end: at <= 0 ? block.length : Math.min(at, block.length) };
}

/**
 * Joins the chunks of a body.
 *
 * @returns null when it does not start as a chunked body; what was joined so far when it stops being one
 */
function dechunk(body: Buffer): Buffer | null {
  const parts: Buffer[] = [];
  let at = 0;
  while (at < body.length) {
    const feed = body.indexOf(0x0a, at);
    const size = feed < 0 || feed - at > 1024 ? undefined : /^\s*([0-9a-f]{1,8})\s*(?:;.*)?$/i.exec(body.toString('latin1', at, feed).trimEnd())?.[1];
    if (size === undefined) return parts.length === 0 ? null : Buffer.concat([...parts, body.subarray(at)]);
    const length = Number.parseInt(size, 16);
    if (length === 0) break;
    parts.push(body.subarray(feed + 1, feed + 1 + length));
    at = feed + 1 + length;
    if (body[at] === 0x0d) at++;
    if (body[at] === 0x0a) at++;
  }
  return Buffer.concat(parts);
}

function decodeContent(body: Buffer, encoding: string | undefined): Buffer {
  const codings = (encoding ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim());
  return codings.reverse().reduce(decodeOne, body);
}

/** Truncated bodies give what they hold; the flush option says so to zlib. */
function decodeOne(body: Buffer, coding: string): Buffer {
  const partial = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: LARGEST_BODY };
  try {
    switch (coding) {
      case 'gzip':
      case 'x-gzip':
        return gunzipSync(body, partial);
      case 'deflate':
        return ((body[0] ?? 0) & 0x0f) === 8 ? inflateSync(body, partial) : inflateRawSync(body, partial);
      case 'br':
        return brotliDecompressSync(body, { finishFlush: constants.BROTLI_OPERATION_FLUSH, maxOutputLength: LARGEST_BODY });
      default:
        return body;
    }
  } catch {
    return body;
  }
}
