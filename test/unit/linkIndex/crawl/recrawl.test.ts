/** Crawling again: conditional requests, what 304 becomes, and what a page held when it was last fetched. */
import assert from 'node:assert/strict';
import { createReadStream, rmSync } from 'node:fs';
import { WARCParser } from 'warcio';
import type { CrawlOutcome } from '../../../../server/src/linkIndex/ingest/crawl/options.ts';
import { type Answer, answer, type Bench, capturesOf, openBench, openSite, page, pagesAsked, type Site } from './site.ts';

/** A page that has not changed for whoever knows its tag or its date. */
function versioned(body: string, headers: Record<string, string>): Answer {
  return (request, response) => {
    const known =
      (headers['etag'] !== undefined && request.headers['if-none-match'] === headers['etag']) ||
      (headers['last-modified'] !== undefined && request.headers['if-modified-since'] === headers['last-modified']);
    response.writeHead(known ? 304 : 200, { 'content-type': 'text/html', ...headers }).end(known ? '' : body);
  };
}

const DATE = 'Mon, 02 Nov 2026 10:00:00 GMT';

describe('crawl, again', function () {
  this.timeout(30_000);
  let bench: Bench;
  let site: Site;
  beforeEach(async () => {
    bench = openBench();
    site = await openSite({
      '/': versioned(page('/dated', '/plain', '/going', '/moving'), { etag: '"one"' }),
      '/dated': versioned(page('/behind'), { 'last-modified': DATE }),
      '/plain': page('/behind'),
      '/behind': versioned(page(), { etag: 'W/"two"', 'last-modified': DATE }),
      '/going': versioned(page(), { etag: '"three"' }),
      '/moving': versioned(page(), { etag: '"four"' }),
    });
  });
  afterEach(async () => {
    await site.close();
    bench.remove();
  });

  const crawl = async (): Promise<CrawlOutcome & { captures: string[] }> => {
    site.asked.length = 0;
    const outcome = await bench.crawl([`${site.origin}/`]);
    await outcome.indexed();
    return { ...outcome, captures: await capturesOf(outcome.archives.at(-1) ?? '') };
  };

  it('asks only whether pages have changed, and goes on behind those that have not', async () => {
    await crawl();
    const { captures, counts, archives } = await crawl();
    assert.deepEqual(captures, ['unchanged /', 'unchanged /dated', 'page /plain', 'unchanged /going', 'unchanged /moving', 'unchanged /behind']);
    assert.deepEqual([counts.pages, counts.unchanged, archives.length], [6, 5, 2]);
  });

  it('finds what is new, changed, gone and moved', async () => {
    await crawl();
    Object.assign(site.pages, {
      '/plain': page('/new'),
      '/new': versioned(page(), { etag: '"five"' }),
      '/going': answer(410, {}),
      '/moving': answer(301, { location: '/behind' }),
    });
    const { captures } = await crawl();
    assert.deepEqual(captures.sort(), [
      'gone /going',
      'page /new',
      'page /plain',
      'redirect /moving -> /behind',
      'unchanged /',
      'unchanged /behind',
      'unchanged /dated',
    ]);
    const third = await crawl();
    assert.deepEqual(third.captures.sort(), [
      'gone /going',
      'page /plain',
      'redirect /moving -> /behind',
      'unchanged /',
      'unchanged /behind',
      'unchanged /dated',
      'unchanged /new',
    ]);
    assert.equal(third.archives.length, 3);
  });

  it('asks for pages that nothing links to any more, so that their links are known to be lost', async () => {
    await crawl();
    Object.assign(site.pages, { '/': page('/plain'), '/going': answer(404, {}) });
    const { captures } = await crawl();
    assert.deepEqual(captures, ['page /', 'page /plain', 'unchanged /behind', 'unchanged /dated', 'gone /going', 'unchanged /moving']);
    const control = new AbortController();
    const stopAfter = ({ fetched }: { fetched: number }): void => void (fetched === 5 && control.abort());
    await assert.rejects(bench.crawl([`${site.origin}/`], { connections: 1, signal: control.signal, onProgress: stopAfter }), { name: 'AbortError' });
    const { counts } = await crawl();
    assert.ok(counts.resumed >= 5 && counts.resumed + counts.fetched === 5, JSON.stringify([counts, site.asked]));
  });

  it('sends the tag and date that came last, as they came', async () => {
    await crawl();
    site.requests.length = 0;
    await crawl();
    const behind = site.requests.find(({ url }) => url === '/behind');
    assert.deepEqual([behind?.headers['if-none-match'], behind?.headers['if-modified-since']], ['W/"two"', DATE]);
    const plain = site.requests.find(({ url }) => url === '/plain');
    assert.deepEqual([plain?.headers['if-none-match'], plain?.headers['if-modified-since']], [undefined, undefined]);
  });

  it('writes revisits that other readers know, with the record they refer to', async () => {
    const [before = ''] = (await crawl()).archives;
    const ids = new Map<string, string>();
    for await (const record of new WARCParser(createReadStream(before)))
      if (record.warcType === 'response') ids.set(record.warcTargetURI ?? '', record.warcHeader('WARC-Record-ID') ?? '');
    const { archives } = await crawl();
    let revisits = 0;
    for await (const record of new WARCParser(createReadStream(archives[1] ?? ''))) {
      if (record.warcType !== 'revisit') continue;
      revisits++;
      assert.equal(record.warcHeader('WARC-Profile'), 'http://netpreserve.org/warc/1.1/revisit/server-not-modified');
      assert.equal(record.warcHeader('WARC-Refers-To'), ids.get(record.warcTargetURI ?? ''));
      assert.equal(record.warcHeader('WARC-Refers-To-Target-URI'), record.warcTargetURI);
      assert.equal(record.httpHeaders?.statusCode, 304);
    }
    assert.equal(revisits, 5);
  });

  it('goes on with an interrupted one, whether pages had changed or not', async () => {
    const whole = (await crawl()).captures.length;
    const control = new AbortController();
    const interrupted = bench.crawl([`${site.origin}/`], {
      signal: control.signal,
      connections: 1,
      onProgress: ({ fetched }) => fetched === 3 && control.abort(),
    });
    await assert.rejects(interrupted, { name: 'AbortError' });
    const { captures, counts } = await crawl();
    assert.equal(captures.length, whole);
    assert.ok(counts.resumed >= 3 && counts.fetched === whole - counts.resumed);
  });

  it('sends back no tag that is not one line of plain text, and believes no 304 that was not asked for', async () => {
    site.pages['/plain'] = versioned(page(), { etag: `"${'x'.repeat(600)}"` });
    site.pages['/going'] = answer(304, {});
    const first = await crawl();
    assert.ok(first.captures.includes('page /plain'));
    site.requests.length = 0;
    const { captures } = await crawl();
    assert.equal(site.requests.find(({ url }) => url === '/plain')?.headers['if-none-match'], undefined);
    assert.ok(captures.includes('page /plain'));
    assert.ok(pagesAsked(site).includes('/going'));
  });

  it('asks for everything where the earlier archive is gone', async () => {
    const [before = ''] = (await crawl()).archives;
    rmSync(before);
    const { captures } = await crawl();
    assert.ok(captures.every((capture) => capture.startsWith('page ')));
  });
});
