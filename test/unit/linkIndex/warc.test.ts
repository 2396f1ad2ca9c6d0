/** Reading archives: framing, codings, character sets, damage; and every archive of the data set against warcio and parse5. */
import assert from 'node:assert/strict';
import { createReadStream, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { brotliCompressSync, deflateRawSync, deflateSync, gunzipSync, gzipSync } from 'node:zlib';
import { WARCParser } from 'warcio';
import type { ReadProblem } from '../../../server/src/linkIndex/ingest/capture.ts';
import { readWarc } from '../../../server/src/linkIndex/ingest/warc/captures.ts';
import type { Capture, CrawledPage } from '../../../server/src/linkIndex/store.ts';
import { itWithData } from '../../support/data.ts';
import { countHyperlinks } from './parse5Links.ts';
import { chunked, htmlOf, http, members, pageRecord, record } from './warcFixture.ts';

const signal = new AbortController().signal;

async function readAll(file: string): Promise<{ captures: Capture[]; problem: ReadProblem | null; bytes: number }> {
  let bytes = 0;
  const reader = readWarc(file, {
    signal,
    onBytes: (read) => {
      bytes += read;
    },
  });
  const captures: Capture[] = [];
  for (;;) {
    const next = await reader.next();
    if (next.done) return { captures, problem: next.value.problem, bytes };
    captures.push(next.value);
  }
}

function pages(captures: readonly Capture[]): CrawledPage[] {
  return captures.flatMap((capture) => (capture.kind === 'page' ? [capture.page] : []));
}

describe('WARC', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'backlink-lens-warc-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  let files = 0;

  const read = async (bytes: Buffer): ReturnType<typeof readAll> => {
    const file = path.join(folder, `${files++}.warc`);
    writeFileSync(file, bytes);
    return await readAll(file);
  };
  const onlyPage = async (bytes: Buffer): Promise<CrawledPage> => {
    const { captures, problem } = await read(bytes);
    assert.equal(problem, null);
    const [page, ...more] = pages(captures);
    assert.equal(more.length, 0);
    assert.ok(page);
    return page;
  };
  const hrefsOf = (page: CrawledPage): string[] => page.links.map(({ url }) => url);

  describe('records', () => {
    const two = [pageRecord('https://b.org/1', ['/a']), pageRecord('https://b.org/2', ['/b', '/c'])];
    const forms: readonly (readonly [name: string, bytes: Buffer])[] = [
      ['plain', Buffer.concat(two)],
      ['a gzip member each', members(two)],
      ['one gzip stream', gzipSync(Buffer.concat(two))],
      ['version 1.1', Buffer.concat([pageRecord('https://b.org/1', ['/a'], { version: 'WARC/1.1' }), two[1] as Buffer])],
      ['version 0.18', Buffer.concat([pageRecord('https://b.org/1', ['/a'], { version: 'WARC/0.18' }), two[1] as Buffer])],
      ['LF-only headers', Buffer.concat([pageRecord('https://b.org/1', ['/a'], { eol: '\n' }), two[1] as Buffer])],
      ['URI in angle brackets', Buffer.concat([pageRecord('<https://b.org/1>', ['/a']), two[1] as Buffer])],
      ['folded header line', Buffer.concat([pageRecord('https://b.org/1', ['/a'], { more: ['X-Note: one', ' two'] }), two[1] as Buffer])],
      ['blank lines before and between', Buffer.concat([Buffer.from('\r\n\r\n'), two[0] as Buffer, Buffer.from('\n\n\n'), two[1] as Buffer])],
      ['unknown type between', Buffer.concat([two[0] as Buffer, record('?', { type: 'mystery' }), two[1] as Buffer])],
    ];
    for (const [name, bytes] of forms) {
      it(name, async () => {
        const { captures, problem, bytes: counted } = await read(bytes);
        assert.equal(problem, null);
        assert.deepEqual(
          pages(captures).map((page) => [page.url, hrefsOf(page)]),
          [
            ['https://b.org/1', ['https://b.org/a']],
            ['https://b.org/2', ['https://b.org/b', 'https://b.org/c']],
          ],
        );
        assert.equal(counted, bytes.length);
      });
    }

    it('goes on at the next version line after a block of the wrong length', async () => {
      const block = http(htmlOf(['/a']));
      for (const error of [-7, 1, 3]) {
        const { captures } = await read(
          Buffer.concat([record(block, { uri: 'https://b.org/1', length: block.length + error }), pageRecord('https://b.org/2', ['/b'])]),
        );
        assert.deepEqual(
          pages(captures).map(({ url }) => url),
          ['https://b.org/1', 'https://b.org/2'],
        );
      }
    });

    it('keeps date and address, and has null for what is not there or not readable', async () => {
      const page = await onlyPage(pageRecord('https://b.org/', [], { ip: '192.0.2.1', date: '2024-02-29T23:59:59Z' }));
      assert.deepEqual([page.capturedAt, page.ip], [Date.UTC(2024, 1, 29, 23, 59, 59), '192.0.2.1']);
      const bare = await onlyPage(pageRecord('https://b.org/', [], { date: 'yesterday' }));
      assert.deepEqual([bare.capturedAt, bare.ip], [null, null]);
    });

    it('takes HTML resources as pages, and no other types', async () => {
      const { captures } = await read(
        Buffer.concat([
          record(htmlOf(['/r']), { type: 'resource', contentType: 'text/html', uri: 'https://b.org/r' }),
          record('plain', { type: 'resource', contentType: 'text/plain', uri: 'https://b.org/t' }),
          record('GET / HTTP/1.1', { type: 'request', contentType: 'application/http; msgtype=request' }),
          record(http(htmlOf(['/x'])), { type: 'revisit' }),
          record('a: b', { type: 'metadata', contentType: 'application/warc-fields' }),
          record('20260101 www', { uri: 'dns:b.org', contentType: 'text/dns' }),
          pageRecord('urn:pageinfo:x', ['/y']),
        ]),
      );
      assert.deepEqual(
        pages(captures).map(({ url }) => url),
        ['https://b.org/r'],
      );
    });
  });

  describe('HTTP', () => {
    const body = htmlOf(['/a', '/b']);
    const bodies: readonly (readonly [name: string, block: Buffer])[] = [
      ['as is', http(body)],
      ['LF-only header', http(body, ['Content-Type: text/html'], '200 OK', '\n')],
      ['no type, HTML by its first tag', http(body, ['X: y'])],
      ['XHTML', http(body, ['Content-Type: application/xhtml+xml'])],
      ['chunked', http(chunked(body, 10), ['Content-Type: text/html', 'Transfer-Encoding: chunked'])],
      ['chunked with a trailer', http(chunked(body, 33, 'X-Checksum: 1\r\n'), ['Content-Type: text/html', 'Transfer-Encoding: chunked'])],
      ['chunked in name only', http(body, ['Content-Type: text/html', 'Transfer-Encoding: chunked'])],
      [
        'chunk sizes in upper case, with extensions',
        http(`${body.length.toString(16).toUpperCase()};x=y\r\n${body}\r\n0\r\n\r\n`, ['Content-Type: text/html', 'Transfer-Encoding: chunked']),
      ],
      ['gzip', http(gzipSync(body), ['Content-Type: text/html', 'Content-Encoding: gzip'])],
      ['x-gzip', http(gzipSync(body), ['Content-Type: text/html', 'Content-Encoding: x-gzip'])],
      ['deflate', http(deflateSync(body), ['Content-Type: text/html', 'Content-Encoding: deflate'])],
      ['deflate without its wrapper', http(deflateRawSync(body), ['Content-Type: text/html', 'Content-Encoding: deflate'])],
      ['brotli', http(brotliCompressSync(body), ['Content-Type: text/html', 'Content-Encoding: br'])],
      ['gzip in gzip', http(gzipSync(gzipSync(body)), ['Content-Type: text/html', 'Content-Encoding: gzip, gzip'])],
      ['gzip in name only', http(body, ['Content-Type: text/html', 'Content-Encoding: gzip'])],
      ['an unknown coding', http(body, ['Content-Type: text/html', 'Content-Encoding: identity'])],
    ];
    for (const [name, block] of bodies) {
      it(name, async () => assert.deepEqual(hrefsOf(await onlyPage(record(block))), ['https://b.org/a', 'https://b.org/b']));
    }

    it('takes the whole of a truncated gzip body that is there', async () => {
      const long = htmlOf(Array.from({ length: 500 }, (_, at) => `/page-${at * 7919}`));
      const page = await onlyPage(record(http(gzipSync(long).subarray(0, -200), ['Content-Type: text/html', 'Content-Encoding: gzip'])));
      assert.ok(page.links.length > 100 && page.links.length < 500, String(page.links.length));
    });

    it('passes over what is no page', async () => {
      const blocks = [
        http(body, ['Content-Type: text/html'], '404 Not Found'),
        http(body, ['Content-Type: text/html'], '500 Oops'),
        http(body, ['Content-Type: image/png']),
        http('{}', ['X: y']),
        Buffer.from('not http at all'),
        Buffer.alloc(0),
      ];
      assert.deepEqual((await read(Buffer.concat(blocks.map((block) => record(block))))).captures, []);
    });

    it('reads redirects with a usable Location', async () => {
      const redirectTo = (status: string, ...headers: string[]): Buffer =>
        record(http('', headers, status), { uri: 'https://b.org/d/from', ip: '192.0.2.9' });
      const { captures } = await read(
        Buffer.concat([
          redirectTo('301 Moved', 'Location: ../to'),
          redirectTo('302 Found', 'location: https://a.com/x'),
          redirectTo('307 Temporary', 'Location: //a.com/y'),
          redirectTo('301 Moved', 'Location: mailto:me@b.org'),
          redirectTo('301 Moved'),
          redirectTo('304 Not Modified', 'Location: /z'),
        ]),
      );
      assert.deepEqual(
        captures.map((capture) =>
          capture.kind === 'redirect' ? [capture.redirect.status, capture.redirect.target, capture.redirect.ip] : capture.kind,
        ),
        [
          [301, 'https://b.org/to', '192.0.2.9'],
          [302, 'https://a.com/x', '192.0.2.9'],
          [307, 'https://a.com/y', '192.0.2.9'],
        ],
      );
    });
  });

  describe('pages', () => {
    const titled = (bytes: Buffer, type: string): Promise<CrawledPage> => onlyPage(record(http(bytes, [`Content-Type: ${type}`])));
    const titles: readonly (readonly [name: string, bytes: Buffer, type: string, title: string])[] = [
      ['header', Buffer.from('<title>Grüße 漢</title>'), 'text/html; charset=utf-8', 'Grüße 漢'],
      ['header in quotes', Buffer.from('<title>Grüße</title>'), 'text/html; charset="UTF-8"', 'Grüße'],
      ['byte order mark against the header', Buffer.from('\ufeff<title>Grüße</title>'), 'text/html; charset=iso-8859-1', 'Grüße'],
      ['UTF-16 by its mark', Buffer.from('\ufeff<title>漢</title>', 'utf16le'), 'text/html', '漢'],
      ['meta charset', Buffer.from('<meta charset=utf-8><title>漢</title>'), 'text/html', '漢'],
      [
        'meta http-equiv',
        Buffer.from('<meta http-equiv="Content-Type" content="text/html; charset=koi8-r"><title>\xf0\xf2\xe9</title>', 'latin1'),
        'text/html',
        'ПРИ',
      ],
      ['a commented meta does not count', Buffer.from('<!-- <meta charset=utf-8> --><title>\xfc</title>', 'latin1'), 'text/html', 'ü'],
      ['none: windows-1252', Buffer.from('<title>\x80 5 \x93a\x94 \xe9</title>', 'latin1'), 'text/html', '€ 5 “a” é'],
      ['ISO 8859-1 means windows-1252', Buffer.from('<title>\x80\x92</title>', 'latin1'), 'text/html; charset=ISO-8859-1', '€’'],
      [
        'Shift_JIS',
        Buffer.from([...Buffer.from('<title>'), 0x93, 0xfa, 0x96, 0x7b, ...Buffer.from('</title>')]),
        'text/html; charset=Shift_JIS',
        '日本',
      ],
      ['an unknown label counts as none', Buffer.from('<meta charset=utf-8><title>é</title>'), 'text/html; charset=klingon', 'é'],
      ['meta UTF-16 means UTF-8', Buffer.from('<meta charset=utf-16><title>é</title>'), 'text/html', 'é'],
    ];
    for (const [name, bytes, type, title] of titles) it(`charset: ${name}`, async () => assert.equal((await titled(bytes, type)).title, title));

    it('tells followed from not: rel, robots meta, X-Robots-Tag', async () => {
      const links = '<a href=/1>a</a><a href=/2 rel="NoFollow">b</a><a href=/3 rel="noopener ugc">c</a><a href=/4 rel=sponsored>d</a>';
      const nofollow = async (html: string, ...headers: string[]): Promise<string> => {
        const page = await onlyPage(record(http(html, ['Content-Type: text/html', ...headers])));
        return page.links.map((link) => Number(link.nofollow)).join('');
      };
      assert.equal(await nofollow(links), '0111');
      assert.equal(await nofollow(`<meta name=robots content="index, NOFOLLOW">${links}`), '1111');
      assert.equal(await nofollow(`<meta name=robots content=none>${links}`), '1111');
      assert.equal(await nofollow(links, 'X-Robots-Tag: nofollow'), '1111');
      assert.equal(await nofollow(links, 'X-Robots-Tag: noindex', 'X-Robots-Tag: none'), '1111');
      assert.equal(await nofollow(links, 'X-Robots-Tag: otherbot: noindex, nofollow'), '0111');
      assert.equal(await nofollow(links, 'X-Robots-Tag: otherbot: noindex', 'X-Robots-Tag: nofollow'), '1111');
      assert.equal(await nofollow(links, 'X-Robots-Tag: unavailable_after: 25 Jun 2030 15:00:00 PST, nofollow'), '1111');
    });

    it('keeps canonical and noindex', async () => {
      const page = await onlyPage(record(http('<link rel=canonical href=/c><meta name=robots content=noindex>', ['Content-Type: text/html'])));
      assert.deepEqual([page.canonical, page.noindex], ['https://b.org/c', true]);
    });
  });

  describe('damage', () => {
    const many = Array.from({ length: 40 }, (_, at) =>
      pageRecord(
        `https://b.org/${at}`,
        Array.from({ length: 50 }, (__, link) => `/${at}/${link * 7919}`),
      ),
    );
    const whole = members(many);

    it('says that a file is no archive', async () => {
      for (const bytes of [
        Buffer.alloc(0),
        Buffer.from('<html>'),
        Buffer.from('\r\n\r\n'),
        gzipSync('hello'),
        Buffer.alloc(200_000, 'x'),
        Buffer.from([0x1f, 0x8b, 8, 0]),
      ]) {
        const { captures, problem } = await read(bytes);
        assert.deepEqual(captures, []);
        assert.ok(problem?.code === 'input.not-an-archive' || problem?.code === 'input.truncated', JSON.stringify(problem));
      }
      assert.equal((await read(Buffer.from('<html>'))).problem?.code, 'input.not-an-archive');
    });

    it('keeps what came before a truncation, wherever it is', async () => {
      let kept = 0;
      for (let cut = 50; cut < whole.length; cut += Math.floor(whole.length / 23)) {
        const { captures, problem } = await read(whole.subarray(0, cut));
        const complete = many.filter((_, at) => members(many.slice(0, at + 1)).length <= cut).length;
        assert.ok(captures.length >= complete && captures.length <= complete + 1, `${cut}: ${captures.length} of ${complete}`);
        if (captures.length < many.length && problem === null) assert.equal(members(many.slice(0, complete)).length, cut);
        if (problem !== null) assert.equal(problem.code, 'input.truncated');
        kept += captures.length;
      }
      assert.ok(kept > 200);
    });

    it('keeps what came before a corruption, up to the slice it is in', async () => {
      const long = Buffer.concat(Array.from({ length: 10 }, () => whole));
      const from = Math.floor(long.length / 2);
      const corrupt = Buffer.from(long).fill(0xff, from, from + 40);
      const { captures, problem } = await read(corrupt);
      assert.equal(problem?.code, 'input.truncated');
      const before = Math.floor(((from - (1 << 14)) / whole.length) * many.length) - 1;
      assert.ok(captures.length >= before && captures.length < 401, `${captures.length}, ${before} at least`);
    });

    it('says that a plain file ends inside a record', async () => {
      const plain = Buffer.concat(many);
      const { captures, problem } = await read(plain.subarray(0, plain.length - 300));
      assert.equal(captures.length, 39);
      assert.equal(problem?.code, 'input.truncated');
    });

    it('stops at an abort', async () => {
      const abort = new AbortController();
      const file = path.join(folder, 'abort.warc.gz');
      writeFileSync(file, whole);
      const reader = readWarc(file, { signal: abort.signal, onBytes() {} });
      await reader.next();
      abort.abort();
      await assert.rejects(
        async () => {
          while (!(await reader.next()).done);
        },
        { name: 'AbortError' },
      );
    });
  });

  describe('oracles', function () {
    this.timeout(120_000);

    it('reads made-up archives as warcio does, and counts links as parse5 does', async () => {
      const records = [
        pageRecord('https://b.org/1', ['/a', 'https://a.com/', '#x', 'mailto:x@y.z']),
        record(http(chunked(htmlOf(['/c']), 9), ['Content-Type: text/html', 'Transfer-Encoding: chunked']), { uri: 'https://b.org/2' }),
        record(http(gzipSync(htmlOf(['/d', '/e'])), ['Content-Type: text/html', 'Content-Encoding: gzip']), { uri: 'https://b.org/3' }),
      ];
      const file = path.join(folder, 'oracle.warc.gz');
      writeFileSync(file, members(records));
      assert.deepEqual(await compareWithOracles(file), { pages: 3, links: 6 });
    });

    itWithData('counts the links of every page in every archive of the data set as parse5 does', 'warc', async (data) => {
      const sum = { archives: 0, pages: 0, links: 0 };
      for (const name of readdirSync(data).filter((one) => /\.warc(\.gz)?$/.test(one))) {
        const { pages, links } = await compareWithOracles(path.join(data, name));
        sum.archives++;
        sum.pages += pages;
        sum.links += links;
      }
      console.log(`      ${sum.archives} archives, ${sum.pages} pages, ${sum.links} links`);
      assert.ok(sum.pages >= 118 && sum.links >= 38_000);
    });

    itWithData('reads gzip bodies that are a byte short, which warcio gives up on', 'warc', async (data) => {
      for (const name of ['webrecorder__warcio.js__example-bad-length.warc', 'webrecorder__warcio__example-trunc.warc']) {
        const [page] = pages((await readAll(path.join(data, name))).captures);
        assert.deepEqual(page && hrefsOf(page), ['http://www.iana.org/domains/example']);
      }
    });

    itWithData(
      'finds the same links in the bytes of an archive written in other ways',
      'warc/archivesunleashed__aut__example.warc.gz',
      async (file) => {
        const plain = gunzipSync(readFileSync(file));
        const { captures, problem } = await read(plain);
        const { captures: again } = await read(gzipSync(plain, { level: 1 }));
        assert.equal(problem, null);
        assert.equal(pages(captures).length, 94);
        assert.deepEqual(again, captures);
      },
    );
  });
});

