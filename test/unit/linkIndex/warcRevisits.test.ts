/** Records that repeat no content: pages that are as they were, and pages that have the content of others. */
import assert from 'node:assert/strict';
import type { Capture } from '../../../server/src/linkIndex/store.ts';
import { archiveFiles } from './archiveFiles.ts';
import { hrefsOf, pages } from './readArchive.ts';
import { http, members, pageRecord, type RecordOptions, record } from './warcFixture.ts';

const SAME = 'WARC-Profile: http://netpreserve.org/warc/1.0/revisit/identical-payload-digest';
const NOT_MODIFIED = 'WARC-Profile: http://netpreserve.org/warc/1.1/revisit/server-not-modified';
const NOON = Date.UTC(2026, 10, 1, 12);

describe('WARC revisits', () => {
  const { read } = archiveFiles();
  const revisit = (block: string | Buffer, more: readonly string[], options: RecordOptions = {}): Buffer =>
    record(block, { type: 'revisit', uri: 'https://b.org/b', ...options, more });
  const header = http('', ['Content-Type: text/html']);
  const unchanged: Capture = { kind: 'unchanged', unchanged: { url: 'https://b.org/b', capturedAt: NOON } };

  const cases: readonly (readonly [name: string, record: Buffer, expected: Capture | null])[] = [
    ['the same content', revisit(header, [SAME]), unchanged],
    ['the same content, without headers of its own', revisit('', [SAME]), unchanged],
    [
      'the same content as of the same page by another address',
      revisit(header, [SAME, 'WARC-Refers-To-Target-URI: http://www.b.org/b#top']),
      unchanged,
    ],
    ['the profile of WARC 1.1', revisit(header, [SAME.replace('1.0', '1.1')]), unchanged],
    ['no profile', revisit(header, []), unchanged],
    ['not modified', revisit(http('', ['ETag: "1"'], '304 Not Modified'), [NOT_MODIFIED]), unchanged],
    ['not modified, without headers of its own', revisit('', [NOT_MODIFIED, 'WARC-Refers-To-Target-URI: https://b.org/b']), unchanged],
    ['not modified, with the headers of the page', revisit(header, [NOT_MODIFIED]), unchanged],
    ['a profile nobody knows', revisit(header, ['WARC-Profile: https://example.com/moon-phase']), null],
    ['an image', revisit(http('', ['Content-Type: image/png']), [SAME]), null],
    ['an error of the server', revisit(http('', ['Content-Type: text/html'], '503 Busy'), [SAME]), null],
    ['no web address', revisit(header, [SAME], { uri: 'dns:b.org' }), null],
    [
      'a redirect that was one before',
      revisit(http('', ['Location: /c'], '301 Moved'), [SAME, 'WARC-Refers-To-Target-URI: https://b.org/other']),
      { kind: 'redirect', redirect: { url: 'https://b.org/b', target: 'https://b.org/c', status: 301, capturedAt: NOON, ip: null } },
    ],
    [
      'a page that was gone before',
      revisit(http('', ['Content-Type: text/html'], '410 Gone'), [SAME]),
      { kind: 'gone', gone: { url: 'https://b.org/b', status: 410, capturedAt: NOON } },
    ],
  ];
  for (const [name, bytes, expected] of cases) {
    it(name, async () => {
      const { captures, problem, note } = await read(bytes);
      assert.deepEqual([captures, problem, note === null], [expected === null ? [] : [expected], null, expected !== null]);
    });
  }

  describe('of other pages', () => {
    const DIGEST = 'WARC-Payload-Digest: sha1:AAAA';
    const copyOf = (uri: string, ...more: readonly string[]): Buffer =>
      revisit(http('', ['Content-Type: text/html', 'X-Robots-Tag: nofollow']), [SAME, `WARC-Refers-To-Target-URI: ${uri}`, ...more], {
        uri: 'https://c.net/copy/b',
        date: '2026-11-05T00:00:00Z',
        ip: '192.0.2.7',
      });
    const original = pageRecord('https://b.org/a/page', ['x', '/y', 'https://d.com/']);

    for (const [name, records] of [
      ['before them', [original, copyOf('https://b.org/a/page')]],
      ['behind them', [copyOf('<https://b.org/a/page>'), original]],
    ] as const) {
      it(`takes their content from records ${name}`, async () => {
        const { captures, problem, note, bytes } = await read(members(records));
        assert.deepEqual([problem, note, bytes], [null, null, members(records).length]);
        const [first, copy, ...more] = pages(captures);
        assert.ok(first && copy);
        assert.equal(more.length, 0);
        assert.deepEqual(hrefsOf(first), ['https://b.org/a/x', 'https://b.org/y', 'https://d.com/']);
        assert.deepEqual(hrefsOf(copy), ['https://c.net/copy/x', 'https://c.net/y', 'https://d.com/']);
        assert.deepEqual([copy.url, copy.title, copy.capturedAt, copy.ip], ['https://c.net/copy/b', 'Page', Date.UTC(2026, 10, 5), '192.0.2.7']);
        assert.deepEqual([first.links[2]?.nofollow, copy.links[2]?.nofollow], [false, true]);
      });
    }

    it('finds the capture they mean by digest or date', async () => {
      const captured = (href: string, date: string, ...more: readonly string[]): Buffer => pageRecord('https://b.org/a', [href], { date, more });
      const versions = [
        captured('/1', '2026-01-01T00:00:00Z', 'WARC-Payload-Digest: sha1:BBBB'),
        captured('/2', '2026-02-01T00:00:00Z', DIGEST),
        captured('/3', '2026-03-01T00:00:00Z'),
      ];
      for (const [more, expected] of [
        [[DIGEST], '/2'],
        [['WARC-Payload-Digest: sha1:CCCC', 'WARC-Refers-To-Date: 2026-01-01T00:00:00Z'], '/1'],
        [['WARC-Refers-To-Date: 2026-03-01T00:00:00Z'], '/3'],
      ] as const) {
        const { captures } = await read([...versions, copyOf('https://b.org/a', ...more)]);
        assert.deepEqual(pages(captures).map(hrefsOf).slice(3), [[`https://c.net${expected}`]], more.join());
      }
    });

    it('reads several copies of one page, each once', async () => {
      const { captures, note } = await read([copyOf('https://b.org/a/page'), original, original, copyOf('https://b.org/a/page')]);
      assert.equal(note, null);
      assert.deepEqual(
        pages(captures).map(({ url }) => url),
        ['https://b.org/a/page', 'https://b.org/a/page', 'https://c.net/copy/b', 'https://c.net/copy/b'],
      );
    });

    it('says how many are in other archives, and claims nothing of them', async () => {
      const elsewhere = copyOf('https://b.org/elsewhere');
      const { captures, note } = await read([elsewhere, original]);
      assert.equal(captures.length, 1);
      assert.match(note ?? '', /^1 page repeats .* was passed over\.$/);
      assert.match((await read([elsewhere, elsewhere])).note ?? '', /^2 pages repeat .* were passed over\.$/);
    });
  });
});
