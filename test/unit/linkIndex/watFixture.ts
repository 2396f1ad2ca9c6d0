/** Writes WAT records as Common Crawl's extractor does: a `metadata` record with the JSON of one response. */
import { type RecordOptions, record } from './warcFixture.ts';

export interface WatOptions {
  readonly url?: string;
  readonly date?: string;
  readonly ip?: string;
  /** As JSON has it: a text. */
  readonly status?: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly head?: unknown;
  readonly links?: unknown;
  /** In place of `head` and `links`; null leaves HTML-Metadata out. */
  readonly html?: unknown;
  /** Further fields of the record that is told of. */
  readonly fields?: Readonly<Record<string, string>>;
}

/** A WAT record of a response. Its own date is the day of the extraction, as in real files. */
export function watRecord(options: WatOptions = {}): Buffer {
  const {
    url = 'https://b.org/a/page',
    status = '200',
    headers = { 'Content-Type': 'text/html' },
    html = { Head: options.head, Links: options.links },
  } = options;
  const response = { 'Response-Message': { Status: status, Version: 'HTTP/1.1', Reason: 'R' }, Headers: headers, 'Headers-Length': '99' };
  return watRecordOf(
    {
      'Payload-Metadata': {
        'Actual-Content-Type': 'application/http; msgtype=response',
        'HTTP-Response-Metadata': html === null ? response : { ...response, 'HTML-Metadata': html },
      },
      Format: 'WARC/1.0',
      'WARC-Header-Metadata': {
        'WARC-Type': 'response',
        'WARC-Date': options.date ?? '2026-11-01T12:00:00Z',
        'Content-Type': 'application/http; msgtype=response',
        'WARC-Target-URI': url,
        ...(options.ip === undefined ? {} : { 'WARC-IP-Address': options.ip }),
        ...options.fields,
      },
    },
    { uri: url },
  );
}

/** A record around any envelope, or around what is none. */
export function watRecordOf(envelope: unknown, options: RecordOptions = {}): Buffer {
  const json = typeof envelope === 'string' ? envelope : JSON.stringify({ Container: { Filename: 'x.warc.gz', Offset: '1' }, Envelope: envelope });
  return record(json, { type: 'metadata', contentType: 'application/json', date: '2027-01-01T00:00:00Z', ...options });
}
