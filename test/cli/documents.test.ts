/** `scan` and `report`: what stands in documents, on real files, with real exit codes. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Report } from '../../shared/report.ts';
import { builtIndex } from '../support/builtIndex.ts';
import { temporaryFolder } from '../support/folders.ts';
import { run } from './run.ts';

const SITE = path.join(import.meta.dirname, '../../examples/site');

interface ScanEntry {
  readonly file: string;
  readonly range: { readonly start: { line: number; character: number }; readonly end: { line: number; character: number } };
  readonly url: string;
  readonly resolved: string | null;
  readonly text: string;
  readonly tag: string | null;
  readonly rel: readonly string[];
}

describe('command line: scan and report', function () {
  this.timeout(60_000);
  const { folder, remove } = temporaryFolder('cli-documents');
  const file = (name: string) => path.join(folder, name);
  let index = '';

  before(async () => {
    index = await builtIndex(folder);
    mkdirSync(file('docs'));
    writeFileSync(file('docs/a.md'), '# A\r\n\r\nSee 𝒳 [the *guide*](https://tidetables.example/api/ "t") and [here](b.md).\r\n');
    writeFileSync(file('docs/b.md'), '<a rel="nofollow UGC" href="https://www.harbour.example/">B &amp; co</a>\n');
    writeFileSync(file('latin.html'), Buffer.from('<title>caf\xe9</title><a href="https://limani.example/">caf\xe9</a>', 'latin1'));
    writeFileSync(file('empty.md'), '');
  });
  after(remove);

  async function scan(...args: string[]): Promise<ScanEntry[]> {
    const { code, out, error } = await run(['scan', ...args, '--format', 'json']);
    assert.equal(code, 0, error);
    return JSON.parse(out) as ScanEntry[];
  }

  describe('scan', () => {
    it('gives 0-based UTF-16 ranges of the URL itself, decoded values, text, tag and rel', async () => {
      const [guide] = await scan(file('docs/a.md'));
      assert.deepEqual(
        { ...guide, file: path.basename(guide?.file ?? '') },
        {
          file: 'a.md',
          range: { start: { line: 2, character: 21 }, end: { line: 2, character: 52 } },
          url: 'https://tidetables.example/api/',
          resolved: 'https://tidetables.example/api/',
          text: 'the guide',
          tag: 'a',
          rel: [],
          role: 'hyperlink',
          element: 'md-link',
          attribute: null,
          position: 1,
        },
      );
    });

    it('ranges cut the very URL out of the file, for every link of the example site', async () => {
      const entries = await scan(SITE);
      const plain = entries.filter(({ file: name, url, range }) => sliceOf(name, range) === url);
      assert.ok(entries.length > 150, String(entries.length));
      assert.ok(plain.length > entries.length * 0.8, `${plain.length} of ${entries.length}`);
    });

    it('reads a file that is not UTF-8, an empty file, and several at once', async () => {
      const entries = await scan(file('latin.html'), file('empty.md'), file('docs/b.md'));
      assert.deepEqual(
        entries.map(({ text, rel }) => [text, rel]),
        [
          ['café', []],
          ['B & co', ['nofollow', 'ugc']],
        ],
      );
    });

    it('resolves relative links against --base-url', async () => {
      const entries = await scan(file('docs'), '--base-url', 'https://docs.example/x');
      assert.equal(entries.find(({ url }) => url === 'b.md')?.resolved, 'https://docs.example/x/b.md');
    });

    it('takes a file name as a name: # and ? in it are no fragment and no query', async () => {
      writeFileSync(file('50% #1?.md'), '[top](?all)');
      const [top] = await scan(file('50% #1?.md'), '--base-url', 'https://docs.example/x/');
      assert.equal(top?.resolved, 'https://docs.example/x/50%25%20%231%3F.md?all');
    });

    it('a --base-url that is no address: 2', async () => {
      const { code, error } = await run(['scan', file('docs'), '--base-url', 'docs']);
      assert.equal(code, 2);
      assert.match(error, /--base-url.*Write an address like https:\/\/docs\.example\.com\//);
    });

    it('prints an empty list as JSON', async () => assert.deepEqual(await scan(file('empty.md')), []));

    it('goes on after a file that is not there, and ends with 3', async () => {
      const { code, out, error } = await run(['scan', file('missing.md'), file('docs/b.md')]);
      assert.equal(code, 3);
      assert.match(error, /missing\.md: there is no such file or folder.*\[input\.unreadable\]/);
      assert.match(out, /b\.md:1:29 {2}https:\/\/www\.harbour\.example\//);
    });
  });

  describe('report', () => {
    it('tells strength, counts and uses of every target, as JSON', async () => {
      const { code, out, error } = await run(['report', file('docs'), '--index', index, '--format', 'json']);
      assert.equal(code, 0, error);
      const report = JSON.parse(out) as Report;
      const strong = report.targets.find(({ page }) => page.name === 'https://www.harbour.example/');
      assert.equal(strong?.pageFacts.state, 'fresh');
      assert.ok(strong.pageFacts.state === 'fresh' && (strong.pageFacts.value.backlinks ?? 0) > 50);
      assert.deepEqual([report.files, strong.uses.length, strong.uses[0]?.file, report.problems], [2, 1, 'b.md', []]);
    });

    it('draws the example site as a table whose findings are true', async () => {
      const { code, out, error } = await run(['report', SITE, '--index', index]);
      assert.equal(code, 0, error);
      assert.match(out, /Embedded index of 194 pages/);
      assert.match(out, /▰▰▰▰▰▰▰▰▱▱\s+7\.5\s+5\.3\s+71\s+14\s+1\s+tidetables\.example\//);
      assert.match(out, /marsh-buoys\.example\/list\.html/);
      assert.match(out, /guide\/deploy\.md:\d+:\d+ {2}There is no guide\/backup\.md in this folder\. {2}\[broken-internal\]/);
      assert.match(out, /form-mismatch/);
      assert.match(out, /redirected-target/);
    });

    it('--fail-on: 1 for a finding at or above it, 0 below', async () => {
      const code = async (level: string) => (await run(['report', SITE, '--index', index, '--fail-on', level])).code;
      assert.deepEqual([await code('warning'), await code('error')], [1, 0]);
    });

    it('--fail-on beside a path that is not there: 3 comes first', async () => {
      const { code } = await run(['report', SITE, file('nowhere'), '--index', index, '--fail-on', 'hint']);
      assert.equal(code, 3);
    });

    it('without a source nothing is zero and the folder still counts', async () => {
      const { code, out } = await run(['report', SITE]);
      assert.equal(code, 0);
      assert.match(out, /\?\s+no source\s+\?\s+\?\s+tidetables\.example\//);
      assert.match(out, /\[orphan-page\]/);
      assert.doesNotMatch(out, /\[weak-target\]/);
    });

    it('a source that fails: what is known of the folder, and 4', async () => {
      const { code, out } = await run(['report', file('docs'), '--source', 'http://127.0.0.1:9']);
      assert.equal(code, 4);
      assert.match(out, /\?\s+(?:offline|failed)\s+\?/);
    });

    it('an index that is not there: 4 is for sources, and the table stands', async () => {
      const { code, out } = await run(['report', file('docs'), '--index', '/nowhere/web.db']);
      assert.equal(code, 4);
      assert.match(out, /tidetables\.example\/api\//);
    });

    it('keeps to the width that COLUMNS tells where there is no terminal', async () => {
      const { out } = await run(['report', SITE, '--index', index], { env: { COLUMNS: '90' } });
      const table = out.split('\n\n')[1] ?? '';
      assert.ok(
        table.split('\n').every((line) => line.length <= 90),
        table,
      );
    });

    it('prints Markdown for a pull request', async () => {
      const { out } = await run(['report', SITE, '--index', index, '--format', 'markdown']);
      assert.match(out, /^# Backlinks report: /);
      assert.match(out, /\| 7\.5 \| 5\.3 \| 71 \| 14 \| 1 \| tidetables\\\.example\\\/ \|/);
    });

    it('settings that are no JSON: 3, with the place', async () => {
      writeFileSync(file('bad.json'), '{ "backlinkLens.rules": ');
      const { code, error } = await run(['report', file('docs'), '--settings', file('bad.json')]);
      assert.equal(code, 3);
      assert.match(error, /bad\.json is no valid JSON at character \d+/);
    });
  });
});

function sliceOf(file: string, range: ScanEntry['range']): string {
  const line = readFileSync(file, 'utf8').split(/\r\n|\n|\r/)[range.start.line] ?? '';
  return line.slice(range.start.character, range.end.character);
}
