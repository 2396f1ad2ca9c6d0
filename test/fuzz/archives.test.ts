/**
 * Reading archives never throws, always ends, and keeps its promises: on WARC and WAT files whose bytes were changed, moved and cut.
 * FUZZ_RUNS sets the number of documents (200,000 unless told otherwise), of which one in a hundred is an archive here.
 */
import assert from 'node:assert/strict';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { readWarc } from '../../server/src/linkIndex/ingest/warc/captures.ts';
import type { Capture, CrawledPage } from '../../server/src/linkIndex/store.ts';
import { chunked, htmlOf, http, members, pageRecord, record } from '../unit/linkIndex/warcFixture.ts';
import { watRecord } from '../unit/linkIndex/watFixture.ts';

const RUNS = Math.ceil(Number(process.env['FUZZ_RUNS'] ?? 200_000) / 100);
const LONGEST_TEXT = 1000;

const SAME = 'WARC-Profile: http://netpreserve.org/warc/1.0/revisit/identical-payload-digest';
const html = htmlOf(['/a', 'https://a.com/', '#x']);
const RECORDS: readonly Buffer[] = [
  pageRecord('https://b.org/1', ['/a', 'https://a.com/'], { ip: '192.0.2.1' }),
  record(http(gzipSync(html), ['Content-Type: text/html', 'Content-Encoding: gzip']), { uri: 'https://b.org/2', version: 'WARC/0.18', eol: '\n' }),
  record(http(chunked(brotliCompressSync(html), 9), ['Content-Type: text/html', 'Content-Encoding: br', 'Transfer-Encoding: chunked'])),
  record(http('', ['Location: /c'], '301 Moved'), { uri: 'https://b.org/3' }),
  record(http('', [], '404 Gone'), { uri: 'https://b.org/4' }),
  record(http('', ['Content-Type: text/html']), {
    type: 'revisit',
    uri: 'https://b.org/5',
    more: [SAME, 'WARC-Refers-To-Target-URI: https://b.org/1'],
  }),
  record(html, { type: 'resource', contentType: 'text/html; charset=utf-16' }),
  watRecord({ head: { Title: 'T\ud800\0', Base: '/b/' }, links: [{ path: 'A@/href', url: 'x', text: `${'y'.repeat(1500)}` }, { path: 'IMG@/src' }] }),
  watRecord({ fields: { 'WARC-Type': 'revisit', 'WARC-Refers-To-Target-URI': 'https://b.org/1' }, url: 'https://b.org/6' }),
];

/** Stays whole where others are changed: without it most files would not look like archives. */
const FIRST = record('software: none', { type: 'warcinfo', contentType: 'application/warc-fields' });

/** Byte strings that mean something to a reader. */
const PIECES = [
  '\r\n',
  '\n',
  '\r\n\r\n',
  'WARC/1.0\r\n',
  'Content-Length: 99999999999\r\n',
  'Content-Length: -1\r\n',
  '0\r\n\r\n',
  '\x1f\x8b\b',
  '\0\0\0',
  '"',
  '}',
  '[',
  '\xff\xfe',
  '<a href=/>',
];

const change = fc.record({
  kind: fc.constantFrom('set', 'set', 'set', 'insert', 'insert', 'cut', 'move', 'end'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 0, max: 200 }),
  byte: fc.integer({ min: 0, max: 255 }),
  piece: fc.constantFrom(...PIECES),
});
const archive = fc.record({
  /** Numbers in RECORDS. */
  records: fc.array(fc.nat({ max: RECORDS.length - 1 }), { minLength: 1, maxLength: 6 }),
  form: fc.constantFrom('plain', 'members', 'stream'),
  changes: fc.array(change, { maxLength: 3 }),
  /** Bytes of a piece that the file comes in. */
  piece: fc.constantFrom(1, 7, 64, 1 << 16),
  /** Changed before it is packed, or after. */
  inside: fc.boolean(),
});
type Archive = typeof archive extends fc.Arbitrary<infer T> ? T : never;

