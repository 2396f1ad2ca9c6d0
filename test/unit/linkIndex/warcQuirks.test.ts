/** What real archives do that no standard allows. Each case was met in files of crawlers, or is told in their readers' issue lists. */
import assert from 'node:assert/strict';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { archiveFiles } from './archiveFiles.ts';
import { hrefsOf, pages } from './readArchive.ts';
import { chunked, htmlOf, http, pageRecord, record } from './warcFixture.ts';

const A = ['https://b.org/a'];
const GZIP = ['Content-Type: text/html', 'Content-Encoding: gzip'];

describe('WARC quirks', () => {
  const { read, onlyPage } = archiveFiles();
  const urlsOf = async (bytes: Buffer | readonly Buffer[]): Promise<string[]> => {
    const { captures, problem } = await read(bytes);
    assert.equal(problem, null);
    return pages(captures).map(({ url }) => url);
  };

  describe('records', () => {
    /** Line ends lost, lengths as if they were there, the day of the year in place of the day. */
    const clueWeb = (uri: string, hrefs: readonly string[]): Buffer => {
      const block = http(htmlOf(hrefs), ['Content-Type: text/html'], '200 OK', '\n');
      const lines = block.toString().split('\n').length;
      return record(block, { uri, version: 'WARC/0.18', eol: '\n', length: block.length + lines, date: '2009-03-65T08:43:19-0800' });
    };

    it('ClueWeb09: lengths that reach into the next record, dates by the day of the year', async () => {
      const { captures, problem } = await read([1, 2, 3, 4].map((page) => clueWeb(`https://b.org/${page}`, ['/a', '/b'])));
      assert.equal(problem, null);
      const captured = Date.UTC(2009, 2, 6, 16, 43, 19);
      assert.deepEqual(
        pages(captures).map((page) => [page.url, page.links.length, page.capturedAt]),
        [1, 2, 3, 4].map((page) => [`https://b.org/${page}`, 2, captured]),
      );
    });

    it('a length that swallows whole records, of a block that is read and of one that is not', async () => {
      for (const type of ['response', 'request']) {
        const block = http(htmlOf(['/a']));
        const wrong = record(block, { uri: 'https://b.org/1', type, length: block.length + 400 });
        const urls = await urlsOf([wrong, pageRecord('https://b.org/2', ['/b']), pageRecord('https://b.org/3', ['/c'])]);
        assert.deepEqual(urls.slice(-2), ['https://b.org/2', 'https://b.org/3']);
        assert.equal(urls.length, type === 'response' ? 3 : 2);
      }
    });

    it('a page that shows a record keeps its end', async () => {
      const example = record('x').toString();
      const page = await onlyPage(record(http(`<a href=/a>before</a><pre>\n${example}\n</pre><a href=/z>behind</a>`)));
      assert.deepEqual(hrefsOf(page), ['https://b.org/a', 'https://b.org/z']);
    });

    it('no length at all', async () => {
      const bytes = pageRecord('https://b.org/1', ['/a'])
        .toString()
        .replace(/Content-Length: \d+\r\n/, '');
      assert.deepEqual(await urlsOf([Buffer.from(bytes), pageRecord('https://b.org/2', ['/b'])]), ['https://b.org/2']);
    });

    it('nothing but lengths that reach to the end, in no time', async () => {
      for (const length of [4_000, 1_000_000, 60_000_000]) {
        const header = Buffer.from(`WARC/1.0\r\nContent-Length: ${length}\r\n\r\n`);
        const { captures } = await read([Buffer.alloc(header.length * 20_000, header), pageRecord('https://b.org/', ['/a'])]);
        assert.ok(captures.length <= 1);
      }
    });

    it('endless lines behind a block that is too short', async () => {
      const block = http(`<a href=/a>${'x'.repeat(300_000)}`);
      const short = record(block, { uri: 'https://b.org/1', length: 100 });
      assert.deepEqual(await urlsOf([short, pageRecord('https://b.org/2', ['/b'])]), ['https://b.org/1', 'https://b.org/2']);
    });

    it('zeros between gzip members and behind the last', async () => {
      const [one, two] = [gzipSync(pageRecord('https://b.org/1', ['/a'])), gzipSync(pageRecord('https://b.org/2', ['/b']))];
      for (const zeros of [1, 511, 200_000]) {
        assert.deepEqual(await urlsOf([one, Buffer.alloc(zeros), two, Buffer.alloc(zeros)]), ['https://b.org/1', 'https://b.org/2'], String(zeros));
      }
    });

    it('gzip members with an extra field and a name', async () => {
      const plain = gzipSync(pageRecord('https://b.org/1', ['/a']));
      const extra = Buffer.from([0x0c, 0, 0x73, 0x6c, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8]);
      const withExtra = Buffer.concat([
        plain.subarray(0, 3),
        Buffer.of(0x0c),
        plain.subarray(4, 10),
        extra,
        Buffer.from('record\0'),
        plain.subarray(10),
      ]);
      assert.deepEqual(await urlsOf([withExtra, plain]), ['https://b.org/1', 'https://b.org/1']);
    });

    it('addresses with blanks, brackets, and bytes that are no UTF-8', async () => {
      const broken = Buffer.from(pageRecord('https://b.org/~~', ['/a']).toString().replace('~~', '\xff\b\xe9'), 'latin1');
      const urls = await urlsOf([pageRecord(' <https://b.org/a b> ', ['/a']), broken, pageRecord('https://b.org:99999/', ['/a'])]);
      assert.deepEqual(urls, ['https://b.org/a%20b', 'https://b.org/%EF%BF%BD%08%EF%BF%BD']);
    });

    it('IP addresses: IPv6 in brackets, blanks, and what is none', async () => {
      const ips = ['[2001:db8::1]', ' 192.0.2.1 ', '2001:DB8::1', '::ffff:192.0.2.1', '999.1.1.1', '192.0.2.1:80', 'unknown', ''];
      const { captures } = await read(ips.map((ip) => pageRecord('https://b.org/', [], { ip })));
      assert.deepEqual(
        pages(captures).map(({ ip }) => ip),
        ['2001:db8::1', '192.0.2.1', '2001:DB8::1', '::ffff:192.0.2.1', null, null, null, null],
      );
    });

    it('dates: nanoseconds, offsets, fourteen digits, and what is none', async () => {
      const dates = ['2026-11-01T12:00:00.123456789Z', '2026-11-01T13:00:00+01:00', '20261101120000', '2026-13-45', '2009-04-65T00:00:00Z', ''];
      const { captures } = await read(dates.map((date) => pageRecord('https://b.org/', [], { date })));
      const noon = Date.UTC(2026, 10, 1, 12);
      assert.deepEqual(
        pages(captures).map(({ capturedAt }) => capturedAt),
        [noon + 123, noon, noon, null, null, null],
      );
    });

    it('records that are not about pages', async () => {
      const others = [
        record(htmlOf(['/x']), { type: 'conversion', contentType: 'text/html' }),
        record(htmlOf(['/x']), { type: 'continuation', contentType: 'text/html' }),
        record('{"a":1}', { type: 'metadata', contentType: 'application/json' }),
        record('fetchTimeMs: 5', { type: 'metadata', contentType: 'application/warc-fields' }),
        record('{"pages":[]}', { type: 'resource', contentType: 'application/json', uri: 'urn:pageinfo:https://b.org/' }),
        record('', { type: 'response' }),
        record('HTTP/1.1', { type: 'response' }),
      ];
      const { captures, note } = await read(others);
      assert.deepEqual(captures, []);
      assert.match(note ?? '', /^None of its 7 records is a page/);
    });
  });

  describe('HTTP', () => {
    const body = htmlOf(['/a']);
    const blocks: readonly (readonly [name: string, block: Buffer])[] = [
      [
        'an interim response before it',
        Buffer.concat([Buffer.from('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n'), http(body)]),
      ],
      ['a blank line too many', http(`\r\n${body}`)],
      ['the status line of HTTP/2', Buffer.from(http(body).toString().replace('HTTP/1.1', 'HTTP/2'))],
      ['a status line without a reason', http(body, ['Content-Type: text/html'], '200')],
      ['no blank and tabs behind colons', http(body, ['Content-Type:\t text/html', 'Content-Length:     5155'])],
      ['folded and broken header lines', http(body, [' folded', 'X-Fold: a', '\tb', 'no colon', ': no name', 'Content-Type: text/html'])],
      ['its type twice', http(body, ['Content-Type: text/html', 'Content-Type: text/html; charset=utf-8'])],
      ['an empty coding', http(body, ['Content-Type: text/html', 'Content-Encoding:'])],
      ['zstd', http(zstdCompressSync(body), ['Content-Type: text/html', 'Content-Encoding: zstd'])],
      ['zstd in name only', http(body, ['Content-Type: text/html', 'Content-Encoding: zstd'])],
      ['brotli in name only', http(body, ['Content-Type: text/html', 'Content-Encoding: br'])],
      ['deflate in name only', http(body, ['Content-Type: text/html', 'Content-Encoding: deflate'])],
      ['chunks without an end', http(chunked(body, 20).subarray(0, -5), ['Content-Type: text/html', 'Transfer-Encoding: chunked'])],
      ['a chunk that says more than there is', http(`fff\r\n${body}`, ['Content-Type: text/html', 'Transfer-Encoding: chunked'])],
      ['a chunk that says less than there is', http(`10\r\n${body}`, ['Content-Type: text/html', 'Transfer-Encoding: chunked'])],
      ['gzip in chunks', http(chunked(gzipSync(body), 30), [...GZIP, 'Transfer-Encoding: chunked'])],
    ];
    for (const [name, block] of blocks) it(name, async () => assert.deepEqual(hrefsOf(await onlyPage(record(block))), A));

    it('its type only in the record', async () => {
      const typed = (type: string): Buffer => record(http('no tag <a href=/a>', ['X: y']), { more: [`WARC-Identified-Payload-Type: ${type}`] });
      assert.deepEqual(hrefsOf(await onlyPage(typed('text/html'))), A);
      assert.deepEqual((await read(typed('text/plain'))).captures, []);
    });

    it('a Location in UTF-8, in ISO 8859-1, and twice', async () => {
      const targets = async (...headers: Buffer[]): Promise<string[]> => {
        const block = Buffer.concat([Buffer.from('HTTP/1.1 301 Moved\r\n'), ...headers, Buffer.from('\r\n')]);
        return (await read(record(block))).captures.flatMap((capture) => (capture.kind === 'redirect' ? [capture.redirect.target] : []));
      };
      assert.deepEqual(await targets(Buffer.from('Location: /ü\r\n', 'utf8')), ['https://b.org/%C3%BC']);
      assert.deepEqual(await targets(Buffer.from('Location: /ü\r\n', 'latin1')), ['https://b.org/%C3%BC']);
      assert.deepEqual(await targets(Buffer.from('Location: /1\r\n'), Buffer.from('Location: /2\r\n')), ['https://b.org/2']);
    });

    it('gzip with a wrong checksum, and damaged in the middle', async () => {
      const coded = gzipSync(body);
      coded.writeUInt32LE(0, coded.length - 8);
      assert.deepEqual(hrefsOf(await onlyPage(record(http(coded, GZIP)))), A);
      const long = gzipSync(htmlOf(Array.from({ length: 2000 }, (_, at) => `/page-${at * 7919}`)));
      const page = await onlyPage(record(http(long.fill(0xff, 7000, 7020), GZIP)));
      assert.ok(page.links.length > 500 && page.links.length < 1500, String(page.links.length));
    });

    it('a body that inflates to a mountain is no page', async () => {
      const bomb = gzipSync(Buffer.alloc(65 << 20, '<'));
      assert.deepEqual((await read(record(http(bomb, GZIP)))).captures, []);
      const nested = http(body, ['Content-Type: text/html', `Content-Encoding: ${'gzip, '.repeat(5000)}gzip`]);
      assert.deepEqual(hrefsOf(await onlyPage(record(nested))), A);
    });
  });
});
