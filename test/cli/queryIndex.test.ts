/** `query` on an index: filters, orders and lists, as a table and as JSON. */
import assert from 'node:assert/strict';
import { DAY, link, NOON, page, redirect } from '../store/captures.ts';
import { temporaryFolder } from '../support/folders.ts';
import { builtFrom } from '../unit/linkIndex/builtFrom.ts';
import { run } from './run.ts';

const HOSTILE = '\u001b[31mred\u202e %_';

const CAPTURES = [
  page('https://b.org/1', [link('https://a.com/', { text: 'Straße' }), link('https://a.com/x', { text: HOSTILE })]),
  page('https://b.org/2', [link('https://a.com/', { text: 'STRASSE', nofollow: true })]),
  page('https://c.net/', [link('https://a.com/', { text: 'gone', tag: 'aimg' }), 'https://b.org/1']),
  page('https://c.net/', [link('https://a.com/x', { text: 'fresh' }), 'https://b.org/1'], { capturedAt: NOON + 3 * DAY }),
  redirect('https://d.io/', 'https://a.com/x'),
];

interface Case {
  readonly args: readonly string[];
  readonly says: string;
}

/** Each line of the table from its first to its last letter, in one line a row. */
const CASES: readonly Case[] = [
  {
    args: ['--text'],
    says: `strength link first seen text page
      0.8 a followed 2026-11-01 Straße https://b.org/1
      0.8 a followed 2026-11-01 \uFFFD[31mred\uFFFD %_ https://b.org/1
      0.0 a nofollow 2026-11-01 STRASSE https://b.org/2
      0.0 a followed 2026-11-04 fresh https://c.net/
      0.0 redirect 2026-11-01 [redirect 301] https://d.io/
      links: 5`,
  },
  { args: ['--text', '--new'], says: 'strength link first seen text page\n0.0 a followed 2026-11-04 fresh https://c.net/\nlinks: 1' },
  { args: ['--text', '--new', '--since', '2026-11-05'], says: 'links: none seen in this index' },
  {
    args: ['--text', '--lost', '--since', '2026-11-04'],
    says: 'strength link first seen lost text page\n0.0 aimg followed 2026-11-01 2026-11-04 removed gone https://c.net/\nlinks: 1',
  },
  {
    args: ['--text', '--with-lost', '--tag', 'redirect'],
    says: 'strength link first seen text page\n0.0 redirect 2026-11-01 [redirect 301] https://d.io/\nlinks: 1',
  },
  {
    args: ['--text', '--anchor', 'strasse'],
    says: 'strength link first seen text page\n0.8 a followed 2026-11-01 Straße https://b.org/1\n0.0 a nofollow 2026-11-01 STRASSE https://b.org/2\nlinks: 2',
  },
  {
    args: ['--text', '--anchor', '%_'],
    says: `strength link first seen text page\n0.8 a followed 2026-11-01 \uFFFD[31mred\uFFFD %_ https://b.org/1\nlinks: 1`,
  },
  { args: ['--text', '--nofollow'], says: 'strength link first seen text page\n0.0 a nofollow 2026-11-01 STRASSE https://b.org/2\nlinks: 1' },
  {
    args: ['--text', '--one-per-domain', '--followed', '--sort', 'date'],
    says: 'strength link first seen more text page\n0.0 a followed 2026-11-04 fresh https://c.net/\n0.8 a followed 2026-11-01 +1 Straße https://b.org/1\nlinks: 2',
  },
  { args: ['--text', '--country', 'de'], says: 'links: none seen in this index' },
  { args: ['--text', '--offset', '10'], says: 'links: 5 in all, none from here on' },
  {
    args: ['--anchors'],
    says: `links domains followed text
      1 1 100 % \uFFFD[31mred\uFFFD %_
      1 1 0 % STRASSE
      1 1 100 % Straße
      1 1 – [redirect 301]
      1 1 100 % fresh
      link texts: 5`,
  },
  {
    args: ['--domains'],
    says: `strength links followed first seen domain
      0.8 3 67 % 2026-11-01 b.org
      0.0 1 100 % 2026-11-04 c.net
      0.0 1 – 2026-11-01 d.io
      referring domains: 3`,
  },
  {
    args: ['--pages'],
    says: `strength links domains followed page
      2.3 3 3 100 % https://a.com/x
      1.0 2 1 50 % https://a.com/
      linked pages: 2`,
  },
  {
    args: ['--changes'],
    says: 'day new lost\n2026-11-04 1 1\ndays with changes: 1',
  },
  {
    args: ['--summary', '--with', 'https://a.com/x,b.org', '--with', 'nobody.example'],
    says: `strength links pages domains followed internal new lost target
      2.7 5 4 3 75 % 0 1 1 a.com
      2.3 3 3 3 100 % 0 1 0 https://a.com/x
      0.8 1 1 1 100 % 0 0 0 b.org
      ? 0 0 0 – 0 0 0 nobody.example
      targets: 4
      new and lost since 2026-11-01`,
  },
  { args: ['--intersect', 'b.org'], says: 'strength to a.com to b.org domain\n0.0 1 1 c.net\ndomains in common: 1' },
  { args: ['--intersect', 'a.com/x', '--but-not', 'b.org'], says: 'strength to a.com to https://a.com/x domain\n0.0 1 1 d.io\ndomains in common: 1' },
];

