/** `index build` and `index add`: every way to name an input, what is wrong with inputs, adding twice, and being stopped. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { temporaryFolder } from '../support/folders.ts';
import { listen } from '../support/listen.ts';
import { members, pageRecord } from '../unit/linkIndex/warcFixture.ts';
import { run, start } from './run.ts';

/** An archive of one page of its own, which links to a.com. */
const archive = (name: string, pages = 1): Buffer =>
  members(Array.from({ length: pages }, (_, at) => pageRecord(`https://${name}.org/${at}`, ['https://a.com/', `/${at + 1}`])));

const BIG = archive('big', 2000);

describe('command line: inputs of an index', function () {
  this.timeout(120_000);
  const { folder, remove } = temporaryFolder('cli-inputs');
  const file = (name: string) => path.join(folder, name);
  let server: Server;
  let web = '';
  let requests: string[] = [];

  before(async () => {
    for (const name of ['one', 'two', 'three']) writeFileSync(file(`${name}.warc.gz`), archive(name));
    server = createServer(({ url = '', headers, method }, response) => {
      requests.push(`${method} ${url} ${headers.range ?? ''}`.trim());
      if (url === '/four.warc.gz') response.end(archive('four'));
      else if (url === '/paths.txt') response.end('# two of them\nfour.warc.gz\nlist/five.warc.gz\n');
      else if (url === '/list/five.warc.gz') response.end(archive('five'));
      else if (url === '/page.warc.gz') response.setHeader('content-type', 'text/html').end('<!doctype html><title>Not here</title>');
      else if (url === '/big.warc.gz') {
        const from = Number(/^bytes=(\d+)-/.exec(headers.range ?? '')?.[1] ?? 0);
        const range = from > 0 ? { 'content-range': `bytes ${from}-${BIG.length - 1}/${BIG.length}` } : {};
        response.writeHead(from > 0 ? 206 : 200, { 'content-length': BIG.length - from, etag: '"1"', ...range });
        if (method === 'HEAD' || from > 0) response.end(BIG.subarray(from));
        else response.write(BIG.subarray(0, BIG.length >> 1), () => setTimeout(() => response.destroy(), 50));
      } else if (url === '/never.warc.gz' && method === 'GET') response.write(archive('never').subarray(0, 100));
      else response.writeHead(404).end();
    });
    web = `http://127.0.0.1:${await listen(server)}`;
  });
  beforeEach(() => {
    requests = [];
  });
  after(() => {
    server.closeAllConnections();
    server.close();
    remove();
  });

  /** Referring domains of a.com in an index. */
  async function referrers(index: string): Promise<string[]> {
    const { out } = await run(['query', index, 'a.com', '--limit', '250']);
    const rows = (JSON.parse(out) as { response: { backlinkpage: string }[] }).response;
    return [...new Set(rows.map(({ backlinkpage }) => new URL(backlinkpage).hostname.replace('.org', '')))].sort();
  }

  const named: readonly (readonly [what: string, inputs: () => string[], domains: readonly string[]])[] = [
    ['a pattern that the shell left alone', () => [file('t*.warc.gz')], ['three', 'two']],
    ['a list with comments, beside which its entries lie', () => [written('list.txt', '# mine\none.warc.gz\n\nth*.warc.gz\n')], ['one', 'three']],
    ["Common Crawl's kind of list below a prefix", () => [written('warc.paths.gz', gzipSync('four.warc.gz\n')), '--prefix', web], ['four']],
    ['addresses', () => [`${web}/four.warc.gz`, file('one.warc.gz')], ['four', 'one']],
    ['a list from the web', () => [`${web}/paths.txt`], ['five', 'four']],
  ];
  for (const [what, inputs, domains] of named) {
    it(`builds from ${what}`, async () => {
      const out = file('named.db');
      const { code, error } = await run(['index', 'build', out, ...inputs(), '--workers', '1']);
      assert.equal(code, 0, error);
      assert.deepEqual(await referrers(out), domains);
    });
  }

  it('says what has to be fetched, and goes on where a connection broke', async () => {
    const { code, error, out } = await run(['index', 'build', file('big.db'), `${web}/big.warc.gz`]);
    assert.equal(code, 0, error);
    assert.match(error, /^To fetch: http\S+, \d+ KB\.$/m);
    assert.match(out, /^2,000 pages/);
    const [range, ...before] = requests.toReversed();
    assert.deepEqual(before, ['GET /big.warc.gz', 'HEAD /big.warc.gz']);
    // What was on its way when the connection broke may or may not have arrived.
    const from = Number(/^GET \/big\.warc\.gz bytes=(\d+)-$/.exec(range ?? '')?.[1]);
    assert.ok(from > 0 && from <= BIG.length >> 1, `${range} behind ${BIG.length >> 1} bytes`);
  });

  it('reads what it can, and tells of each input that it cannot', async () => {
    const out = file('partly.db');
    const cut = written('cut.warc.gz', archive('cut', 20).subarray(0, 1500));
    const ended = await run(['index', 'build', out, `${web}/gone.warc.gz`, file('one.warc.gz'), `${web}/page.warc.gz`, cut]);
    assert.equal(ended.code, 3, ended.error);
    assert.match(ended.error, /gone\.warc\.gz could not be fetched: the server answered 404.*\[input\.unreadable\]/);
    assert.match(ended.error, /page\.warc\.gz is nothing that can be read.*\[input\.not-an-archive\]/);
    assert.match(ended.error, /cut\.warc\.gz .*\[input\.truncated\]/);
    assert.deepEqual(await referrers(out), ['cut', 'one']);
    const { out: info } = await run(['index', 'info', out]);
    assert.match(info, /gone\.warc\.gz: 0 pages, 0 links; .*404/);
  });

  it('reads what is named twice once, under whatever name', async () => {
    const out = file('twice.db');
    const copy = written('one-again.warc.gz', archive('one'));
    const { code, error, out: said } = await run(['index', 'build', out, file('one.warc.gz'), copy, file('two.warc.gz'), file('one.warc.gz')]);
    assert.equal(code, 0, error);
    assert.match(error, /one-again\.warc\.gz: the same as .*one\.warc\.gz, skipped\.\n.*one\.warc\.gz: the same as .*one\.warc\.gz, skipped\./);
    assert.match(said, /^2 pages/);
    assert.equal((await info(out)).inputs.length, 2);
  });

  const refused: readonly (readonly [what: string, inputs: () => string[], code: number, message: RegExp])[] = [
    ['nothing at all', () => [], 2, /Nothing to index/],
    ['a pattern that nothing matches', () => [file('*.zip')], 3, /No file matches .*\*\.zip.*\[input\.unreadable\]/],
    ['a list with an entry that is not there', () => [written('l.txt', 'one.warc.gz\nno.warc.gz\n')], 3, /no\.warc\.gz \(line 2 of .*l\.txt\)/],
    ['a list of nothing', () => [written('l.txt', '# nothing\n')], 2, /no line of .*l\.txt names an input/],
    ['an address where nothing is', () => [`${web}/none.warc.gz`], 3, /none\.warc\.gz could not be fetched: the server answered 404/],
    ['an address of a page', () => [`${web}/page.warc.gz`], 3, /page\.warc\.gz is nothing that can be read/],
    ['no number of workers', () => [file('one.warc.gz'), '--workers', 'all'], 2, /whole number/],
    ['an address to crawl that is none', () => ['--crawl', 'example'], 2, /Write an address/],
  ];
  for (const [what, inputs, code, message] of refused) {
    it(`refuses ${what}: exit ${code}, and no index is left`, async () => {
      const ended = await run(['index', 'build', file('x.db'), ...inputs()]);
      assert.equal(ended.code, code, ended.out + ended.error);
      assert.match(ended.error, message);
      assert.deepEqual(left('x.db'), []);
    });
  }

  it('adds what is new, passes over what is in, and needs an index for that', async () => {
    const out = file('grown.db');
    const none = await run(['index', 'add', out, file('one.warc.gz')]);
    assert.equal(none.code, 3);
    assert.match(none.error, /\[index\.missing\]/);
    assert.equal((await run(['index', 'build', out, file('one.warc.gz')])).code, 0);

    const first = await run(['index', 'add', out, file('one.warc.gz'), file('two.warc.gz'), `${web}/four.warc.gz`]);
    assert.equal(first.code, 0, first.error);
    assert.match(first.error, /one\.warc\.gz: already in the index, skipped\./);
    assert.match(first.out, /^2 added: 3 pages/);
    assert.deepEqual(await referrers(out), ['four', 'one', 'two']);

    const before = await info(out);
    const copy = written('another-name.warc.gz', archive('two'));
    const again = await run(['index', 'add', out, file('t*.warc.gz'), copy, '--no-strength']);
    assert.match(again.error, /two\.warc\.gz: already in the index, skipped\.\n.*another-name\.warc\.gz: already in the index, skipped\./);
    assert.match(again.out, /^1 added: 4 pages/);
    const nothing = await run(['index', 'add', out, file('one.warc.gz'), copy, '--no-strength']);
    assert.match(nothing.out, /^0 added: 4 pages/);
    assert.equal((await info(out)).inputs.length, before.inputs.length + 1);
    assert.match((await run(['index', 'strength', out])).out, /^4 pages/);
    assert.deepEqual(await referrers(out), ['four', 'one', 'three', 'two']);
  });

  it('adds the rest after a damaged input, and the damaged part too', async () => {
    const out = file('damaged.db');
    await run(['index', 'build', out, file('one.warc.gz')]);
    const cut = written('cut2.warc.gz', archive('cut', 20).subarray(0, 1500));
    const ended = await run(['index', 'add', out, cut, file('two.warc.gz'), written('no.warc', 'hello')]);
    assert.equal(ended.code, 3);
    assert.match(ended.error, /cut2\.warc\.gz .*\[input\.truncated\]/);
    assert.match(ended.error, /no\.warc .*\[input\.not-an-archive\]/);
    assert.match(ended.out, /^2 added/);
    assert.deepEqual(await referrers(out), ['cut', 'one', 'two']);
  });

  describe('Ctrl+C', () => {
    /** Runs until the server is asked for a file that never comes, and stops it there. */
    async function stopped(args: readonly string[]) {
      const running = start(['index', ...args, `${web}/never.warc.gz`, file('three.warc.gz'), '--workers', '1']);
      while (!requests.includes('GET /never.warc.gz')) await new Promise((resolve) => setTimeout(resolve, 20));
      await new Promise((resolve) => setTimeout(resolve, 200));
      running.signal('SIGINT');
      return await running.ended;
    }

    it('makes an index of what a first build had read, and add goes on', async () => {
      const out = file('stopped.db');
      const ended = await stopped(['build', out, file('one.warc.gz')]);
      assert.equal(ended.code, 130, ended.error);
      assert.match(ended.error, /Stopped\. .*stopped\.db holds what was read until then; backlink-lens index add/);
      assert.deepEqual(await referrers(out), ['one']);
      const more = await run(['index', 'add', out, file('one.warc.gz'), file('three.warc.gz')]);
      assert.match(more.out, /^1 added/);
      assert.deepEqual(await referrers(out), ['one', 'three']);
    });

    it('leaves the index that a build would have replaced', async () => {
      const out = file('kept.db');
      await run(['index', 'build', out, file('two.warc.gz')]);
      const ended = await stopped(['build', out, file('one.warc.gz')]);
      assert.equal(ended.code, 130, ended.error);
      assert.match(ended.error, /Nothing was written: an index that was there is as it was\.\nStopped\./);
      assert.deepEqual(await referrers(out), ['two']);
      assert.equal(left('kept.db').length, 2);
    });

    it('keeps every input that an addition had read', async () => {
      const out = file('adding.db');
      await run(['index', 'build', out, file('two.warc.gz')]);
      const ended = await stopped(['add', out, file('one.warc.gz')]);
      assert.equal(ended.code, 130, ended.error);
      assert.deepEqual(await referrers(out), ['one', 'two']);
    });
  });

  async function info(index: string): Promise<{ inputs: unknown[] }> {
    return JSON.parse((await run(['index', 'info', index, '--json'])).out) as { inputs: unknown[] };
  }

  function left(name: string): string[] {
    return existsSync(folder) ? readdirSync(folder).filter((other) => other.startsWith(name)) : [];
  }

  function written(name: string, content: string | Uint8Array): string {
    writeFileSync(file(name), content);
    return file(name);
  }
});
