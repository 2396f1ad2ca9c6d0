/** The archive of a crawl: what other readers make of it, and what is left of one that was cut anywhere. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { copyFileSync, createReadStream, existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { WARCParser } from 'warcio';
import { readMembers } from '../../../../server/src/linkIndex/ingest/crawl/members.ts';
import { type Answer, answer, type Bench, capturesOf, openBench, openSite, page, pagesAsked, type Site } from './site.ts';

const PAGES: Record<string, Answer> = {
  '/': page('/a', '/chunked', '/old', '/coded', '/gone', '/text', '/long'),
  '/a': answer(200, { 'content-type': 'text/html', 'X-Mixed-Case': 'Kept' }, page('/b')),
  '/b': page(),
  '/chunked': (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html', 'transfer-encoding': 'chunked' });
    response.write(page('/b'));
    response.end(page('/a'));
  },
  '/old': answer(301, { location: '/b' }, 'Moved'),
  '/coded': answer(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' }, gzipSync(page('/from-coded'))),
  '/text': answer(200, { 'content-type': 'text/plain' }, 'not wanted'),
  '/long': answer(200, { 'content-type': 'text/html' }, page('/b').padEnd(10_000)),
};

describe('crawl archive', function () {
  this.timeout(60_000);
  let bench: Bench;
  let site: Site;
  before(async () => {
    bench = openBench();
    site = await openSite(PAGES);
  });
  after(async () => {
    await site.close();
    bench.remove();
  });

  const start = (): string[] => [`${site.origin}/`];
  const members = async (file: string): Promise<{ start: number; end: number }[]> => {
    const found: { start: number; end: number }[] = [];
    for await (const member of readMembers(file, new AbortController().signal)) found.push(member);
    return found;
  };

  it('is read by warcio as by us: records, headers, bodies, digests', async () => {
    const { archives, indexed } = await bench.crawl(start(), { maxBytes: 4000 });
    await indexed();
    const [file = ''] = archives;
    assert.match(path.basename(file), /^web\.db\.crawl-\d{14}\.warc\.gz$/);
    const types: Record<string, number> = {};
    const bodies = new Map<string, string>();
    for await (const record of new WARCParser(createReadStream(file))) {
      types[record.warcType ?? ''] = (types[record.warcType ?? ''] ?? 0) + 1;
      assert.equal(record.warcHeaders.protocol, 'WARC/1.1');
      const field = (name: string): string => record.warcHeader(name) ?? '';
      assert.match(field('WARC-Record-ID'), /^<urn:uuid:[0-9a-f-]{36}>$/);
      assert.match(field('WARC-Date'), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      if (record.warcType === 'warcinfo') continue;
      assert.equal(field('WARC-IP-Address'), '127.0.0.1');
      assert.ok(field('WARC-Target-URI').startsWith(site.origin));
      if (record.warcType !== 'response') continue;
      const payload = await record.readFully(false);
      assert.equal(field('WARC-Payload-Digest'), `sha1:${base32(createHash('sha1').update(payload).digest())}`);
      const { pathname } = new URL(field('WARC-Target-URI'));
      bodies.set(pathname, `${record.httpHeaders?.statusline} ${field('WARC-Truncated')}`);
    }
    assert.deepEqual(types, { warcinfo: 1, request: 10, response: 10 });
    assert.deepEqual(Object.fromEntries(bodies), {
      '/': 'HTTP/1.1 200 OK ',
      '/a': 'HTTP/1.1 200 OK ',
      '/chunked': 'HTTP/1.1 200 OK ',
      '/old': 'HTTP/1.1 301 Moved Permanently ',
      '/coded': 'HTTP/1.1 200 OK ',
      '/gone': 'HTTP/1.1 404 Not Found ',
      '/text': 'HTTP/1.1 200 OK length',
      '/long': 'HTTP/1.1 200 OK length',
      '/b': 'HTTP/1.1 200 OK ',
      '/from-coded': 'HTTP/1.1 404 Not Found ',
    });
    const text = await textOf(file, '/a');
    assert.ok(text.includes('\r\nX-Mixed-Case: Kept\r\n'), text);
    assert.deepEqual(await capturesOf(file), [
      'page /',
      'page /a',
      'page /chunked',
      'redirect /old -> /b',
      'page /coded',
      'gone /gone',
      'page /long',
      'page /b',
      'gone /from-coded',
    ]);
  });

  it('says which records are where, and ends before one that is cut, torn or not ours', async () => {
    const [file = ''] = readdirSync(bench.folder)
      .filter((name) => name.endsWith('.warc.gz'))
      .map((name) => path.join(bench.folder, name));
    const whole = await members(file);
    assert.equal(whole.at(-1)?.end, statSync(file).size);
    const copy = path.join(bench.folder, 'copy.gz');
    for (const [at, { start: from, end }] of whole.entries()) {
      for (const cut of [from + 1, from + 10, Math.trunc((from + end) / 2), end - 1]) {
        copyFileSync(file, copy);
        truncateSync(copy, cut);
        assert.equal((await members(copy)).length, at, `cut at ${cut}`);
      }
    }
    const bytes = readFileSync(file);
    const torn = whole[3]?.start ?? 0;
    bytes.fill(0, torn, torn + 40);
    writeFileSync(copy, bytes);
    assert.equal((await members(copy)).length, 3);
    writeFileSync(copy, 'no archive');
    assert.deepEqual(await members(copy), []);
  });

  it('is gone on with wherever it was cut, and nothing in it is fetched again', async () => {
    const [whole = ''] = (await bench.crawl(start())).archives.slice(-1);
    const expected = (await capturesOf(whole)).sort();
    const full = readFileSync(whole);
    const [info] = await members(whole);
    let rounds = 0;
    for (let cut = 0; cut <= full.length; cut += 211, rounds++) {
      const other = openBench();
      const file = path.join(other.folder, path.basename(whole));
      writeFileSync(file, full.subarray(0, cut));
      writeFileSync(`${file}.unfinished`, '');
      site.asked.length = 0;
      const { archives, counts } = await other.crawl(start());
      const [only = '', ...more] = archives;
      assert.deepEqual((await capturesOf(only)).sort(), expected, `cut at ${cut}`);
      assert.deepEqual(more, []);
      assert.equal(counts.resumed + pagesAsked(site).length, expected.length + 1, `cut at ${cut}`);
      assert.ok(only === file || cut < (info?.end ?? 0), `cut at ${cut}`);
      assert.equal(readdirSync(other.folder).length, 2, `cut at ${cut}`);
      other.remove();
    }
    console.log(`      cut at ${rounds} places of ${full.length} bytes`);
  });

  it('stays unfinished until the index has it', async () => {
    const { archives, indexed } = await bench.crawl(start());
    const last = archives.at(-1) ?? '';
    assert.equal(existsSync(`${last}.unfinished`), true);
    site.asked.length = 0;
    assert.equal((await bench.crawl(start())).counts.fetched, 0);
    assert.deepEqual(pagesAsked(site), []);
    await indexed();
    assert.equal(existsSync(`${last}.unfinished`), false);
    const { archives: again } = await bench.crawl(start());
    assert.equal(again.length, archives.length + 1);
  });

  it('belongs to its start URLs: a crawl of others has its own', async () => {
    const { archives } = await bench.crawl([`${site.origin}/a`]);
    assert.equal(archives.length, 1);
  });
});

async function textOf(file: string, pathname: string): Promise<string> {
  for await (const { bytes } of readMembers(file, new AbortController().signal)) {
    const text = bytes.toString('latin1');
    if (text.includes('WARC-Type: response') && new RegExp(`WARC-Target-URI: \\S+:\\d+${pathname}\r`).test(text)) return text;
  }
  return '';
}

/** Bit by bit, unlike the one that is tested. */
function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{5}/g) ?? []).map((five) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(five, 2)]).join('');
}