describe('command line: query of an index', function () {
  this.timeout(120_000);
  const { folder, remove } = temporaryFolder('cli-query-index');
  let index = '';

  before(async () => {
    index = await builtFrom(folder, CAPTURES);
  });
  after(remove);

  const ask = async (...args: readonly string[]): Promise<string> => {
    const { code, out, error } = await run(['query', index, 'a.com', ...args]);
    assert.equal(code, 0, error);
    return out;
  };
  const lines = (text: string): string[] =>
    text
      .trim()
      .split('\n')
      .map((line) => line.trim().replace(/ {2,}/g, ' '));

  for (const { args, says } of CASES) {
    it(args.join(' '), async () => {
      assert.deepEqual(lines(await ask(...args)), lines(says));
    });
  }

  it('--json says everything, with the text as it was written', async () => {
    const found = JSON.parse(await ask('--json', '--lost')) as { total: number; rows: { lost: unknown; firstSeen: string; lastSeen: string }[] };
    assert.equal(found.total, 1);
    assert.deepEqual(
      found.rows.map(({ lost, firstSeen, lastSeen }) => ({ lost, firstSeen, lastSeen })),
      [{ lost: { on: '2026-11-04', reason: 'removed' }, firstSeen: '2026-11-01', lastSeen: '2026-11-01' }],
    );
    const anchors = JSON.parse(await ask('--json', '--anchors')) as { items: { text: string }[] };
    assert.equal(anchors.items[0]?.text, HOSTILE);
    const one = JSON.parse(await ask('--json', '--one-per-domain')) as { rows: { more: number }[] };
    assert.deepEqual(
      one.rows.map(({ more }) => more),
      [2, 0, 0],
    );
  });

  it('filters alone keep the envelope of the contract, with the exact count', async () => {
    const { count, response } = JSON.parse(await ask('--nofollow')) as { count: number; response: { linktext: string }[] };
    assert.deepEqual([count, response.map(({ linktext }) => linktext)], [1, ['STRASSE']]);
  });

  it('--all reads lists and filtered rows to their end', async () => {
    const file = await builtFrom(
      folder,
      Array.from({ length: 600 }, (_, at) => page(`https://b.org/${at}`, [link('https://many.com/', { text: `text ${at}` })])),
      'many.db',
    );
    for (const [args, count] of [
      [['--anchors', '--all'], 600],
      [['--anchors', '--all', '--max-rows', '7'], 7],
      [['--followed', '--text', '--all'], 600],
    ] as const) {
      const { code, out } = await run(['query', file, 'many.com', ...args]);
      assert.equal(code, 0);
      assert.equal(lines(out).length, count + 2);
      assert.match(out, /(^|of |: )600$/m);
    }
  });

  const refused: readonly (readonly [args: readonly string[], message: RegExp])[] = [
    [['--anchors', '--domains'], /cannot be used with/],
    [['--anchors', '--but-not', 'b.org'], /cannot be used with/],
    [['--new', '--lost'], /cannot be used with/],
    [['--followed', '--nofollow'], /cannot be used with/],
    [['--text', '--json'], /cannot be used with/],
    [['--since', '2026-02-30'], /day like 2026-10-01/],
    [['--country', 'Germany'], /two letters/],
    [['--anchor', ''], /text to look for/],
    [['--tag', 'b'], /Allowed choices/],
    [['--intersect', 'not a target'], /Write a domain/],
    [['--with', 'b.org', '--anchors'], /cannot be used with/],
    [['--with', 'b.org,not a target'], /"not a target": Write a domain/],
    [['--with', ' , '], /names with commas/],
  ];
  for (const [args, message] of refused) {
    it(`refuses ${args.join(' ')}`, async () => {
      const { code, error } = await run(['query', index, 'a.com', ...args]);
      assert.equal(code, 2, error);
      assert.match(error, message);
    });
  }

  it('says of an endpoint that it answers with rows only', async () => {
    const { code, error } = await run(['query', 'http://127.0.0.1:9', 'a.com', '--anchors']);
    assert.equal(code, 2);
    assert.match(error, /Name an index file/);
  });
});
