/** `index build --crawl`: a site of this machine to an index, stopped and gone on with, and crawled again. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { temporaryFolder } from '../support/folders.ts';
import { listen } from '../support/listen.ts';
import { run, start } from './run.ts';

const PAGES = 12;

describe('command line: crawls', function () {
  this.timeout(120_000);
  const { folder, remove } = temporaryFolder('cli-crawl');
  const file = (name: string) => path.join(folder, name);
  let server: Server;
  let site = '';
  let asked: string[] = [];
  let slow = false;

  before(async () => {
    server = createServer(({ url = '', headers }, response) => {
      asked.push(url);
      const page = /^\/(\d*)$/.exec(url)?.[1];
      if (page === undefined || Number(page) >= PAGES) response.writeHead(404).end();
      else if (headers['if-none-match'] === '"1"') response.writeHead(304).end();
      else {
        const html = `<!doctype html><title>Page ${page}</title><a href="/${Number(page) + 1}">next</a><a href="https://a.com/">out</a>`;
        const answer = () => response.writeHead(200, { 'content-type': 'text/html', etag: '"1"' }).end(html);
        if (slow && Number(page) > 3) setTimeout(answer, 100_000).unref();
        else answer();
      }
    });
    site = `http://127.0.0.1:${await listen(server)}/`;
  });
  beforeEach(() => {
    asked = [];
    slow = false;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
    remove();
  });

  const crawl = (out: string, ...more: string[]) => [out, '--crawl', site, '--crawl-delay', '0', ...more];
  const fetched = () => asked.filter((url) => url !== '/robots.txt' && !url.startsWith('/sitemap'));

  it('refuses the address of a network of one’s own without --allow-private', async () => {
    const ended = await run(['index', 'build', ...crawl(file('x.db'))]);
    assert.notEqual(ended.code, 0);
    assert.match(ended.error, /--allow-private/);
    assert.deepEqual(asked, []);
  });

  it('builds from a crawl, and fetches only what changed when it is made again', async () => {
    const out = file('site.db');
    const built = await run(['index', 'build', ...crawl(out, '--allow-private')]);
    assert.equal(built.code, 0, built.error);
    assert.match(built.out, new RegExp(`^${PAGES} pages`));
    assert.ok(
      readdirSync(folder).some((name) => name.startsWith('site.db') && name.endsWith('.warc.gz')),
      readdirSync(folder).join(' '),
    );
    const first = fetched().length;
    asked = [];
    const again = await run(['index', 'add', ...crawl(out, '--allow-private')]);
    assert.equal(again.code, 0, again.error);
    assert.ok(fetched().length <= first);
    assert.match(again.out, new RegExp(`^\\d added: ${PAGES} pages`));
  });

  it('keeps what it fetched at Ctrl+C, and goes on with it', async () => {
    const out = file('stopped.db');
    slow = true;
    const running = start(['index', 'build', ...crawl(out, '--allow-private')]);
    while (!asked.includes('/4')) await new Promise((resolve) => setTimeout(resolve, 20));
    running.signal('SIGINT');
    const ended = await running.ended;
    assert.equal(ended.code, 130, ended.error);
    assert.match(ended.error, /What was fetched is kept: the same command goes on with it\./);
    slow = false;
    asked = [];
    const more = await run(['index', 'build', ...crawl(out, '--allow-private')]);
    assert.equal(more.code, 0, more.error);
    assert.match(more.out, new RegExp(`^${PAGES} pages`));
    assert.deepEqual(
      fetched().filter((url) => /^\/[0-3]?$/.test(url)),
      [],
    );
  });
});
