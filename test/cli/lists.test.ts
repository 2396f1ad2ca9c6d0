/** `index build` from lists: exports, ranks and web graphs, from files and from the web, with what is said before and after. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { temporaryFolder } from '../support/folders.ts';
import { listen } from '../support/listen.ts';
import { run } from './run.ts';

const NAME = 'cc-main-2026-mar-apr-may-domain';
const RANKS = gzipSync(
  Array.from({ length: 60_000 }, (_, at) => `${at + 1}\t1.0E7\t${at + 2}\t1.0E-5\tcom.d${((at * 7919) % 60_000).toString(36)}x${at}\t1\n`).join(''),
);
const FILES: Readonly<Record<string, Buffer>> = {
  [`/${NAME}-ranks.txt.gz`]: RANKS,
  [`/${NAME}-vertices.txt.gz`]: gzipSync('0\tcom.a\t1\n1\tcom.b\t1\n2\torg.target\t3\n'),
  [`/${NAME}-edges.txt.gz`]: gzipSync('0\t2\n1\t2\n2\t0\n'),
};

describe('command line: lists', function () {
  this.timeout(60_000);
  const { folder, remove } = temporaryFolder('cli-lists');
  const file = (name: string, text?: string | Buffer): string => {
    if (text !== undefined) writeFileSync(path.join(folder, name), text);
    return path.join(folder, name);
  };
  let server: Server;
  let web = '';
  let sent = 0;
  let requests: string[] = [];
  /** Bytes after which the connection breaks, once. */
  let breaksAt: number | null = null;
  /** Tells a size without the server having it. */
  let claimed: number | null = null;

  before(async () => {
    server = createServer(({ url = '', headers, method }, response) => {
      const bytes = FILES[url];
      requests.push(`${method} ${url} ${headers.range ?? ''}`.trim());
      if (bytes === undefined) {
        response.writeHead(404).end();
        return;
      }
      if (method === 'HEAD') {
        response.writeHead(200, { 'content-length': claimed ?? bytes.length }).end();
        return;
      }
      const from = Number(/^bytes=(\d+)-/.exec(headers.range ?? '')?.[1] ?? 0);
      const range = from > 0 ? { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` } : {};
      response.writeHead(from > 0 ? 206 : 200, { 'content-length': bytes.length - from, etag: '"1"', ...range });
      const until = breaksAt ?? bytes.length;
      breaksAt = null;
      const rest = bytes.subarray(from, Math.max(from, until));
      sent += rest.length;
      if (until < bytes.length) response.write(rest, () => setTimeout(() => response.destroy(), 20));
      else response.end(rest);
    });
    web = `http://127.0.0.1:${await listen(server)}`;
  });
  beforeEach(() => {
    [sent, requests, breaksAt, claimed] = [0, [], null, null];
  });
  after(() => {
    server.closeAllConnections();
    server.close();
    remove();
  });

  it('ranks: size and source are said before, a broken connection goes on where it broke', async () => {
    breaksAt = RANKS.length >> 1;
    const { code, error, out } = await run(['index', 'build', file('ranks.db'), `${web}/${NAME}-ranks.txt.gz`, '--ranks-top', '100000']);
    assert.equal(code, 0, error);
    assert.match(error, new RegExp(`^To fetch: ${web}/${NAME}-ranks\\.txt\\.gz, \\d+ KB\\.\\n`));
    assert.match(out, /^the ranks of 60,000 domains in \S+ s: /);
    const [first, second, ...more] = requests.filter((line) => line.startsWith('GET'));
    assert.equal(first, `GET /${NAME}-ranks.txt.gz`);
    // What was on its way when the connection broke may or may not have arrived.
    const from = Number(new RegExp(`^GET /${NAME}-ranks\\.txt\\.gz bytes=(\\d+)-$`).exec(second ?? '')?.[1]);
    assert.ok(from > 0 && from <= RANKS.length >> 1, `${second} behind ${RANKS.length >> 1} bytes`);
    assert.deepEqual(more, []);
    assert.equal(sent, (RANKS.length >> 1) + RANKS.length - from, 'no byte twice');
    const info = await run(['index', 'info', file('ranks.db')]);
    assert.match(info.out, /^ranks +60,000 domains of 118,800,000, cc-main-2026-mar-apr-may$/m);
  });

  it('ranks: what is said is what the first domains take', async () => {
    claimed = 2_400_000_000;
    const { error } = await run(['index', 'build', file('top.db'), `${web}/${NAME}-ranks.txt.gz`]);
    assert.match(error, /^To fetch: \S+, 30 MB\.\n/);
  });

  it('a web graph from the web is only fetched with --yes', async () => {
    claimed = 16_000_000_000;
    const build = ['index', 'build', file('graph.db'), `${web}/${NAME}-edges.txt.gz`, '--targets', 'target.org'];
    const refused = await run(build);
    assert.equal(refused.code, 2);
    assert.match(refused.error, /fetches 48\.0 GB.*--yes.*\[usage\.invalid\]/s);
    assert.deepEqual([...new Set(requests.map((line) => line.split(' ')[0]))], ['HEAD']);
    const { code, error } = await run([...build, '--yes']);
    assert.equal(code, 0, error);
    assert.match(error, /^To fetch: \S+, 48 GB\.\n/);
    const info = await run(['index', 'info', file('graph.db')]);
    assert.match(info.out, /2 referring domains of 1 targets/);
  });

  it('a web graph from files needs no leave, and takes its targets from a file', async () => {
    for (const [name, bytes] of Object.entries(FILES)) file(name.slice(1), bytes);
    const targets = file('targets.txt', '# mine\nhttps://www.target.org/\n\nnowhere.example\n');
    const { code, error } = await run(['index', 'build', file('local.db'), file(`${NAME}-edges.txt.gz`), '--targets', targets]);
    assert.equal(code, 0, error);
    const info = await run(['index', 'info', file('local.db')]);
    assert.match(info.out, /2 referring domains of 1 targets; not in this graph: nowhere\.example/);
  });

  it('what lists state can be asked for', async () => {
    const pages = file('site.org-Top linked pages-2026-09-30.csv', 'Target page,Incoming links,Linking sites\nhttps://site.org/x,"1,881",73\n');
    const sites = file('site.org-Top linking sites-2026-09-30.csv', 'Site,Linking pages,Target pages\nmany.io,1240,12\nfew.de,87,5\n');
    const ranks = file('cc-main-2026-mar-apr-may-domain-ranks.txt', '1\t3.4E7\t3\t0.005\tcom.big\t3\n2\t3.4E7\t2\t0.007\torg.site\t1\n');
    const index = file('stated.db');
    assert.equal((await run(['index', 'build', index, pages, sites, ranks, '--site', 'site.org'])).code, 0);
    const ask = async (...words: readonly string[]): Promise<string> => (await run(['query', index, ...words])).out;
    assert.equal(
      await ask('https://site.org/x', '--stated'),
      'list                   as of       links  domains  named\nGoogle Search Console  2026-09-30  1,881       73  0\nstatements of lists: 1\n',
    );
    assert.match(await ask('site.org', '--stated'), /^rank 2 of 118,800,000 domains, strength 9\.6 \(cc-main-2026-mar-apr-may\)$/m);
    assert.equal(
      await ask('site.org', '--stated-domains'),
      'pages  of pages here  domain\n1,240             12  many.io\n   87              5  few.de\ndomains that Google Search Console names: 2\n',
    );
    assert.match(await ask('other.org', '--stated-domains'), /none seen/);
    const { list, items } = JSON.parse(await ask('site.org', '--stated-domains', '--json')) as { list: string; items: { domain: string }[] };
    assert.deepEqual([list, items.map(({ domain }) => domain)], ['Google Search Console', ['many.io', 'few.de']]);
  });

  it('exports: rows with the score of their vendor, notes in the info, and the property asked for', async () => {
    const ahrefs = file(
      'ahrefs.csv',
      'Referring page URL,Target URL,Anchor,UR\nhttps://a.net/1,https://site.org/x,here,31\nhttps://a.net/2,,nothing,1\n',
    );
    const latest = file('latest.csv', 'Linking page,Last crawled\nhttps://b.net/1,2026-09-28\n');
    const refused = await run(['index', 'build', file('refused.db'), latest]);
    assert.equal(refused.code, 2);
    assert.match(refused.error, /--site/);
    const { code, error } = await run(['index', 'build', file('exports.db'), ahrefs, latest, '--site', 'site.org']);
    assert.equal(code, 0, error);
    const rows = JSON.parse((await run(['query', file('exports.db'), 'site.org'])).out) as { response: Record<string, unknown>[] };
    assert.deepEqual(
      rows.response.map(({ sr, nofollow, ...row }) => [Object.values(row)[0], sr, nofollow]),
      [
        ['https://a.net/1', 3.1, null],
        ['https://b.net/1', null, null],
      ],
    );
    assert.match((await run(['index', 'info', file('exports.db')])).out, /1 of 2 rows name no link and were passed over/);
    const unknown = await run(['index', 'build', file('unknown.db'), file('clicks.csv', 'Query,Clicks\nfoo,1\n')]);
    assert.equal(unknown.code, 3);
    assert.match(unknown.error, /has the columns Query, Clicks.*\[input\.unknown-table\]/s);
  });
});