/**
 * Every 2xx HTML page that warcio reads must come out of our reader too, with as many numbered links as parse5 finds. warcio gives nothing for
 * a gzip body that is cut short; those pages are not compared.
 */
async function compareWithOracles(file: string): Promise<{ pages: number; links: number }> {
  const ours = pages((await readAll(file)).captures);
  const theirs = await warcioPages(file);
  assert.deepEqual(
    ours.map(({ url }) => url),
    theirs.map(({ url }) => new URL(url).href),
    path.basename(file),
  );
  let links = 0;
  for (const [at, page] of ours.entries()) {
    if (theirs[at]?.html === '') continue;
    const expected = countHyperlinks(theirs[at]?.html ?? '', page.url);
    assert.equal(
      page.links.filter(({ tag }) => tag === 'a' || tag === 'aimg' || tag === 'area').length,
      expected,
      `${path.basename(file)} ${page.url}`,
    );
    links += expected;
  }
  return { pages: ours.length, links };
}

async function warcioPages(file: string): Promise<{ url: string; html: string }[]> {
  const found: { url: string; html: string }[] = [];
  const { warn } = console;
  console.warn = () => {};
  try {
    for await (const one of new WARCParser(createReadStream(file))) {
      const status = Number(one.httpHeaders?.statusCode ?? 0);
      const type = one.httpHeaders?.headers.get('content-type') ?? '';
      const url = (one.warcTargetURI ?? '').replace(/^<|>$/g, '');
      const isPage = one.warcType === 'response' && status >= 200 && status < 300 && /html/i.test(type) && URL.canParse(url);
      if (isPage) found.push({ url, html: Buffer.from((await one.readFully(true)) ?? []).toString('latin1') });
    }
  } catch {
    // Broken on purpose; what was read before stands.
  } finally {
    console.warn = warn;
  }
  return found;
}
