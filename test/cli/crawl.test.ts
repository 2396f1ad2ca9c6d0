/** `index build --crawl` and `index add --crawl` as a person runs them: to the end, stopped by Ctrl+C, and where a host may not be visited. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../support/folders.ts';
import { openSite, page, pagesAsked, plain, type Site } from '../unit/linkIndex/crawl/site.ts';
import { run, start } from './run.ts';

const PAGES = 60;

describe('command line: crawl', function () {
  this.timeout(120_000);
  const { folder, remove } = temporaryFolder('cli-crawl');
  let site: Site;
  let files = 0;
  let index = '';
  before(async () => {
    const links = Array.from({ length: PAGES }, (_, at) => `/p${at}`);
    site = await openSite({ '/': page(...links), ...Object.fromEntries(links.map((link) => [link, page('/', 'https://a.com/')])) });
  });
  beforeEach(() => {
    index = path.join(folder, `web${files++}.db`);
    site.asked.length = 0;
  });
  after(async () => {
    await site.close();
    remove();
  });
  const crawl = (...more: readonly string[]): string[] => ['--crawl', `${site.origin}/`, '--crawl-delay', '0', ...more];

  it('fetches a site, indexes it, and adds what a later crawl finds', async () => {
    const built = await run(['index', 'build', index, ...crawl('--allow-private')]);
    assert.deepEqual([built.code, built.error], [0, ''], built.error);
    assert.match(built.out, /^61 pages, 180 links \(120 internal\) in /);
    const { out } = await run(['query', index, 'a.com', '--limit', '100']);
    assert.equal((JSON.parse(out) as { count: number }).count, PAGES);
    const added = await run(['index', 'add', index, ...crawl('--allow-private')]);
    assert.equal(added.code, 0, added.error);
    assert.equal(readdirSync(folder).filter((name) => /^web0\.db\.crawl-\d{14}(?:-\d)?\.warc\.gz$/.test(name)).length, 2);
  });

  it('goes on after Ctrl+C with what it had, and fetches nothing twice', async () => {
    const running = start(['index', 'build', index, ...crawl('--allow-private', '--crawl-delay', '100')]);
    while (pagesAsked(site).length < 6) await new Promise((resolve) => setTimeout(resolve, 20));
    running.signal('SIGINT');
    const { code, error } = await running.ended;
    assert.equal(code, 130, error);
    assert.match(error, /What was fetched is kept/);
    assert.equal(existsSync(index), false);
    const again = await run(['index', 'build', index, ...crawl('--allow-private')]);
    assert.equal(again.code, 0, again.error);
    assert.match(again.out, /^61 pages/);
    assert.ok(pagesAsked(site).length <= PAGES + 1 + 2, `${pagesAsked(site).length} asked: two at most were on their way`);
  });

  it('refuses this machine without --allow-private, and keeps out where robots.txt says so', async () => {
    const refused = await run(['index', 'build', index, ...crawl()]);
    assert.equal(refused.code, 3);
    assert.match(refused.error, /--allow-private\. Not read: \S+ \[crawl\.private\]\n$/);
    site.pages['/robots.txt'] = plain('User-agent: BacklinkLens\nDisallow: /');
    const disallowed = await run(['index', 'build', index, ...crawl('--allow-private')]);
    delete site.pages['/robots.txt'];
    assert.equal(disallowed.code, 3);
    assert.match(disallowed.error, /\[crawl\.disallowed\]\n$/);
    assert.deepEqual(pagesAsked(site), []);
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.startsWith(path.basename(index))),
      [],
    );
  });
});
