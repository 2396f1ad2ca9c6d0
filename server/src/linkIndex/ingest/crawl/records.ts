/** The records of a crawl's archive, as bytes. Format: WARC 1.1 (ISO 28500:2017). */
import { createHash, randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Exchange } from './exchange.ts';

/** Our own header field: what a response was fetched for, where that is not a page. */
export const ROLE_FIELD = 'Backlink-Lens-Role';
const NOT_MODIFIED_PROFILE = 'http://netpreserve.org/warc/1.1/revisit/server-not-modified';
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

type Lines = readonly (readonly [name: string, value: string])[];

/** An earlier record that says what a page held. */
export interface Reference {
  readonly recordId: string;
  readonly url: string;
  /** As in its WARC-Date. */
  readonly date: string;
}

/** The first record: who made the archive, and our own fields by which the next crawl knows it. */
export function warcinfoRecord(file: string, fields: Lines, at: number): Buffer {
  const block = Buffer.from(lines(fields));
  const head: Lines = [
    ['WARC-Filename', file],
    ['Content-Type', 'application/warc-fields'],
  ];
  return recordOf('warcinfo', at, head, block).bytes;
}

/**
 * What one exchange leaves: the response (a revisit where the page is as it was), then the request. The response comes first so that a file
 * cut between them still holds it.
 *
 * @param earlier the record that a 304 refers to; null for any other reply
 * @param role see ROLE_FIELD; null for a page
 */
export function exchangeRecords(exchange: Exchange, earlier: Reference | null, role: string | null): readonly [response: Buffer, request: Buffer] {
  const { url, ip, startedAt } = exchange;
  const about: Lines = [['WARC-Target-URI', url], ...(ip === null ? [] : [['WARC-IP-Address', ip] as const])];
  const block = Buffer.concat([responseHead(exchange), exchange.body]);
  const response = recordOf(
    earlier === null ? 'response' : 'revisit',
    startedAt,
    [
      ...about,
      ...(earlier === null ? [['WARC-Payload-Digest', digest(exchange.body)] as const] : revisitLines(earlier)),
      ...(exchange.truncated ? [['WARC-Truncated', 'length'] as const] : []),
      ...(role === null ? [] : [[ROLE_FIELD, role] as const]),
      ['WARC-Block-Digest', digest(block)],
      ['Content-Type', 'application/http; msgtype=response'],
    ],
    block,
  );
  const asked = Buffer.from(requestHead(exchange), 'latin1');
  const request = recordOf(
    'request',
    startedAt,
    [...about, ['WARC-Concurrent-To', response.id], ['WARC-Block-Digest', digest(asked)], ['Content-Type', 'application/http; msgtype=request']],
    asked,
  );
  return [response.bytes, request.bytes];
}

function revisitLines({ recordId, url, date }: Reference): Lines {
  return [
    ['WARC-Profile', NOT_MODIFIED_PROFILE],
    ['WARC-Refers-To', recordId],
    ['WARC-Refers-To-Target-URI', url],
    ['WARC-Refers-To-Date', date],
  ];
}

/**
 * The head as it came, but for the framing that undici has undone: readers would look for chunks, or for bytes that were cut off. Such fields
 * are kept under the names that Common Crawl gives them.
 */
function responseHead({ status, statusText, headers, truncated }: Exchange): Buffer {
  const kept = headers.map(([name, value]) => [renamed(name, truncated), value] as const);
  return Buffer.from(`HTTP/1.1 ${status} ${statusText || (STATUS_CODES[status] ?? '')}\r\n${lines(kept)}\r\n`, 'latin1');
}

function renamed(name: string, truncated: boolean): string {
  const framing = /^transfer-encoding$/i.test(name) || (truncated && /^content-length$/i.test(name));
  return framing ? `X-Crawler-${name}` : name;
}

function requestHead({ url, requestHeaders }: Exchange): string {
  const { pathname, search, host } = new URL(url);
  return `GET ${pathname}${search} HTTP/1.1\r\n${lines([['Host', host], ['Connection', 'keep-alive'], ...requestHeaders])}\r\n`;
}

function recordOf(type: string, at: number, fields: Lines, block: Buffer): { id: string; bytes: Buffer } {
  const id = `<urn:uuid:${randomUUID()}>`;
  const head = lines([
    ['WARC-Type', type],
    ['WARC-Record-ID', id],
    ['WARC-Date', new Date(at).toISOString()],
    ...fields,
    ['Content-Length', String(block.length)],
  ]);
  return { id, bytes: Buffer.concat([Buffer.from(`WARC/1.1\r\n${head}\r\n`), block, Buffer.from('\r\n\r\n')]) };
}

/** A value cannot end its line: what a server sent is one line already, what a user wrote is made one. */
function lines(fields: Lines): string {
  return fields.map(([name, value]) => `${name}: ${value.replace(/[\r\n]+/g, ' ')}\r\n`).join('');
}

function digest(bytes: Buffer): string {
  return `sha1:${base32(createHash('sha1').update(bytes).digest())}`;
}

/** RFC 4648, section 6; the twenty bytes of a SHA-1 need no padding. */
function base32(bytes: Buffer): string {
  let text = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += BASE32[(held >> bits) & 31] ?? '';
    }
    held &= (1 << bits) - 1;
  }
  return text;
}
