/** Reading WAT: links, facts and answers from the JSON that is written of each WARC record. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Capture } from '../../../server/src/linkIndex/store.ts';
import { itWithData } from '../../support/data.ts';
import { archiveFiles } from './archiveFiles.ts';
import { hrefsOf, pages, readAll } from './readArchive.ts';
import { members, pageRecord } from './warcFixture.ts';
import { type WatOptions, watRecord, watRecordOf } from './watFixture.ts';

describe('WAT', () => {
  const { read, onlyPage } = archiveFiles();
  const page = (options: WatOptions): ReturnType<typeof onlyPage> => onlyPage(watRecord(options));
  const captures = async (...records: Buffer[]): Promise<readonly Capture[]> => {
    const { captures: found, problem } = await read(records);
    assert.equal(problem, null);
    return found;
  };

  describe('links', () => {
    /** Position, tag, URL, text, not followed. */
    const linksOf = async (links: unknown, head: unknown = {}): Promise<unknown[]> =>
      (await page({ links, head })).links.map(({ position, tag, url, text, nofollow }) => [position, tag, url, text, Number(nofollow)].join(' '));

    it('have tag, address, text, rel and number', async () => {
      const links = [
        { path: 'BODY@/background', url: 'bg.png' },
        { path: 'A@/href', url: 'x?a=1&b=2', text: ' two\n words ', rel: 'NoFollow noopener', title: 't', target: '_blank' },
        { path: 'IMG@/src', url: '/i.png', alt: 'no link' },
        { path: 'STYLE/#text', href: 'i.gif' },
        { path: 'A@/href', url: '//d.com', text: 'd' },
        { path: 'FORM@/action', url: 'https://b.org/search', method: 'post' },
        { path: 'IFRAME@/src', url: 'https://video.example/1' },
        { path: 'FRAME@/src', url: 'menu.html' },
        { path: 'AREA@/href', url: '/map', rel: 'sponsored' },
        { path: 'A@/href', url: 'mailto:me@b.org', text: 'mail' },
        { path: 'A@/href', url: '#x', text: 'below' },
        { path: 'A@/href', url: '', text: 'here' },
        { path: 'FORM@/action', url: '' },
        { path: 'DIV@/data-href', url: '/no-link' },
        { path: 'LINK@/href', url: '/style.css' },
        { path: 'Q@/cite', url: '/cite' },
      ];
      assert.deepEqual(await linksOf(links), [
        '1 a https://b.org/a/x?a=1&b=2 two words 1',
        '2 a https://d.com/ d 0',
        '3 form https://b.org/search  0',
        '4 iframe https://video.example/1  0',
        '5 frame https://b.org/a/menu.html  0',
        '6 area https://b.org/map  1',
        '7 a https://b.org/a/page#x below 0',
        '8 a https://b.org/a/page here 0',
      ]);
    });

    it('are those of an image where they have no text and stand right behind one', async () => {
      const image = (alt?: string): unknown => ({ path: 'IMG@/src', url: 'i.png', ...(alt === undefined ? {} : { alt }) });
      const a = (text?: string): unknown => ({ path: 'A@/href', url: '/l', ...(text === undefined ? {} : { text }) });
      const kinds: readonly (readonly [links: unknown[], expected: string[]])[] = [
        [[image('Logo  of B'), a()], ['aimg Logo of B']],
        [[image(''), a()], ['aimg [img]']],
        [[image(), a()], ['aimg [img]']],
        [[image('one'), image('two'), a()], ['aimg two']],
        [[image('long'), { path: 'IMG@/longdesc', url: 'd.html' }, a()], ['aimg long']],
        [[image('beside'), a('words')], ['a words']],
        [
          [image('first'), a(), a()],
          ['aimg first', 'a '],
        ],
        [[image('far'), { path: 'DIV@/data-href', url: 'x' }, a()], ['a ']],
        [[a(), image('behind')], ['a ']],
        [[image('map'), { path: 'AREA@/href', url: '/l' }], ['area ']],
      ];
      for (const [links, expected] of kinds) {
        const found = (await page({ links })).links.map(({ tag, text }) => `${tag} ${text}`);
        assert.deepEqual(found, expected, JSON.stringify(links));
      }
    });

    it('by script are those of handlers and of javascript: addresses', async () => {
      const links = [
        { path: 'DIV@/onclick', url: 'one.html' },
        { path: 'INPUT@/onclick', url: '/two' },
        { path: 'A@/href', url: "javascript:location.href='/three'", text: 'go' },
        { path: 'A@/href', url: 'javascript:void(0)', text: 'nothing' },
      ];
      assert.deepEqual(await linksOf(links), [
        '1 javascript https://b.org/a/one.html  0',
        '2 javascript https://b.org/two  0',
        '3 javascript https://b.org/three go 0',
      ]);
    });

    it('by meta refresh come first, and all resolve against the base', async () => {
      const head = {
        Base: 'https://e.net/dir/',
        Metas: [
          { 'http-equiv': 'Refresh', content: "5; URL='next.html'" },
          { 'http-equiv': 'refresh', content: '30' },
        ],
      };
      assert.deepEqual(await linksOf([{ path: 'A@/href', url: 'a', text: 't' }], head), [
        '1 meta https://e.net/dir/next.html  0',
        '2 a https://e.net/dir/a t 0',
      ]);
      assert.deepEqual(await linksOf([{ path: 'A@/href', url: 'a', text: 't' }], { Base: '../up/' }), ['1 a https://b.org/up/a t 0']);
    });

    it('are none where the shape is another', async () => {
      for (const links of [undefined, null, 'x', {}, [null, 1, 'x', [], {}, { path: 1, url: 'x' }, { path: 'A@/href' }, { path: 'A@/href', url: 5 }]])
        assert.deepEqual(
          (await page({ links })).links.filter(({ url }) => url !== 'https://b.org/a/page'),
          [],
        );
    });
  });

  describe('pages', () => {
    it('have title, date of the capture, address and language-independent facts', async () => {
      const { title, capturedAt, ip, url, canonical, noindex } = await page({
        url: 'http://b.org/a page',
        ip: '2001:db8::1',
        head: {
          Title: ' A  – “title”\n',
          Link: [
            { path: 'LINK@/href', url: 'style.css', rel: 'stylesheet' },
            { path: 'LINK@/href', url: '/c', rel: 'Canonical' },
          ],
        },
      });
      assert.deepEqual([title, capturedAt, ip, url], ['A – “title”', Date.UTC(2026, 10, 1, 12), '2001:db8::1', 'http://b.org/a%20page']);
      assert.deepEqual([canonical, noindex], ['http://b.org/c', false]);
      assert.equal((await page({ head: { Title: '' } })).title, null);
      assert.equal((await page({})).title, null);
    });

    it('have robots rules from meta and header, a canonical from the header where they name none', async () => {
      const rules = async (options: WatOptions): Promise<unknown[]> => {
        const { noindex, canonical, links } = await page({ links: [{ path: 'A@/href', url: '/x', text: 't' }], ...options });
        return [noindex, links[0]?.nofollow, canonical];
      };
      assert.deepEqual(await rules({ head: { Metas: [{ name: 'Robots', content: 'NOINDEX, nofollow' }] } }), [true, true, null]);
      assert.deepEqual(await rules({ headers: { 'x-robots-tag': 'nofollow' } }), [false, true, null]);
      assert.deepEqual(await rules({ headers: { 'X-Robots-Tag': ['otherbot: noindex', 'none'] } }), [true, true, null]);
      assert.deepEqual(await rules({ headers: { Link: '<https://d.com/>; rel=preconnect, </h>; rel="canonical"' } }), [
        false,
        false,
        'https://b.org/h',
      ]);
      const both = { headers: { Link: '</h>; rel="canonical"' }, head: { Link: [{ url: '/p', rel: 'canonical' }] } };
      assert.deepEqual(await rules(both), [false, false, 'https://b.org/p']);
    });
  });

  it('tells redirects, pages that are gone, and pages that are as they were', async () => {
    const url = 'https://b.org/a/page';
    const capturedAt = Date.UTC(2026, 10, 1, 12);
    assert.deepEqual(
      await captures(
        watRecord({ status: '301', headers: { location: '../to' }, html: null, ip: '192.0.2.1' }),
        watRecord({ status: '410' }),
        watRecord({ status: '304', html: null }),
        watRecord({
          fields: { 'WARC-Type': 'revisit', 'WARC-Profile': 'http://netpreserve.org/warc/1.0/revisit/identical-payload-digest' },
          html: null,
        }),
      ),
      [
        { kind: 'redirect', redirect: { url, target: 'https://b.org/to', status: 301, capturedAt, ip: '192.0.2.1' } },
        { kind: 'gone', gone: { url, status: 410, capturedAt } },
        { kind: 'unchanged', unchanged: { url, capturedAt } },
        { kind: 'unchanged', unchanged: { url, capturedAt } },
      ],
    );
  });

  it('reads copies of other pages, too', async () => {
    const copy = watRecord({
      url: 'https://c.net/copy',
      html: null,
      fields: { 'WARC-Type': 'revisit', 'WARC-Refers-To-Target-URI': 'https://b.org/a/page', 'WARC-Refers-To-Date': '2026-11-01T12:00:00Z' },
    });
    const { captures: found, note } = await read([copy, watRecord({ links: [{ path: 'A@/href', url: 'x', text: 't' }] })]);
    assert.equal(note, null);
    assert.deepEqual(pages(found).map(hrefsOf), [['https://b.org/a/x'], ['https://c.net/x']]);
  });

  it('reads what is told of ARC records', async () => {
    const html = { Links: [{ path: 'A@/href', url: '/x', text: 't' }] };
    const found = await captures(
      watRecordOf({
        Format: 'ARC',
        'ARC-Header-Metadata': { 'Target-URI': 'http://b.org/old', Date: '20080430204825', 'IP-Address': '192.0.2.1' },
        'Payload-Metadata': { 'HTTP-Response-Metadata': { 'Response-Message': { Status: '200' }, Headers: {}, 'HTML-Metadata': html } },
      }),
    );
    const [first] = pages(found);
    assert.deepEqual(
      [first?.url, first?.capturedAt, first?.ip, first?.links.length],
      ['http://b.org/old', Date.UTC(2008, 3, 30, 20, 48, 25), '192.0.2.1', 1],
    );
  });

  it('passes over what says nothing of a page', async () => {
    const nothing: readonly Buffer[] = [
      watRecord({ html: null }),
      watRecord({ status: '500' }),
      watRecord({ status: 'x' }),
      watRecord({ url: 'dns:b.org' }),
      watRecord({ fields: { 'WARC-Type': 'request' } }),
      watRecordOf({}),
      watRecordOf(null),
      watRecordOf('{"Envelope":{"Payload-Metadata":{"HTTP-Response-Metadata":'),
      watRecordOf('"HTTP-Response-Metadata"'),
      watRecordOf('[]'),
      watRecordOf({ 'WARC-Header-Metadata': 'x', 'Payload-Metadata': { 'HTTP-Response-Metadata': [] } }),
    ];
    assert.deepEqual(await captures(...nothing), []);
  });

  it('stands beside WARC records in one archive', async () => {
    const { captures: found } = await read(members([pageRecord('https://b.org/1', ['/w']), watRecord({ links: [{ path: 'A@/href', url: '/x' }] })]));
    assert.deepEqual(pages(found).map(hrefsOf), [['https://b.org/w'], ['https://b.org/x']]);
  });

  itWithData(
    'reads the WAT file of the data set, which tells of a request only',
    'warc/commoncrawl__whirlwind-python__whirlwind.warc.wat.gz',
    async (file) => {
      const { captures: found, problem, bytes } = await readAll(file);
      assert.deepEqual([found, problem, bytes], [[], null, readFileSync(file).length]);
    },
  );
});
