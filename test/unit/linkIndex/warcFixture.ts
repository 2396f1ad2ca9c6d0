/** Writes small archives for tests, the way crawlers do and the way they should not. */
import { gzipSync } from 'node:zlib';

export interface RecordOptions {
  readonly type?: string;
  readonly version?: string;
  readonly uri?: string;
  readonly date?: string;
  readonly ip?: string;
  readonly contentType?: string;
  /** Content-Length as written; by default the true one. */
  readonly length?: number;
  /** Line end of the record's header. */
  readonly eol?: string;
  /** Further header lines. */
  readonly more?: readonly string[];
}

/** One record around a block. */
export function record(block: string | Buffer, options: RecordOptions = {}): Buffer {
  const { type = 'response', version = 'WARC/1.0', uri = 'https://b.org/', date = '2026-11-01T12:00:00Z', eol = '\r\n' } = options;
  const bytes = Buffer.from(block as string);
  const lines = [
    version,
    `WARC-Type: ${type}`,
    `WARC-Target-URI: ${uri}`,
    `WARC-Date: ${date}`,
    'WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>',
    ...(options.ip === undefined ? [] : [`WARC-IP-Address: ${options.ip}`]),
    `Content-Type: ${options.contentType ?? 'application/http; msgtype=response'}`,
    ...(options.more ?? []),
    `Content-Length: ${options.length ?? bytes.length}`,
  ];
  return Buffer.concat([Buffer.from(lines.join(eol) + eol + eol), bytes, Buffer.from('\r\n\r\n')]);
}

/** An HTTP response. */
export function http(
  body: string | Buffer,
  headers: readonly string[] = ['Content-Type: text/html; charset=utf-8'],
  status = '200 OK',
  eol = '\r\n',
): Buffer {
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status}${eol}${headers.join(eol)}${eol}${eol}`), Buffer.from(body as string)]);
}

/** A page with these links, as a record. */
export function pageRecord(uri: string, hrefs: readonly string[], options: RecordOptions = {}): Buffer {
  return record(http(htmlOf(hrefs)), { uri, ...options });
}

export function htmlOf(hrefs: readonly string[]): string {
  return `<!doctype html><title>Page</title>${hrefs.map((href, at) => `<p><a href="${href}">link ${at}</a>`).join('\n')}`;
}

/** One gzip member a record, as crawlers write. */
export function members(records: readonly Buffer[]): Buffer {
  return Buffer.concat(records.map((one) => gzipSync(one)));
}

/** Chunked framing. */
export function chunked(body: string | Buffer, size: number, trailer = ''): Buffer {
  const bytes = Buffer.from(body as string);
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    const chunk = bytes.subarray(at, at + size);
    parts.push(Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n'));
  }
  return Buffer.concat([...parts, Buffer.from(`0\r\n${trailer}\r\n`)]);
}