describe('fuzz: archives', function () {
  this.timeout(0);

  it('never throws and keeps its promises on changed archives', async () => {
    let captures = 0;
    await fc.assert(
      fc.asyncProperty(archive, async (made) => {
        for (const capture of await readBytes(bytesOf(made), made.piece)) {
          captures++;
          checkCapture(capture);
        }
      }),
      { numRuns: RUNS },
    );
    console.log(`      ${RUNS} archives, ${captures} captures`);
    assert.ok(captures >= RUNS / 2);
  });
});

function bytesOf({ records, form, changes, inside }: Archive): Buffer {
  const whole = records.map((number) => RECORDS[number] ?? Buffer.alloc(0));
  const changed = inside ? [FIRST, ...whole.map((one) => changes.reduce(changedBy, one))] : whole;
  const packed = form === 'members' ? members(changed) : form === 'stream' ? gzipSync(Buffer.concat(changed)) : Buffer.concat(changed);
  return inside ? packed : changes.reduce(changedBy, packed);
}

function changedBy(bytes: Buffer, { kind, at, length, byte, piece }: Archive['changes'][number]): Buffer {
  const from = Math.floor(at * bytes.length);
  const [before, behind] = [bytes.subarray(0, from), bytes.subarray(from)];
  switch (kind) {
    case 'set':
      return Buffer.concat([before, Buffer.alloc(Math.min(1, behind.length), byte), behind.subarray(1)]);
    case 'insert':
      return Buffer.concat([before, Buffer.from(piece, 'latin1'), behind]);
    case 'cut':
      return Buffer.concat([before, behind.subarray(length)]);
    case 'move':
      return Buffer.concat([before, behind.subarray(length), behind.subarray(0, length)]);
    case 'end':
      return before;
  }
}

async function readBytes(bytes: Buffer, pieceSize: number): Promise<Capture[]> {
  const inPieces = async function* (): AsyncGenerator<Buffer, void, void> {
    for (let at = 0; at < bytes.length; at += pieceSize) yield bytes.subarray(at, at + pieceSize);
  };
  let read = 0;
  const onBytes = (count: number): void => {
    read += count;
  };
  const reader = readWarc({ name: 'fuzz.warc', size: bytes.length, bytes: inPieces }, { signal: new AbortController().signal, onBytes });
  const captures: Capture[] = [];
  for (;;) {
    const next = await reader.next();
    if (!next.done) captures.push(next.value);
    else {
      const { problem } = next.value;
      assert.ok(problem === null || /^input\.(?:truncated|not-an-archive)$/.test(problem.code), problem?.message);
      assert.ok(read <= bytes.length && (problem !== null || read === bytes.length));
      return captures;
    }
  }
}

function checkCapture(capture: Capture): void {
  if (capture.kind === 'page') checkPage(capture.page);
  else if (capture.kind === 'redirect') checkUrls(capture.redirect.url, capture.redirect.target);
  else if (capture.kind === 'gone') checkUrls(capture.gone.url);
  else if (capture.kind === 'unchanged') checkUrls(capture.unchanged.url);
  else assert.fail(capture.kind);
}

function checkPage({ url, canonical, title, links, capturedAt }: CrawledPage): void {
  checkUrls(url, ...links.map((link) => link.url), ...(canonical === null ? [] : [canonical]));
  checkText(title ?? 'x');
  assert.ok(title !== '' && (capturedAt === null || Number.isFinite(capturedAt)));
  links.forEach(({ position, text }, at) => {
    assert.equal(position, at + 1);
    checkText(text);
  });
}

function checkUrls(...urls: readonly string[]): void {
  for (const url of urls) assert.ok(/^https?:\/\//.test(url) && URL.parse(url)?.href === url, url);
}

function checkText(text: string): void {
  assert.ok(text.length <= LONGEST_TEXT && text.isWellFormed() && !text.includes('\0'), JSON.stringify(text));
}
