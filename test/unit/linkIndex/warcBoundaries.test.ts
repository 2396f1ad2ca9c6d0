/** Where records begin and end, and what bodies decode to, against warcio: made-up archives of many shapes, and every archive of the data set. */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, readdirSync } from 'node:fs';
import path from 'node:path';
import { deflateSync, gzipSync } from 'node:zlib';
import { WARCParser, type WARCRecord } from 'warcio';
import { fileSource } from '../../../server/src/linkIndex/ingest/inputs/fileSource.ts';
import { ByteQueue } from '../../../server/src/linkIndex/ingest/warc/byteQueue.ts';
import { archiveBytes } from '../../../server/src/linkIndex/ingest/warc/bytes.ts';
import { parseHttpResponse } from '../../../server/src/linkIndex/ingest/warc/http.ts';
import { readRecords } from '../../../server/src/linkIndex/ingest/warc/records.ts';
import { itWithData } from '../../support/data.ts';
import { emptyFolders, written } from './support.ts';
import { chunked, http, members, record } from './warcFixture.ts';

/** warcio gives up in the middle of these; what it read is the same. */
const WARCIO_STOPS_IN = new Set(['webrecorder__warcio__example-wrong-chunks.warc.gz']);

describe('WARC boundaries', function () {
  this.timeout(60_000);
  const nextFolder = emptyFolders('boundaries');

  it('reads the records of made-up archives as warcio does', async () => {
    const folder = nextFolder();
    const records = blocksOfAllSizes().map((block, at) =>
      record(block, { type: at % 3 === 0 ? 'resource' : 'response', uri: `https://b.org/${at}` }),
    );
    for (const [name, bytes] of [
      ['plain.warc', Buffer.concat(records)],
      ['members.warc.gz', members(records)],
      ['stream.warc.gz', gzipSync(Buffer.concat(records))],
      ['stored.warc.gz', gzipSync(Buffer.concat(records), { level: 0 })],
    ] as const) {
      const file = written(folder, name, bytes);
      assert.equal(await sameRecords(file), records.length, name);
    }
  });

  it('decodes bodies as warcio does', async () => {
    const body = Buffer.from('<p>Grüße '.repeat(9999));
    const coded = { gzip: gzipSync(body), deflate: deflateSync(body), identity: body };
    const records = Object.entries(coded).flatMap(([coding, bytes]) => [
      record(http(bytes, [`Content-Encoding: ${coding}`])),
      record(http(chunked(bytes, 1000), [`Content-Encoding: ${coding}`, 'Transfer-Encoding: chunked'])),
    ]);
    const file = written(nextFolder(), 'bodies.warc', Buffer.concat(records));
    const bodies = await ours(file, (block) => digest(parseHttpResponse(block)?.body()?.bytes ?? Buffer.alloc(0)));
    assert.deepEqual(bodies, await theirs(file, true));
    assert.deepEqual(new Set(bodies), new Set([lineOf('response', 'https://b.org/', digest(body))]));
  });

  itWithData('reads the records of every archive of the data set as warcio does', 'warc', async (data) => {
    const names = readdirSync(data).filter((name) => /\.warc(\.wat)?(\.gz)?$/.test(name));
    let records = 0;
    for (const name of names) records += await sameRecords(path.join(data, name), WARCIO_STOPS_IN.has(name));
    console.log(`      ${names.length} archives, ${records} records`);
    assert.ok(records >= 900);
  });
});

/** Blocks up to the size of several pieces of a stream, with what looks like records in them. */
function blocksOfAllSizes(): Buffer[] {
  const lookalike = Buffer.concat([Buffer.from('\r\n\r\n'), record('inside'), Buffer.from('\nWARC/1.0\nWARC-Type: response\n')]);
  const sizes = [0, 1, 2, 3, 4, 5, 100, 65_535, 65_536, 65_537, 131_071, 131_072, 131_073, 400_000];
  return [...sizes.map((size) => randomBytes(size)), lookalike, Buffer.alloc(70_000, '\n'), Buffer.alloc(70_000, 'WARC/1.0\r\n')];
}

async function sameRecords(file: string, stops = false): Promise<number> {
  const [own, expected] = [await ours(file, digest), await theirs(file, false)];
  assert.deepEqual(stops ? own.slice(0, expected.length) : own, expected, path.basename(file));
  return own.length;
}

/** Type, address and a digest of each record. */
async function ours(file: string, digestOf: (block: Buffer) => string): Promise<string[]> {
  const lines: string[] = [];
  const bytes = archiveBytes(fileSource(file), { signal: new AbortController().signal, onBytes() {} });
  for await (const one of readRecords(new ByteQueue(bytes)))
    lines.push(lineOf(one.type, one.fields.get('warc-target-uri'), digestOf((await one.block(1 << 30)) ?? Buffer.alloc(0))));
  return lines;
}

async function theirs(file: string, decoded: boolean): Promise<string[]> {
  const lines: string[] = [];
  const { warn } = console;
  console.warn = () => {};
  try {
    const parser: AsyncIterable<WARCRecord> = new WARCParser(createReadStream(file), { parseHttp: decoded });
    for await (const one of parser) lines.push(lineOf(one.warcType ?? '', one.warcTargetURI ?? undefined, digest(await one.readFully(decoded))));
  } finally {
    console.warn = warn;
  }
  return lines;
}

/** wget's angle brackets are taken off by warcio. */
function lineOf(type: string, uri: string | undefined, content: string): string {
  return `${type} ${(uri ?? '').replace(/^<|>$/g, '')} ${content}`;
}

function digest(bytes: Uint8Array): string {
  return createHash('sha1').update(bytes).digest('hex');
}
