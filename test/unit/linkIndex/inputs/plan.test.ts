/** What people name to inputs: paths, patterns, lists with and without a prefix, and what is wrong with them. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { planInputs } from '../../../../server/src/linkIndex/ingest/inputs/plan.ts';
import { displayUrl } from '../../../../server/src/linkIndex/ingest/inputs/webInput.ts';
import { BacklinkLensError } from '../../../../server/src/util/errors.ts';
import { emptyFolders, written } from '../support.ts';
import { members, pageRecord } from '../warcFixture.ts';

const { signal } = new AbortController();
const ARCHIVE = members([pageRecord('https://b.org/', ['https://a.com/'])]);

describe('inputs: the plan', () => {
  const emptyFolder = emptyFolders('plan');

  /** Names below the folder, the kind where it is no file. */
  async function planned(folder: string, named: readonly string[], prefix?: string, lists: Readonly<Record<string, string>> = {}): Promise<string[]> {
    const fetchList = async (url: string) => (lists[url] === undefined ? null : Buffer.from(lists[url]));
    const inputs = await planInputs(named, { signal, prefix, fetchList });
    return inputs.map(({ kind, at }) => {
      const shown = kind === 'url' ? at : path.relative(folder, at).split(path.sep).join('/');
      return kind === 'folder' ? `${shown}/` : shown;
    });
  }

  function someFiles(): string {
    const folder = emptyFolder();
    mkdirSync(path.join(folder, 'deep/er'), { recursive: true });
    for (const name of ['b.warc.gz', 'a.warc.gz', 'notes.md', 'deep/c.warc.gz', 'deep/er/d.warc.gz', 'a[1].warc.gz']) written(folder, name, ARCHIVE);
    return folder;
  }

  const table: readonly (readonly [what: string, named: readonly string[], inputs: readonly string[]])[] = [
    ['a file and a folder, in the order named', ['b.warc.gz', 'deep', 'a.warc.gz'], ['b.warc.gz', 'deep/', 'a.warc.gz']],
    ['a pattern, in name order', ['*.warc.gz'], ['a.warc.gz', 'a[1].warc.gz', 'b.warc.gz']],
    ['a pattern of any depth', ['**/[cd].warc.gz'], ['deep/c.warc.gz', 'deep/er/d.warc.gz']],
    ['alternatives', ['{a,b}.warc.gz'], ['a.warc.gz', 'b.warc.gz']],
    ['a file whose name looks like a pattern', ['a[1].warc.gz'], ['a[1].warc.gz']],
    ['the same file twice, which is found out when it is read', ['a.warc.gz', 'a.warc.gz'], ['a.warc.gz', 'a.warc.gz']],
    ['addresses', ['https://c.net/x.warc.gz', 'HTTP://d.net/y.wat.gz'], ['https://c.net/x.warc.gz', 'HTTP://d.net/y.wat.gz']],
  ];
  for (const [what, named, inputs] of table) {
    it(`takes ${what}`, async () => {
      const folder = someFiles();
      const absolute = named.map((name) => (/^https?:/i.test(name) ? name : path.join(folder, name)));
      assert.deepEqual(await planned(folder, absolute), inputs);
    });
  }

  it('knows size and date of files, and nothing of others yet', async () => {
    const folder = someFiles();
    const inputs = await planInputs([path.join(folder, 'a.warc.gz'), folder, 'https://c.net/x.warc.gz'], { signal, fetchList: async () => null });
    assert.deepEqual(
      inputs.map(({ bytes }) => bytes),
      [ARCHIVE.length, null, null],
    );
    assert.ok((inputs[0]?.modified ?? 0) > 1e12);
  });

  describe('lists', () => {
    it('takes entries, comments, blank lines, any line end, patterns and addresses; paths lie beside the list', async () => {
      const folder = someFiles();
      const list = written(folder, 'inputs.txt', Buffer.from('# mine\r\n  a.warc.gz \r\n\r\ndeep/*.warc.gz\nhttps://c.net/x.warc.gz\rdeep'));
      assert.deepEqual(await planned(folder, [list, path.join(folder, 'b.warc.gz')]), [
        'a.warc.gz',
        'deep/c.warc.gz',
        'https://c.net/x.warc.gz',
        'deep/',
        'b.warc.gz',
      ]);
    });

    it('knows a list by its lines, whatever its name is, and gzip', async () => {
      const folder = someFiles();
      for (const [name, bytes] of [
        ['mine', Buffer.from('a.warc.gz\nb.warc.gz\n')],
        ['warc.paths.gz', gzipSync('a.warc.gz\nb.warc.gz\n')],
        ['odd.warc.gz', gzipSync('a.warc.gz\nb.warc.gz\n')],
      ] as const) {
        assert.deepEqual(await planned(folder, [written(folder, name, bytes)]), ['a.warc.gz', 'b.warc.gz'], name);
      }
    });

    it('puts the entries of Common Crawl below a prefix: an address, or the folder they were fetched to', async () => {
      const folder = emptyFolder();
      mkdirSync(path.join(folder, 'crawl-data/CC'), { recursive: true });
      written(folder, 'crawl-data/CC/1.warc.gz', ARCHIVE);
      const list = written(emptyFolder(), 'warc.paths.gz', gzipSync('crawl-data/CC/1.warc.gz\n'));
      assert.deepEqual(await planned(folder, [list], 'https://data.commoncrawl.org'), ['https://data.commoncrawl.org/crawl-data/CC/1.warc.gz']);
      assert.deepEqual(await planned(folder, [list], folder), ['crawl-data/CC/1.warc.gz']);
    });

    it('reads a list from the web: paths of Common Crawl lie below the server, others beside the list', async () => {
      const crawl = 'https://data.cc.org/crawl-data/CC-1/warc.paths.gz';
      const mine = 'https://d.net/lists/mine.txt';
      const lists = { [crawl]: 'crawl-data/CC-1/1.warc.gz\n', [mine]: 'x.warc.gz\n/y.warc.gz\n' };
      assert.deepEqual(await planned('', [crawl, mine], undefined, lists), [
        'https://data.cc.org/crawl-data/CC-1/1.warc.gz',
        'https://d.net/lists/x.warc.gz',
        'https://d.net/y.warc.gz',
      ]);
    });
  });

  const wrong: readonly (readonly [what: string, named: (folder: string) => string[], code: string, message: RegExp])[] = [
    ['nothing named', () => [], 'usage.invalid', /Nothing to index/],
    [
      'a list of nothing',
      (folder) => [written(folder, 'none.txt', Buffer.from('# nothing yet\n'))],
      'usage.invalid',
      /no line of .*none\.txt names an input/,
    ],
    ['a file that is not there', (folder) => [path.join(folder, 'no.warc.gz')], 'input.unreadable', /no\.warc\.gz could not be found/],
    ['a pattern that nothing matches', (folder) => [path.join(folder, '*.arc')], 'input.unreadable', /No file matches .*\*\.arc/],
    [
      'a list with an entry that is not there',
      (folder) => [written(folder, 'l.txt', Buffer.from('# x\nno.warc.gz\n'))],
      'input.unreadable',
      /no\.warc\.gz \(line 2 of .*l\.txt\)/,
    ],
    [
      'a list with a pattern that nothing matches',
      (folder) => [written(folder, 'l.txt', Buffer.from('*.zip\n'))],
      'input.unreadable',
      /\*\.zip \(line 1 of/,
    ],
  ];
  for (const [what, named, code, message] of wrong) {
    it(`refuses ${what}`, async () => {
      await assert.rejects(planned('', named(emptyFolder())), (error) => {
        assert.ok(error instanceof BacklinkLensError);
        assert.equal(error.code, code);
        assert.match(error.message, message);
        return true;
      });
    });
  }

  it('never writes down what is secret in an address', () => {
    for (const [address, shown] of [
      ['https://ada:secret@c.net/x.warc.gz#part', 'https://c.net/x.warc.gz'],
      ['https://c.net/x.warc.gz?X-Amz-Signature=0123456789abcdef', 'https://c.net/x.warc.gz'],
      ['https://c.net/get?file=x.warc.gz', 'https://c.net/get?file=x.warc.gz'],
    ] as const)
      assert.equal(displayUrl(address), shown);
  });
});
