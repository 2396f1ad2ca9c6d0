/** Captures that ended before their page did: how they are recognised, and that what they do not show is not taken for lost. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { addToIndex } from '../../../server/src/linkIndex/ingest/add.ts';
import { buildIndex } from '../../../server/src/linkIndex/ingest/build.ts';
import { openIndex } from '../../../server/src/linkIndex/sqlite/openIndex.ts';
import { parseTarget } from '../../../server/src/urls/targets.ts';
import type { Backlink } from '../../../shared/backlinks.ts';
import { itWithData } from '../../support/data.ts';
import { archiveFiles } from './archiveFiles.ts';
import { pages, readAll } from './readArchive.ts';
import { emptyFolders, written } from './support.ts';
import { chunked, htmlOf, http, members, pageRecord, record } from './warcFixture.ts';
import { watRecord } from './watFixture.ts';

const NOW = Date.UTC(2026, 10, 23);
const HTML = 'Content-Type: text/html';
const body = htmlOf(Array.from({ length: 400 }, (_, at) => `https://site${at % 7}.org/page${at * 7919}`));
const inChunks = chunked(body, 1000);
const CUT = Math.floor(body.length / 2);
const half = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length >> 1);
const coded = (coding: string, bytes: Buffer): Buffer => record(http(bytes, [HTML, `Content-Encoding: ${coding}`]));

const CASES: readonly (readonly [what: string, record: Buffer, truncated: boolean])[] = [
  ['a whole page', record(http(body)), false],
  ['WARC-Truncated, whatever the reason', record(http(body), { more: ['WARC-Truncated: disconnect'] }), true],
  ['WARC-Truncated of a resource', record(body, { type: 'resource', contentType: 'text/html', more: ['warc-truncated: length'] }), true],
  ['an empty WARC-Truncated says nothing', record(http(body), { more: ['WARC-Truncated: '] }), false],
  ['less than the length said', record(http(body.slice(0, CUT), [HTML, `Content-Length: ${body.length}`])), true],
  ['exactly the length said', record(http(body, [HTML, `Content-Length: ${Buffer.byteLength(body)}`])), false],
  ['more than the length said', record(http(body, [HTML, 'Content-Length: 7'])), false],
  ['two lengths', record(http(body, [HTML, 'Content-Length: 9999999', 'Content-Length: 9999999'])), false],
  ['no number as a length', record(http(body, [HTML, 'Content-Length: 1e9'])), false],
  ['a length beyond all numbers', record(http(body, [HTML, `Content-Length: ${'9'.repeat(400)}`])), false],
  ['a length of a coded body that was kept decoded', record(http(body, [HTML, 'Content-Encoding: gzip', 'Content-Length: 99999999'])), false],
  ['all chunks', record(http(inChunks, [HTML, 'Transfer-Encoding: chunked'])), false],
  ['chunks without the last one', record(http(inChunks.subarray(0, -5), [HTML, 'Transfer-Encoding: chunked'])), true],
  ['a chunk cut in the middle', record(http(half(inChunks), [HTML, 'Transfer-Encoding: chunked'])), true],
  ['chunked by its header only', record(http(body, [HTML, 'Transfer-Encoding: chunked'])), false],
  ['a whole gzip body', coded('gzip', gzipSync(body)), false],
  ['a gzip body cut short', coded('gzip', half(gzipSync(body))), true],
  ['a gzip body without its checksum', coded('gzip', gzipSync(body).subarray(0, -8)), true],
  ['two gzip members', coded('gzip', Buffer.concat([gzipSync(body), gzipSync(body)])), false],
  ['a deflate body cut short', coded('deflate', half(deflateSync(body))), true],
  ['a whole brotli body', coded('br', brotliCompressSync(body)), false],
  ['a brotli body cut short', coded('br', half(brotliCompressSync(body))), true],
  ['gzip of what was cut before', coded('gzip', gzipSync(body.slice(0, CUT))), false],
  [
    'gzip in chunks that were cut',
    record(http(half(chunked(gzipSync(body), 200)), [HTML, 'Content-Encoding: gzip', 'Transfer-Encoding: chunked'])),
    true,
  ],
  ['said by a WAT', watRecord({ links: [], fields: { 'WARC-Truncated': 'length' } }), true],
  ['not said by a WAT', watRecord({ links: [] }), false],
];

interface Indexed {
  readonly how: string;
  readonly rows: readonly Backlink[];
}

/** What an index says of a.com, lost links among it: one built of all archives at once, and one they were added to one by one. */
async function indexesOf(folder: string, records: readonly Buffer[]): Promise<Indexed[]> {
  const [first = '', ...more] = records.map((bytes, at) => written(folder, `${at}.warc`, bytes));
  const [built, added] = [path.join(folder, 'built.db'), path.join(folder, 'added.db')];
  await buildIndex({ out: built, inputs: [first, ...more], now: NOW });
  await buildIndex({ out: added, inputs: [first], now: NOW });
  await addToIndex({ out: added, inputs: more, now: NOW, strength: false });
  const before = await everyRow(added);
  await addToIndex({ out: added, inputs: [written(folder, 'other.warc', pageRecord('https://c.net/', []))], now: NOW });
  return [
    { how: 'built', rows: await everyRow(built) },
    { how: 'added', rows: before },
    { how: 'added and renewed', rows: await everyRow(added) },
  ];
}

