/** `index build` and `index info`, on folders and real archives. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { EXAMPLE_WEB } from '../support/builtIndex.ts';
import { itWithData } from '../support/data.ts';
import { temporaryFolder } from '../support/folders.ts';
import { run } from './run.ts';

describe('command line: index', function () {
  this.timeout(120_000);
  const { folder, remove } = temporaryFolder('cli-index');
  const file = (name: string) => path.join(folder, name);
  after(remove);

  it('builds from a folder of hosts and tells what it holds', async () => {
    const built = await run(['index', 'build', file('web.db'), EXAMPLE_WEB]);
    assert.equal(built.code, 0, built.error);
    assert.match(built.out, /^194 pages, [\d,]+ links \([\d,]+ internal\) in [\d.]+ s: .*web\.db\n$/);
    const info = await run(['index', 'info', file('web.db')]);
    assert.match(info.out, /knows +222 URLs on 20 hosts of 18 domains/);
    assert.match(info.out, /strength +PageRank, damping 0\.85, \d+ iterations/);
    const json = JSON.parse((await run(['index', 'info', file('web.db'), '--json'])).out) as { pages: number };
    assert.equal(json.pages, 194);
  });

  it('builds from one site with --base-url', async () => {
    const { code, error } = await run([
      'index',
      'build',
      file('site.db'),
      path.join(EXAMPLE_WEB, 'minato.example'),
      '--base-url',
      'https://minato.example/',
    ]);
    assert.equal(code, 0, error);
    const rows = JSON.parse((await run(['query', file('site.db'), 'minato.example', '--internal', 'only'])).out) as { count: number };
    assert.ok(rows.count > 5);
  });

  itWithData(
    'builds from a real archive: all of its a links, 287 of them external',
    'warc/archivesunleashed__aut__example.warc.gz',
    async (archive) => {
      const { code, error } = await run(['index', 'build', file('aut.db'), archive]);
      assert.equal(code, 0, error);
      const count = async (target: string, internal: string) =>
        (JSON.parse((await run(['query', file('aut.db'), target, '--internal', internal])).out) as { count: number }).count;
      assert.ok((await count('archive.org', 'include')) > 30_000);
      assert.equal((await count('archive.org', 'exclude')) + (await count('archive.org', 'only')), await count('archive.org', 'include'));
    },
  );

  const refused: readonly (readonly [what: string, make: () => string[], code: number, message: RegExp])[] = [
    ['a folder without host names or --base-url', () => ['index', 'build', file('x.db'), path.join(EXAMPLE_WEB, 'minato.example')], 2, /--base-url/],
    ['an input that is not there', () => ['index', 'build', file('x.db'), file('missing.warc.gz')], 3, /missing\.warc\.gz.*\[input\.unreadable\]/s],
    ['an input that is no archive', () => ['index', 'build', file('x.db'), written('no.warc', 'hello')], 3, /no\.warc.*\[input\.not-an-archive\]/s],
    [
      'gzip that is no archive',
      () => ['index', 'build', file('x.db'), written('no.warc.gz', gzipSync('hello'))],
      3,
      /no\.warc\.gz.*\[input\.not-an-archive\]/s,
    ],
    [
      'a place that cannot be written',
      () => ['index', 'build', path.join(written('file', ''), 'x.db'), EXAMPLE_WEB],
      3,
      /x\.db.*\[index\.not-writable\]/s,
    ],
    ['a folder that is not there', () => ['index', 'build', file('none/x.db'), EXAMPLE_WEB], 3, /none.x\.db.*\[index\.not-writable\]/s],
    ['info of nothing', () => ['index', 'info', file('nothing.db')], 3, /nothing\.db.*\[index\.missing\]/s],
  ];
  for (const [what, make, code, message] of refused) {
    it(`${what}: exit ${code}, and no index is left`, async () => {
      const ended = await run(make());
      assert.equal(ended.code, code, ended.out + ended.error);
      assert.match(ended.error, message);
      assert.equal(existsSync(file('x.db')), false);
      assert.deepEqual(
        readdirSync(folder).filter((name) => name.startsWith('x.db')),
        [],
      );
    });
  }

  function written(name: string, content: string | Uint8Array): string {
    writeFileSync(file(name), content);
    return file(name);
  }
});
