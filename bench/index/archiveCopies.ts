/** Real archives many times over, each time under other hosts: enough to read for as long as a measurement takes. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

export interface Part {
  readonly archive: string;
  /** How often its records stand in one copy. */
  readonly times: number;
}

/**
 * Writes archives of the parts' records into a folder, one gzip member a record, as crawlers do. No two pages in them have one address.
 *
 * @param first number of the first copy: other numbers, other hosts
 * @returns their paths
 */
export function copyArchives(parts: readonly Part[], folder: string, copies: number, first = 0): string[] {
  const records = parts.flatMap(({ archive, times }) => {
    const stored = readFileSync(archive);
    const own = recordsOf(stored[0] === 0x1f ? gunzipSync(stored) : stored);
    return Array.from({ length: times }, (_, time) => own.map((record) => ({ record, time }))).flat();
  });
  return Array.from({ length: copies }, (_, at) => {
    const copy = first + at;
    const file = path.join(folder, `copy-${copy}.warc.gz`);
    writeFileSync(file, Buffer.concat(records.map(({ record, time }) => gzipSync(renamed(record, `c${copy}t${time}`), { level: 6 }))));
    return file;
  });
}

/** Whole records, each with its header block, its content and the two empty lines behind. */
function recordsOf(bytes: Buffer): Buffer[] {
  const records: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const body = bytes.indexOf('\r\n\r\n', at) + 4;
    const length = /^content-length:\s*(\d+)/im.exec(bytes.toString('latin1', at, body))?.[1];
    if (body < 4 || length === undefined) break;
    // Some lengths are a little too small.
    const next = bytes.indexOf('\nWARC/', body + Number(length)) + 1;
    const end = next === 0 ? bytes.length : next;
    records.push(bytes.subarray(at, end));
    at = end;
  }
  return records;
}

/** The record's address on another host. Its content is the same: links within the site stay relative. */
function renamed(record: Buffer, host: string): Buffer {
  const body = record.indexOf('\r\n\r\n') + 4;
  const header = record.toString('latin1', 0, body).replace(/^(WARC-Target-URI:\s*<?\w+:\/\/)/im, `$1${host}.`);
  return Buffer.concat([Buffer.from(header, 'latin1'), record.subarray(body)]);
}