async function everyRow(file: string): Promise<readonly Backlink[]> {
  const store = openIndex(file);
  try {
    const target = parseTarget('a.com');
    assert.ok(target);
    const query = { target, limit: 250, offset: 0, internal: 'exclude', filter: { status: 'all' } } as const;
    return (await store.rows(query, new AbortController().signal)).rows;
  } finally {
    await store.close();
  }
}

describe('captures cut short', () => {
  const { onlyPage, read } = archiveFiles();

  for (const [what, bytes, truncated] of CASES) {
    it(`${what}: ${truncated ? 'cut' : 'whole'}`, async () => {
      assert.equal((await onlyPage(bytes)).truncated, truncated ? true : undefined);
    });
  }

  it('gives the links before the cut', async () => {
    const page = await onlyPage(record(http(half(gzipSync(body)), [HTML, 'Content-Encoding: gzip'])));
    assert.ok(page.links.length > 10 && page.links.length < 400, String(page.links.length));
  });

  it('says of a copy of a page that was cut short that it was, too', async () => {
    const original = pageRecord('https://b.org/1', ['/a'], { more: ['WARC-Truncated: length', 'WARC-Payload-Digest: sha1:X'] });
    const copy = record(http(''), {
      uri: 'https://b.org/2',
      type: 'revisit',
      more: [
        'WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest',
        'WARC-Refers-To-Target-URI: https://b.org/1',
        'WARC-Payload-Digest: sha1:X',
      ],
    });
    const { captures } = await read(members([original, copy]));
    assert.deepEqual(
      pages(captures).map((page) => [page.url, page.truncated]),
      [
        ['https://b.org/1', true],
        ['https://b.org/2', true],
      ],
    );
  });

  itWithData('finds them in real archives, and most pages whole', 'warc', async (data) => {
    let cut = 0;
    let all = 0;
    for (const name of readdirSync(data).filter((one) => /\.warc(\.gz)?$/.test(one))) {
      for (const page of pages((await readAll(path.join(data, name))).captures)) {
        all++;
        if (page.truncated === true) cut++;
      }
    }
    console.log(`      ${cut} of ${all} pages were cut short`);
    assert.ok(all > 100 && cut > 0 && cut < all / 4);
  });
});

describe('an index of captures cut short', () => {
  const folder = emptyFolders('truncated');
  const first = pageRecord('https://b.org/', ['https://a.com/1', 'https://a.com/2', 'https://a.com/3', '/own'], { date: '2026-10-01T00:00:00Z' });
  const second = (more: readonly string[]): Buffer =>
    pageRecord('https://b.org/', ['https://a.com/1', 'https://a.com/new'], { date: '2026-10-09T00:00:00Z', more });
  const third = pageRecord('https://b.org/', ['https://a.com/1', 'https://a.com/new', 'https://a.com/3'], { date: '2026-10-20T00:00:00Z' });

  it('keeps what may stand behind the cut, built or added alike', async () => {
    for (const { how, rows } of await indexesOf(folder(), [first, second(['WARC-Truncated: length'])])) {
      assert.deepEqual(
        rows.map(({ targetUrl, position, firstSeen, lost, totalLinks }) => [targetUrl, position, firstSeen, lost, totalLinks]),
        [
          ['https://a.com/1', 1, '2026-10-01', null, 5],
          ['https://a.com/new', 2, '2026-10-09', null, 5],
          ['https://a.com/2', 3, '2026-10-01', null, 5],
          ['https://a.com/3', 4, '2026-10-01', null, 5],
        ],
        how,
      );
    }
  });

  it('takes the same capture, whole, for a loss', async () => {
    for (const { how, rows } of await indexesOf(folder(), [first, second([])])) {
      const gone = rows.filter(({ lost }) => lost !== null).map(({ targetUrl }) => targetUrl);
      assert.deepEqual(gone.toSorted(), ['https://a.com/2', 'https://a.com/3'], how);
    }
  });

  it('tells of what is missing when the page is captured whole again', async () => {
    for (const { how, rows } of await indexesOf(folder(), [first, second(['WARC-Truncated: length']), third])) {
      const told = rows.map(({ targetUrl, firstSeen, lost }) => [targetUrl, firstSeen, lost?.on ?? 'stands'].join(' '));
      assert.deepEqual(
        told.toSorted(),
        [
          'https://a.com/1 2026-10-01 stands',
          'https://a.com/2 2026-10-01 2026-10-20',
          'https://a.com/3 2026-10-01 stands',
          'https://a.com/new 2026-10-09 stands',
        ],
        how,
      );
    }
  });
});
