/** From a crawl to rows: what is new and lost between two crawls, whether the index is built anew or added to. */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { addToIndex } from '../../../../server/src/linkIndex/ingest/add.ts';
import { buildIndex } from '../../../../server/src/linkIndex/ingest/build.ts';
import type { IngestOptions } from '../../../../server/src/linkIndex/ingest/options.ts';
import { openIndex } from '../../../../server/src/linkIndex/sqlite/openIndex.ts';
import { parseTarget } from '../../../../server/src/urls/targets.ts';
import type { RowStatus } from '../../../../shared/queries.ts';
import { type Answer, answer, type Bench, openBench, openSite, page, type Site } from './site.ts';

/** Says 304 to whoever has the page. */
function kept(body: string): Answer {
  return (request, response) => {
    const known = request.headers['if-none-match'] === '"kept"';
    response.writeHead(known ? 304 : 200, { 'content-type': 'text/html', etag: '"kept"' }).end(known ? '' : body);
  };
}

async function rows(out: string, status: RowStatus): Promise<string[]> {
  const target = parseTarget('target.org');
  assert.ok(target);
  const store = openIndex(out);
  const found = await store.rows({ target, limit: 250, offset: 0, internal: 'exclude', filter: { status } }, new AbortController().signal);
  await store.close();
  return found.rows
    .map(({ sourceUrl, anchorText, lost }) => [new URL(sourceUrl).pathname, anchorText, ...(lost === null ? [] : [lost.reason])].join(' '))
    .sort();
}

describe('crawl and index', function () {
  this.timeout(60_000);
  let bench: Bench;
  let site: Site;
  beforeEach(async () => {
    bench = openBench();
    site = await openSite({
      '/': kept(page('/changes', '/goes', '/stays', '/moves')),
      '/changes': page('https://target.org/old', 'https://target.org/both'),
      '/goes': page('https://target.org/gone'),
      '/stays': kept(page('https://target.org/stays')),
      '/moves': page('https://target.org/moved'),
    });
  });
  afterEach(async () => {
    await site.close();
    bench.remove();
  });

  const options = (): IngestOptions => ({
    out: bench.out,
    inputs: [],
    crawl: { starts: [`${site.origin}/`], delay: 0, retryDelay: 5, allowPrivate: true },
  });
  /** A second later, which is as exact as an index knows the time of a capture. */
  const change = async (): Promise<void> => {
    await wait(1100);
    Object.assign(site.pages, {
      '/changes': page('https://target.org/both', 'https://target.org/new'),
      '/goes': answer(410, {}),
      '/moves': answer(301, { location: '/stays' }),
    });
  };
  const BEFORE = [
    '/changes https://target.org/both',
    '/changes https://target.org/old',
    '/goes https://target.org/gone',
    '/moves https://target.org/moved',
    '/stays https://target.org/stays',
  ];
  const LIVE = ['/changes https://target.org/both', '/changes https://target.org/new', '/stays https://target.org/stays'];
  const LOST = ['/changes https://target.org/old removed', '/goes https://target.org/gone gone', '/moves https://target.org/moved redirected'];

  for (const [name, again] of [
    ['an index that is added to', addToIndex],
    ['an index that is built anew', buildIndex],
  ] as const) {
    it(`shows in ${name} what is new, lost and as it was`, async () => {
      const first = await buildIndex(options());
      assert.deepEqual(first.problems, []);
      assert.deepEqual(await rows(bench.out, 'live'), BEFORE);
      await change();
      assert.deepEqual((await again(options())).problems, []);
      assert.deepEqual(await rows(bench.out, 'live'), LIVE);
      assert.deepEqual(await rows(bench.out, 'lost'), LOST);
      assert.deepEqual(await rows(bench.out, 'new'), ['/changes https://target.org/new']);
    });
  }

  it('holds the crawls that are beside it when it is lost and built again', async () => {
    await buildIndex(options());
    await change();
    await addToIndex(options());
    rmSync(bench.out);
    await buildIndex(options());
    assert.deepEqual(await rows(bench.out, 'live'), LIVE);
    assert.deepEqual(await rows(bench.out, 'lost'), LOST);
  });

  it('says what could not be crawled, and leaves the index as it was where nothing could', async () => {
    await buildIndex(options());
    await site.close();
    const { problems } = await buildIndex({ ...options(), out: path.join(bench.folder, 'web.db') });
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['crawl.unreachable'],
    );
    assert.deepEqual(await rows(bench.out, 'live'), BEFORE);
    await assert.rejects(buildIndex({ ...options(), out: path.join(bench.folder, 'other.db') }), { code: 'crawl.unreachable' });
    site = await openSite({});
  });
});
