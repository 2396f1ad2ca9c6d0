/** How a host is treated: pauses, back-off, what it asks for, and when it is left alone. */
import assert from 'node:assert/strict';
import { CrawlFailure } from '../../../../server/src/linkIndex/ingest/crawl/failures.ts';
import { Host } from '../../../../server/src/linkIndex/ingest/crawl/host.ts';
import { finalReply, type Reply, retryAfter } from '../../../../server/src/linkIndex/ingest/crawl/retry.ts';
import { type Answer, type Bench, capturesOf, openBench, openSite, page, pagesAsked, plain, type Site } from './site.ts';

const reply = (status: number, wait?: string): Reply => ({
  url: 'https://a.org/x',
  requestHeaders: [],
  status,
  statusText: '',
  headers: wait === undefined ? [] : [['Retry-After', wait]],
  body: Buffer.alloc(0),
  truncated: false,
  ip: null,
  startedAt: 0,
});
const failed = new CrawlFailure('crawl.unreachable', 'a.org broke off');
const lasting = new CrawlFailure('crawl.unreachable', 'a.org has no address', { lasting: true });

/** A reply, the tries so far, and the milliseconds until the next one; null for none. */
const WAITS: readonly (readonly [name: string, reply: Reply, tries: number, wait: number | null])[] = [
  ['a page', reply(200), 1, null],
  ['a page that is gone', reply(404), 1, null],
  ['a server error, once more', reply(500), 1, 1000],
  ['a server error that stays', reply(500), 2, null],
  ['a gateway that gives up', reply(504), 1, 1000],
  ['too many requests', reply(429), 1, 1000],
  ['too many requests, again', reply(429), 3, 4000],
  ['too many requests, for good', reply(429), 4, null],
  ['a host that says when', reply(503, '7'), 1, 7000],
  ['a host that says now', reply(503, '0'), 2, 2000],
  ['a date that is over', reply(503, 'Mon, 02 Nov 2020 10:00:00 GMT'), 1, 1000],
  ['a wait that is none', reply(503, 'soon'), 1, 1000],
  ['a wait too long for us', reply(429, '3600'), 1, null],
  ['a connection that broke', failed, 1, 1000],
  ['a connection that breaks again', failed, 2, 2000],
  ['a connection that breaks always', failed, 3, null],
  ['a host without an address', lasting, 1, null],
];

describe('crawl manners', function () {
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

  for (const [name, last, tries, wait] of WAITS)
    it(`retries after ${name}: ${wait ?? 'never'}`, () => assert.equal(retryAfter(last, tries, 1000), wait));

  it('gives a host up that asks for more patience than a crawl has', () => {
    const last = finalReply(reply(429, '3600'));
    assert.ok(last instanceof CrawlFailure && last.lasting);
    assert.match(last.message, /^a\.org asks to be left alone \(429, for 60 min\)/);
    assert.equal(finalReply(failed), failed);
  });

  it('waits its delay between two requests, and a host’s own crawl-delay where that is longer', async () => {
    const { signal } = new AbortController();
    const host = new Host('a.org', 20);
    const gaps = async (count: number): Promise<number> => {
      const times: number[] = [];
      for (let at = 0; at < count; at++) {
        await host.turn(signal);
        times.push(Date.now());
      }
      return Math.min(...times.slice(1).map((time, at) => time - (times[at] ?? 0)));
    };
    assert.ok((await gaps(4)) >= 20);
    host.obey('https://a.org', { allows: () => true, delay: 60, sitemaps: [] });
    await host.turn(signal);
    assert.ok((await gaps(3)) >= 60);
    host.obey('https://a.org', { allows: () => true, delay: 5, sitemaps: [] });
    await host.turn(signal);
    assert.ok((await gaps(3)) >= 20);
  });

  it('asks again for a page that was refused for a moment, and loses nothing by it', async () => {
    let refusals = 3;
    const site = await open({
      '/': page('/a', '/b'),
      '/a': (_request, response) =>
        void (refusals-- > 0 ? response.writeHead(429).end() : response.writeHead(200, { 'content-type': 'text/html' }).end(page('/c'))),
      '/b': page(),
      '/c': page(),
    });
    const { archives, problems } = await bench.crawl([`${site.origin}/`]);
    assert.deepEqual(await capturesOf(archives[0] ?? ''), ['page /', 'page /a', 'page /b', 'page /c']);
    assert.deepEqual(problems, []);
  });

  it('leaves a host alone that goes on refusing, says so, and goes on there next time', async () => {
    let refuses = true;
    const patient: Answer = (_request, response) =>
      void (refuses ? response.writeHead(503).end() : response.writeHead(200, { 'content-type': 'text/html' }).end(page()));
    const site = await open({ '/': page('/a', '/b', '/c', '/d', '/e'), '/a': page(), '/b': patient, '/c': patient, '/d': patient, '/e': patient });
    const first = await bench.crawl([`${site.origin}/`], { connections: 1 });
    assert.deepEqual(
      first.problems.map(({ code }) => code),
      ['crawl.throttled'],
    );
    assert.match(first.problems[0]?.message ?? '', /Not read: \S+\/b\. 3 further URLs of it were not fetched\.$/);
    assert.equal(first.complete, false);
    await first.indexed();
    refuses = false;
    site.asked.length = 0;
    const second = await bench.crawl([`${site.origin}/`]);
    assert.deepEqual(pagesAsked(site), ['/b', '/c', '/d', '/e']);
    assert.equal(second.complete, true);
    assert.deepEqual(second.archives, first.archives);
  });

  it('goes on with the others when one host is away', async () => {
    const [here, away] = [await open({ '/': page('/a'), '/a': page() }), await open({})];
    await away.close();
    const { problems, complete, archives } = await bench.crawl([`${away.origin}/`, `${here.origin}/`]);
    assert.deepEqual(
      problems.map(({ input, code }) => [input, code]),
      [[new URL(away.origin).host, 'crawl.unreachable']],
    );
    assert.equal(complete, true);
    assert.deepEqual(await capturesOf(archives[0] ?? ''), ['page /', 'page /a']);
  });

  it('obeys a crawl-delay, one request after the other', async () => {
    const times: number[] = [];
    const timed: Answer = (_request, response) => {
      times.push(performance.now());
      response.writeHead(200, { 'content-type': 'text/html' }).end(page());
    };
    const site = await open({
      '/': page('/a', '/b', '/c'),
      '/robots.txt': plain('User-agent: *\nCrawl-delay: 0.2'),
      '/a': timed,
      '/b': timed,
      '/c': timed,
    });
    const started = performance.now();
    await bench.crawl([`${site.origin}/`]);
    assert.equal(times.length, 3);
    assert.ok((times[2] ?? 0) - started >= 600, String(times));
  });
});
