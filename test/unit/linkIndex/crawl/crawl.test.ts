/** What a crawl fetches, in which order, and what it leaves alone: real servers of this machine, read back as the index reads archives. */
import assert from 'node:assert/strict';
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import type { CrawlOptions, CrawlOutcome } from '../../../../server/src/linkIndex/ingest/crawl/options.ts';
import { type Answer, answer, type Bench, capturesOf, openBench, openSite, page, pagesAsked, plain, type Site } from './site.ts';

const HTML = { 'content-type': 'text/html' };

describe('crawl', function () {
  this.timeout(30_000);
  let bench: Bench;
  let sites: Site[];
  beforeEach(() => {
    bench = openBench();
    sites = [];
  });
  afterEach(async () => {
    await Promise.all(sites.map((site) => site.close()));
    bench.remove();
  });

  const open = async (pages: Record<string, Answer>): Promise<Site> => {
    const site = await openSite(pages);
    sites.push(site);
    return site;
  };
  const run = async (
    pages: Record<string, Answer>,
    options?: Partial<CrawlOptions>,
    start = '/',
  ): Promise<{ site: Site; outcome: CrawlOutcome; captures: string[] }> => {
    const site = await open(pages);
    const outcome = await bench.crawl([site.origin + start], options);
    return { site, outcome, captures: outcome.archives.length === 0 ? [] : await capturesOf(outcome.archives.at(-1) ?? '') };
  };

  it('reads a site breadth first, in the order of discovery, each page once', async () => {
    const { site, outcome, captures } = await run({
      '/': page('/b', '/a', '/b#part', '/b?utm_source=mail'),
      '/a': page('/a1', '/'),
      '/b': page('/b1', '/a1'),
      '/a1': page(),
      '/b1': page('/deep'),
      '/deep': page(),
    });
    assert.deepEqual(captures, ['page /', 'page /b', 'page /a', 'page /b1', 'page /a1', 'page /deep']);
    assert.deepEqual(pagesAsked(site), ['/', '/b', '/a', '/b1', '/a1', '/deep']);
    assert.deepEqual(outcome.problems, []);
    assert.equal(outcome.counts.pages, 6);
    assert.equal(outcome.complete, true);
  });

  it('asks for the same URLs in the same order every time, whichever answers first', async () => {
    const slow: Answer = (_request, response) => void setTimeout(() => response.writeHead(200, HTML).end(page('/x', '/y')), 30);
    const pages = { '/': page('/slow', '/fast'), '/slow': slow, '/fast': page('/z'), '/x': page(), '/y': page(), '/z': page() };
    const { captures } = await run(pages, { connections: 4 });
    assert.deepEqual(captures, ['page /', 'page /slow', 'page /fast', 'page /x', 'page /y', 'page /z']);
  });

  for (const [name, options, expected] of [
    ['depth 0: the start alone', { depth: 0 }, ['/']],
    ['depth 1: what it links to', { depth: 1 }, ['/', '/docs/a', '/other']],
    ['two pages', { maxPages: 2 }, ['/', '/docs/a']],
    ['no limit', {}, ['/', '/docs/a', '/other', '/docs/b']],
  ] as const) {
    it(`keeps to the user's bounds: ${name}`, async () => {
      const { site } = await run({ '/': page('/docs/a', '/other'), '/docs/a': page('/docs/b'), '/other': page(), '/docs/b': page() }, options);
      assert.deepEqual(pagesAsked(site), expected);
    });
  }

  it('counts what it left out, by reason', async () => {
    const links = ['https://example.com/', '/a.pdf', '/deep', `/${'x'.repeat(2000)}`, 'mailto:a@b.org', 'ftp://a.org/'];
    const { outcome } = await run(
      { '/': page(...links), '/deep': page('/deeper'), '/robots.txt': plain('User-agent: *\nDisallow: /no') },
      { depth: 1 },
    );
    assert.deepEqual(outcome.counts.leftOut, { scope: 1, file: 1, trap: 1, depth: 1 });
  });

  it('takes in a bounded number of URLs, so that a page of links cannot fill memory', async () => {
    const links = Array.from({ length: 3000 }, (_, at) => `/p${at}`);
    const { outcome, site } = await run({ '/': page(...links) }, { maxPages: 1 });
    assert.equal(outcome.counts.pages, 1);
    assert.equal(outcome.counts.leftOut.limit, 3000);
    assert.deepEqual(pagesAsked(site), ['/']);
  });

  it('reads a page with 1,000 links and all that it links to', async () => {
    const links = Array.from({ length: 1000 }, (_, at) => `/p${at}`);
    const pages = Object.fromEntries(links.map((link) => [link, page('/')]));
    const { captures } = await run({ '/': page(...links), ...pages });
    assert.deepEqual(
      captures,
      ['/', ...links].map((one) => `page ${one}`),
    );
  });

  it('keeps below the folder of the start URL when told so', async () => {
    const { site } = await run(
      { '/docs/': page('/docs/a', '/docsx', '/', 'b'), '/docs/a': page(), '/docs/b': page() },
      { scope: 'folder' },
      '/docs/',
    );
    assert.deepEqual(pagesAsked(site), ['/docs/', '/docs/a', '/docs/b']);
  });

  it('follows redirects within its scope, keeps all of them, and ends loops', async () => {
    const to = (status: number, location: string): Answer => answer(status, { location });
    const { captures } = await run({
      '/': page('/old', '/loop', '/self', '/away', '/chain0', '/bad'),
      '/old': to(301, '/new'),
      '/new': page(),
      '/loop': to(302, '/loop2'),
      '/loop2': to(307, '/loop'),
      '/self': to(302, '/self'),
      '/away': to(308, 'https://example.com/x'),
      '/bad': to(301, 'http://['),
      ...Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`/chain${at}`, to(302, `/chain${at + 1}`)])),
    });
    assert.ok(captures.includes('redirect /old -> /new') && captures.includes('page /new'));
    assert.deepEqual(
      captures.filter((one) => /loop|self|away/.test(one)),
      ['redirect /loop -> /loop2', 'redirect /self -> /self', 'redirect /away -> /x', 'redirect /loop2 -> /loop'],
    );
    assert.equal(captures.filter((one) => one.includes('redirect /chain')).length, 11);
  });

  it('moves its scope with a start URL that redirects to another host', async () => {
    const { site } = await run({
      '/': (request, response) => {
        const there = request.headers.host?.startsWith('localhost') === true;
        response.writeHead(there ? 200 : 301, there ? HTML : { location: `http://localhost:${request.headers.host?.split(':')[1]}/` });
        response.end(there ? page('/a') : '');
      },
      '/a': page(),
    });
    assert.deepEqual(pagesAsked(site), ['/', '/', '/a']);
  });

  it('does not follow links that ask not to be followed, and says what noindex pages are', async () => {
    const { site, captures } = await run({
      '/': '<a rel=nofollow href=/n1>x</a><a rel="x ugc" href=/n2>x</a><a rel=sponsored href=/n3>x</a><a href=/meta>x</a><a href=/header>x</a><form action=/form></form>',
      '/meta': `<meta name=robots content=nofollow>${page('/n4')}`,
      '/header': answer(200, { ...HTML, 'x-robots-tag': 'noindex, nofollow' }, page('/n5')),
    });
    assert.deepEqual(pagesAsked(site), ['/', '/meta', '/header']);
    assert.deepEqual(captures, ['page /', 'page /meta', 'page /header']);
  });

  it('reads HTML only, whatever its coding and charset, and says which pages are gone', async () => {
    const coded = (encoding: string, body: Buffer): Answer => answer(200, { ...HTML, 'content-encoding': encoding }, body);
    const { captures } = await run({
      '/': page('/gzip', '/deflate', '/br', '/zstd', '/latin', '/json', '/gone', '/error', '/none', '/untyped'),
      '/gzip': coded('gzip', gzipSync(page('/from-gzip'))),
      '/deflate': coded('deflate', deflateSync(page('/from-deflate'))),
      '/br': coded('br', brotliCompressSync(page('/from-br'))),
      '/zstd': coded('zstd', zstdCompressSync(page('/from-zstd'))),
      '/latin': answer(200, { 'content-type': 'text/html; charset=iso-8859-1' }, Buffer.from('<a href="/\xfc">x</a>', 'latin1')),
      '/json': answer(200, { 'content-type': 'application/json' }, '{}'),
      '/gone': answer(410, HTML),
      '/error': answer(403, HTML, page('/from-error')),
      '/untyped': answer(200, {}, page('/from-untyped')),
    });
    const expected = ['/', '/gzip', '/deflate', '/br', '/zstd', '/latin'].map((one) => `page ${one}`);
    const gone = ['/from-gzip', '/from-deflate', '/from-br', '/from-zstd', '/%C3%BC', '/from-untyped'].map((one) => `gone ${one}`);
    assert.deepEqual(captures, [...expected, 'gone /gone', 'gone /none', 'page /untyped', ...gone]);
  });

  it('gets out of traps: paths that repeat, paths without end, queries without end', async () => {
    const endless: Record<string, Answer> = {};
    const site = await open(
      new Proxy(endless, {
        get: (_target, path: string) =>
          path === '/robots.txt' || path === '/sitemap.xml' ? undefined : page('again/', `/list?n=${path.length}-${Math.trunc(path.length / 2)}`),
      }),
    );
    const { counts } = await bench.crawl([`${site.origin}/`], { maxPages: 50 });
    assert.ok((counts.leftOut.trap ?? 0) > 0);
    assert.ok(Math.max(...site.asked.map((one) => one.split('again/').length)) <= 5);
  });

  it('says so when a start URL gives no page', async () => {
    const { outcome, captures } = await run({});
    assert.deepEqual(
      outcome.problems.map(({ code }) => code),
      ['input.unreadable'],
    );
    assert.deepEqual(captures, ['gone /']);
  });

  it('refuses what is no address', async () => {
    for (const starts of [[], ['example.com'], ['file:///etc/passwd'], ['ftp://a.org/'], ['']])
      await assert.rejects(bench.crawl(starts), { code: 'usage.invalid' }, starts.join());
  });

  it('never sends what an address holds before the host', async () => {
    const site = await open({ '/': page() });
    await bench.crawl([site.origin.replace('//', '//user:secret@')]);
    assert.ok(site.requests.every(({ headers }) => headers.authorization === undefined && headers.cookie === undefined));
    assert.match(site.requests[0]?.headers['user-agent'] ?? '', /^BacklinkLens\/\d+\.\d+\.\d+ \(\+https:\/\/\S+\)$/);
  });

  it('crawls several sites at a time, none more than its connections allow', async () => {
    const busy = { now: 0, most: 0 };
    const slow: Answer = (_request, response) => {
      busy.most = Math.max(busy.most, ++busy.now);
      setTimeout(() => {
        busy.now--;
        response.writeHead(200, HTML).end(page());
      }, 20);
    };
    const links = Array.from({ length: 12 }, (_, at) => `/p${at}`);
    const pages = { '/': page(...links), ...Object.fromEntries(links.map((link) => [link, slow])) };
    const one = await open(pages);
    await bench.crawl([`${one.origin}/`]);
    assert.equal(busy.most, 2);
    busy.most = 0;
    const others = [await open(pages), await open(pages), await open(pages)];
    const { counts, archives } = await bench.crawl(others.map(({ origin }) => `${origin}/`));
    assert.ok(busy.most > 2 && busy.most <= 6, String(busy.most));
    assert.equal(counts.pages, 39);
    assert.equal((await capturesOf(archives.at(-1) ?? '')).length, 39);
  });
});
