/** Reading archives: framing, codings, character sets, and what a page says of itself. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { CrawledPage } from '../../../server/src/linkIndex/store.ts';
import { hrefsOf, pages, readAll } from './readArchive.ts';
import { chunked, htmlOf, http, members, pageRecord, record } from './warcFixture.ts';

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
        http(body, ['Content-Type: text/html'], '403 Forbidden'),
        http(body, ['Content-Type: text/html'], '429 Slow Down'),
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
          redirectTo('300 Multiple Choices', 'Location: /z'),
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

  it('tells pages that are gone from those that are as they were', async () => {
    const { captures } = await read(
      Buffer.concat([
        record(http('<a href=/x>', ['Content-Type: text/html'], '404 Not Found'), { uri: 'https://b.org/1' }),
        record(http('', [], '410 Gone'), { uri: 'https://b.org/2', date: '2026-11-02T00:00:00.5Z' }),
        record(http('', ['ETag: "1"'], '304 Not Modified'), { uri: 'https://b.org/3' }),
      ]),
    );
    const noon = Date.UTC(2026, 10, 1, 12);
    assert.deepEqual(captures, [
      { kind: 'gone', gone: { url: 'https://b.org/1', status: 404, capturedAt: noon } },
      { kind: 'gone', gone: { url: 'https://b.org/2', status: 410, capturedAt: Date.UTC(2026, 10, 2) + 500 } },
      { kind: 'unchanged', unchanged: { url: 'https://b.org/3', capturedAt: noon } },
    ]);
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

    it('cuts endless texts, never inside a character', async () => {
      const page = await onlyPage(record(http(`<title>${'t'.repeat(5000)}</title><a href=/1>${'x'.repeat(999)}😀${'y'.repeat(2000)}</a>`)));
      assert.deepEqual([page.title?.length, page.links[0]?.text], [1000, 'x'.repeat(999)]);
    });

    it('keeps canonical and noindex', async () => {
      const page = await onlyPage(record(http('<link rel=canonical href=/c><meta name=robots content=noindex>', ['Content-Type: text/html'])));
      assert.deepEqual([page.canonical, page.noindex], ['https://b.org/c', true]);
    });
  });
});
