/** `query` and `serve`: the same rows from the database and over HTTP, at every limit and every offset. */
import assert from 'node:assert/strict';
import { appendFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PAGE_LIMITS } from '../../shared/backlinks.ts';
import { builtIndex } from '../support/builtIndex.ts';
import { temporaryFolder } from '../support/folders.ts';
import { type Running, run, start } from './run.ts';

describe('command line: query and serve', function () {
  this.timeout(120_000);
  const { folder, remove } = temporaryFolder('cli-query');
  let index = '';
  let endpoint = '';
  let service: Running;

  before(async () => {
    index = await builtIndex(folder);
    service = start(['serve', '--index', index, '--port', '0', '--open']);
    endpoint = /http:\/\/\S+/.exec(await service.until(/at (http:\S+)/))?.[0] ?? '';
  });
  after(async () => {
    service.signal('SIGTERM');
    assert.equal((await service.ended).code, 0, 'serve ends cleanly on SIGTERM');
    remove();
  });

  async function rows(source: string, limit: number, offset: number): Promise<{ count: number; response: unknown[] }> {
    const { code, out, error } = await run(['query', source, 'tidetables.example', '--limit', String(limit), '--offset', String(offset)]);
    assert.equal(code, 0, error);
    return JSON.parse(out) as { count: number; response: unknown[] };
  }

  it('gives the same rows for all limits over all offsets, without gap or repeat', async () => {
    const whole = await rows(index, 250, 0);
    let compared = 0;
    for (const limit of PAGE_LIMITS) {
      for (let offset = 0; offset < whole.count + limit; offset += limit) {
        const [fromFile, fromService] = await Promise.all([rows(index, limit, offset), rows(endpoint, limit, offset)]);
        assert.deepEqual(fromService.response, fromFile.response);
        assert.deepEqual(fromFile.response, whole.response.slice(offset, offset + limit));
        assert.deepEqual([fromFile.count, fromService.count], [whole.count, whole.count]);
        compared++;
      }
    }
    console.log(`      ${compared} pages of ${whole.count} rows compared`);
  });

  it('--all reads every page; --max-rows ends it earlier and leaves the true count', async () => {
    const whole = await rows(index, 250, 0);
    for (const source of [index, endpoint]) {
      const all = JSON.parse((await run(['query', source, 'tidetables.example', '--all'])).out) as typeof whole;
      assert.deepEqual([all.count, all.response], [whole.count, whole.response]);
      const some = JSON.parse((await run(['query', source, 'tidetables.example', '--all', '--max-rows', '37'])).out) as typeof whole;
      assert.deepEqual([some.count, some.response], [whole.count, whole.response.slice(0, 37)]);
    }
  });

  const refused: readonly (readonly [what: string, args: (file: string) => string[], code: number, message: RegExp])[] = [
    ['limit 7', (file) => ['query', file, 'a.example', '--limit', '7'], 2, /Permitted are 10, 25, 50, 100, 250/],
    ['offset 15', (file) => ['query', file, 'a.example', '--offset', '15'], 2, /Permitted are multiples of 10, 25, 50, 100, 250/],
    ['internal maybe', (file) => ['query', file, 'a.example', '--internal', 'maybe'], 2, /exclude, include, only/],
    ['a target that is none', (file) => ['query', file, 'not a url'], 2, /Write a domain, a host, a page URL or a folder/],
    ['no target', (file) => ['query', file], 2, /missing required argument/],
    ['index build without a name', (file) => ['index', 'build', '', file], 2, /argument 'out'\. Write the name of a file/],
    ['index build of nothing', (file) => ['index', 'build', file], 2, /Nothing to index: name archives, folders/],
    ['an unknown command of index', () => ['index', 'mend'], 2, /unknown command 'mend'/],
    ['--all with --limit', (file) => ['query', file, 'a.example', '--all', '--limit', '10'], 2, /cannot be used with/],
    ['--max-rows 0', (file) => ['query', file, 'a.example', '--all', '--max-rows', '0'], 2, /whole number from 1/],
    ['an unknown command', () => ['quarry'], 2, /unknown command/],
    ['an index that is not there', () => ['query', '/nowhere/web.db', 'a.example'], 3, /nowhere.*\[index\.missing\]/s],
    ['a damaged index', () => ['query', damaged, 'a.example'], 3, /\[index\.damaged\]/],
    ['an endpoint that is down', () => ['query', 'http://127.0.0.1:9', 'a.example'], 4, /127\.0\.0\.1:9.*\[source\.(?:offline|unavailable)\]/s],
    ['an endpoint with a query', () => ['query', 'http://127.0.0.1:9/?a=1', 'a.example'], 2, /^The address of the endpoint must not hold a query/],
    [
      'an endpoint with a password',
      () => ['query', 'http://me:hidden@127.0.0.1:9/', 'a.example'],
      2,
      /^(?!.*hidden).*must not hold a name or password: remove them and set the key in BACKLINK_LENS_KEY and BACKLINK_LENS_SECRET/,
    ],
    ['no index at all', () => ['query', '', 'a.example'], 2, /The path of the index is empty/],
    ['serve without keys or --open', (file) => ['serve', '--index', file], 3, /keys add .*--open/],
    ['serve on a port that is no port', (file) => ['serve', '--index', file, '--open', '--port', '99999'], 2, /0 .*65535/],
    ['serve of nothing', () => ['serve', '--index', '/nowhere/web.db', '--open'], 3, /\[index\.missing\]/],
  ];
  const damaged = path.join(folder, 'damaged.db');

  for (const [what, args, code, message] of refused) {
    it(`${what}: exit ${code} and what to do`, async () => {
      writeFileSync(damaged, 'SQLite format 3\0');
      appendFileSync(damaged, Buffer.alloc(8192, 7));
      const ended = await run(args(index));
      assert.equal(ended.code, code, ended.out + ended.error);
      assert.match(ended.error, message);
      assert.doesNotMatch(ended.error, /\n\s+at /, 'no stack for what we foresaw');
    });
  }
});
