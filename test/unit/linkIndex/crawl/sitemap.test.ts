/** Sitemaps: what is read of them, whatever their form, and what a crawl does with it. */
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { readSitemap } from '../../../../server/src/linkIndex/ingest/crawl/sitemap.ts';
import { type Answer, answer, openBench, openSite, page, pagesAsked, plain } from './site.ts';

const NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';
const urlset = (...urls: readonly string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<urlset ${NAMESPACE}>${urls.map((url) => `<url><loc>${url}</loc><lastmod>2026-01-01</lastmod></url>`).join('\n')}</urlset>`;

const TEXTS: readonly (readonly [name: string, text: string, urls: readonly string[] | null])[] = [
  ['a list', urlset('https://a.org/', 'https://a.org/b'), ['https://a.org/', 'https://a.org/b']],
  ['references', urlset('https://a.org/?a=1&amp;b=&#x32;&#51;&quot;'), ['https://a.org/?a=1&b=23"']],
  ['character data', urlset('<![CDATA[https://a.org/?a&b]]>'), ['https://a.org/?a&b']],
  ['blanks', urlset('\n  https://a.org/x \t'), ['https://a.org/x']],
  [
    'comments',
    urlset('https://a.org/1<!-- <loc>no</loc> -->').replace('</urlset>', '<!-- <url><loc>https://a.org/no</loc></url> --></urlset>'),
    ['https://a.org/1'],
  ],
  ['a prefix', '<s:urlset xmlns:s="x"><s:url><s:loc>https://a.org/</s:loc><loc>https://a.org/other</loc></s:url></s:urlset>', ['https://a.org/']],
  ['images beside pages', urlset('https://a.org/</loc><image:image><image:loc>https://a.org/i</image:loc></image:image><loc>'), ['https://a.org/']],
  ['a document type before it', `<!DOCTYPE urlset [<!ENTITY x "https://a.org/never">]>${urlset('&x;', 'https://a.org/')}`, ['&x;', 'https://a.org/']],
  ['a cut end', urlset('https://a.org/1', 'https://a.org/2').slice(0, -60), ['https://a.org/1']],
  ['an empty list', urlset(), []],
  ['a byte order mark', `\ufeff${urlset('https://a.org/')}`, ['https://a.org/']],
  ['a text with a URL a line', 'https://a.org/1\r\nhttps://a.org/2\n\nnot one\n', ['https://a.org/1', 'https://a.org/2']],
  ['a page', page('/a'), null],
  ['a feed', '<rss><channel><link>https://a.org/</link></channel></rss>', null],
  ['nothing', '', null],
];

describe('sitemap', function () {
  this.timeout(60_000);

  for (const [name, text, urls] of TEXTS) it(`reads ${name}`, () => assert.deepEqual(readSitemap(text)?.urls ?? null, urls));

  it('knows a list of sitemaps', () => {
    const index = `<sitemapindex ${NAMESPACE}><sitemap><loc>https://a.org/1.xml</loc></sitemap></sitemapindex>`;
    assert.deepEqual(readSitemap(index), { kind: 'sitemaps', urls: ['https://a.org/1.xml'] });
  });

  it('resolves no entity of a document’s own, and takes what is hostile in its stride', () => {
    const laughs = `<!DOCTYPE l [${Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join('')}]>`;
    assert.deepEqual(readSitemap(`${laughs}${urlset('&l9;')}`)?.urls, ['&l9;']);
    for (const piece of ['<!', '<!a>', '<?', '<![CDATA[', '<!--', '<a ', '<a>', '<loc>', '<urlset><loc>&amp;', '&#x1;'])
      readSitemap(piece.repeat(200_000));
    assert.equal(readSitemap(urlset(...Array.from({ length: 60_000 }, (_, at) => `https://a.org/${at}`)))?.urls.length, 50_000);
  });

  const crawlOf = async (
    pages: Record<string, Answer>,
    change: (origin: string) => Record<string, Answer> = () => ({}),
    options = {},
  ): Promise<{ asked: string[]; pages: number; limit: number }> => {
    const bench = openBench();
    const site = await openSite({ '/': page(), ...pages });
    Object.assign(site.pages, change(site.origin));
    const { counts } = await bench.crawl([`${site.origin}/`], options);
    await site.close();
    bench.remove();
    return { asked: pagesAsked(site), pages: counts.pages, limit: counts.leftOut.limit ?? 0 };
  };
  const xml = (body: string | Buffer, type = 'application/xml'): Answer => answer(200, { 'content-type': type }, body);

  it('reads pages that only a sitemap names: of robots.txt, of its usual place, in lists, deflated', async () => {
    const { asked } = await crawlOf({ '/1': page(), '/2': page(), '/3': page(), '/4': page() }, (origin) => ({
      '/robots.txt': plain(`Sitemap: ${origin}/list.xml\nSitemap: ${origin}/missing.xml`),
      '/list.xml': xml(`<sitemapindex><sitemap><loc>${origin}/one.xml.gz</loc></sitemap><sitemap><loc>/two.txt</loc></sitemap></sitemapindex>`),
      '/one.xml.gz': xml(gzipSync(urlset(`${origin}/1`, `${origin}/2`)), 'application/gzip'),
      '/two.txt': plain(`${origin}/3`),
      '/sitemap.xml': answer(301, { location: '/moved.xml' }),
      '/moved.xml': xml(urlset(`${origin}/4`)),
    }));
    assert.deepEqual(asked, ['/list.xml', '/missing.xml', '/moved.xml', '/one.xml.gz', '/two.txt', '/', '/4', '/1', '/2', '/3']);
  });

  it('takes pages of its own host only, and follows no sitemap elsewhere', async () => {
    const { asked } = await crawlOf({ '/1': page() }, (origin) => ({
      '/robots.txt': plain('Sitemap: https://example.com/sitemap.xml\nSitemap: file:///etc/passwd\nSitemap: http://10.0.0.1/'),
      '/sitemap.xml': xml(urlset('https://example.com/x', `${origin}/1`, 'javascript:alert(1)', `${origin.replace('127.0.0.1', 'localhost')}/2`)),
    }));
    assert.deepEqual(asked, ['/', '/1']);
  });

  it('ends lists of sitemaps that lead to each other', async () => {
    const list = (...names: string[]): Answer =>
      xml(`<sitemapindex>${names.map((name) => `<sitemap><loc>${name}</loc></sitemap>`).join('')}</sitemapindex>`);
    const { asked } = await crawlOf({
      '/sitemap.xml': list('/b.xml', '/sitemap.xml', '/c.xml'),
      '/b.xml': list('/sitemap.xml', '/c.xml'),
      '/c.xml': list('/c.xml'),
    });
    assert.deepEqual(asked, ['/b.xml', '/c.xml', '/']);
  });

  it('is not brought down by one that inflates to a mountain, or has no end', async () => {
    const { asked } = await crawlOf({
      '/robots.txt': plain('Sitemap: /bomb.xml\nSitemap: /list.xml'),
      '/bomb.xml': xml(gzipSync(Buffer.alloc(80 << 20, '<loc>')), 'application/gzip'),
      '/list.xml': xml('<sitemapindex>'.padEnd(1 << 20, ' ')),
    });
    assert.deepEqual(asked, ['/bomb.xml', '/list.xml', '/']);
  });

  it('takes 50,000 URLs in, as far as pages are wanted', async () => {
    const { pages, limit } = await crawlOf(
      {},
      (origin) => ({ '/sitemap.xml': xml(urlset(...Array.from({ length: 50_000 }, (_, at) => `${origin}/p${at}`))), '/p0': page(), '/p1': page() }),
      { maxPages: 3 },
    );
    assert.deepEqual([pages, limit], [3, 50_000 - 2]);
  });

  it('asks for none where only the start is wanted', async () => {
    assert.deepEqual((await crawlOf({ '/sitemap.xml': xml(urlset('/a')) }, undefined, { depth: 0 })).asked, ['/']);
  });
});
