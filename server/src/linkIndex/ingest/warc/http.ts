/**
 * The HTTP response inside a record: status, headers and body (RFC 9112). Archives keep what crawlers saved, which often is not what the
 * headers say: a body that does not fit its header is then taken as it is.
 */
import { type Body, decodeContent } from './codings.ts';
import type { Fields } from './records.ts';

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case. Repeated fields are joined by commas, `x-robots-tag` by line ends; of several `location` the last counts. */
  readonly headers: Fields;
  /** The body without its chunks and codings; null where it inflates beyond any page. */
  body(): Body | null;
}

const STATUS_LINE = /^HTTP\/\d(?:\.\d)?\s+(\d{3})/;
/** Longer chunk-size lines are page text. */
const LONGEST_CHUNK_LINE = 1024;

/**
 * Takes a response apart. Interim responses (1xx) before it are passed over.
 *
 * @returns null when the block does not start with a status line
 */
export function parseHttpResponse(block: Buffer): HttpResponse | null {
  for (let start = 0; ; ) {
    const status = Number(STATUS_LINE.exec(block.toString('latin1', start, start + 32))?.[1]);
    if (Number.isNaN(status)) return null;
    const { headers, end } = readHeaders(block, start);
    if (status >= 200 || status < 100) return { status, headers, body: () => bodyOf(block.subarray(end), headers) };
    start = end;
  }
}

function readHeaders(block: Buffer, start: number): { headers: Fields; end: number } {
  const headers = new Map<string, string>();
  let at = block.indexOf(0x0a, start) + 1;
  if (at === 0) return { headers, end: block.length };
  let name = '';
  while (at < block.length) {
    const feed = block.indexOf(0x0a, at);
    const end = feed < 0 ? block.length : feed;
    const next = Math.min(end + 1, block.length);
    const length = end > at && block[end - 1] === 0x0d ? end - 1 : end;
    if (length === at) return { headers, end: next };
    name = addLine(headers, name, textOf(block, at, length));
    at = next;
  }
  return { headers, end: block.length };
}

/** Header text is ASCII; what is not is mostly UTF-8, and ISO 8859-1 by the standard. */
function textOf(block: Buffer, start: number, end: number): string {
  const text = block.toString('latin1', start, end);
  if (!/[\x80-\xff]/.test(text)) return text;
  const utf8 = block.toString('utf8', start, end);
  return utf8.includes('\ufffd') ? text : utf8;
}

/** @returns the name of the field that a line which begins with a blank goes on with */
function addLine(headers: Map<string, string>, last: string, line: string): string {
  if (line.startsWith(' ') || line.startsWith('\t')) {
    const before = headers.get(last);
    if (before !== undefined) headers.set(last, `${before} ${line.trim()}`);
    return last;
  }
  const colon = line.indexOf(':');
  if (colon <= 0) return last;
  const name = line.slice(0, colon).trim().toLowerCase();
  const value = line.slice(colon + 1).trim();
  const before = headers.get(name);
  const joined = before === undefined || name === 'location' ? value : `${before}${name === 'x-robots-tag' ? '\n' : ', '}${value}`;
  headers.set(name, joined);
  return name;
}

function bodyOf(framed: Buffer, headers: Fields): Body | null {
  const coding = headers.get('content-encoding');
  const chunked = /\bchunked\b/i.test(headers.get('transfer-encoding') ?? '');
  const body = (chunked ? dechunk(framed) : null) ?? { bytes: framed, truncated: !chunked && isShort(framed, coding, headers.get('content-length')) };
  return decodeContent(body, coding);
}

/** Of a coded body the decoder knows better: archives may hold it decoded, and then its length was another. */
function isShort(body: Buffer, coding: string | undefined, length: string | undefined): boolean {
  const plain = coding === undefined || /^\s*(?:identity)?\s*$/i.test(coding);
  return plain && length !== undefined && /^\d{1,15}$/.test(length) && body.length < Number(length);
}

/**
 * Joins the chunks of a body. One without a last chunk was cut short.
 *
 * @returns null when it does not start as a chunked body; what was joined so far and the rest as it is when it stops being one
 */
function dechunk(body: Buffer): Body | null {
  const parts: Buffer[] = [];
  let at = 0;
  while (at < body.length) {
    const feed = body.indexOf(0x0a, at);
    const line = feed < 0 || feed - at > LONGEST_CHUNK_LINE ? '' : body.toString('latin1', at, feed);
    const size = /^\s*([0-9a-f]{1,8})\s*(?:;.*)?$/i.exec(line.trimEnd())?.[1];
    if (size === undefined) return parts.length === 0 ? null : { bytes: Buffer.concat([...parts, body.subarray(at)]), truncated: false };
    const length = Number.parseInt(size, 16);
    if (length === 0) return { bytes: joined(parts), truncated: false };
    parts.push(body.subarray(feed + 1, feed + 1 + length));
    at = feed + 1 + length;
    if (body[at] === 0x0d) at++;
    if (body[at] === 0x0a) at++;
  }
  return { bytes: joined(parts), truncated: true };
}

function joined(parts: readonly Buffer[]): Buffer {
  const [only, ...more] = parts;
  return only !== undefined && more.length === 0 ? only : Buffer.concat(parts);
}
