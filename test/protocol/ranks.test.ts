/** Domain ranks the whole way: a list becomes a file, the file the source, and a hover knows how strong a domain is. */
import assert from 'node:assert/strict';
import { inspectRequest, makeIndexRequest, rowsRequest } from '../../shared/protocol.ts';
import { makeFolder, type TestFolder } from '../support/folders.ts';
import { startServer, type TestServer } from './server.ts';

const LIST = 'cc-main-2026-mar-apr-may-domain-ranks.txt';
const RANKS = ['com.big-site', 'dev.handbook', 'org.small-site'].map((name, at) => `${at + 1}\t3.4E7\t${at + 1}\t0.005\t${name}\t3\n`).join('');
const TEXT = '[guide](https://docs.handbook.dev/guide) [unknown](https://unranked.org/x)';

describe('with domain ranks', function () {
  this.timeout(30_000);
  let folder: TestFolder;
  let server: TestServer;
  const hover = async (at: number) => ((await server.hover(folder.uriOf('a.md'), 0, at)) ?? '').replace(/\\(.)/g, '$1').replaceAll('\u00A0', ' ');

  before(async () => {
    folder = await makeFolder({ 'a.md': TEXT, [LIST]: RANKS });
    server = await startServer({ folders: [folder.uri] });
  });
  after(async () => {
    await server.stop();
    await folder.remove();
  });

  it('says that no file is chosen, and how there comes to be one', async () => {
    await server.setSettings({ source: 'ranks' });
    await server.open(folder.uriOf('a.md'), TEXT);
    const text = await server.until(
      () => hover(12),
      (seen) => seen.includes('chosen yet'),
    );
    assert.match(text, /No file of domain ranks is chosen yet.*backlink-lens index build/);
  });

  it('makes one of a list, and shows a domain by its rank in it', async () => {
    const out = `${folder.path}/ranks.db`;
    const made = await server.connection.sendRequest(makeIndexRequest, { out, addition: false, inputs: [`${folder.path}/${LIST}`] });
    assert.deepEqual([made.pages, made.links, made.rankedDomains, made.problems], [0, 0, 3, []]);
    await server.setSettings({ source: 'ranks', ranks: { path: out } });
    const text = await server.until(
      () => hover(12),
      (seen) => seen.includes('| Strength'),
    );
    assert.match(text, /^\| Strength \| – \| 9\.6 ▰▰▰▰▰▰▰▰▰▰ \|$/m);
    assert.match(text, /^Common Crawl domain ranks, .* · Strength: rank 2 of 118\.8 M domains/m);
    assert.doesNotMatch(text, /Backlinks \||Show all/);
  });

  it('says of another that it is not among the first ones', async () => {
    const text = await server.until(
      () => hover(TEXT.indexOf('unranked')),
      (seen) => seen.includes('not among'),
    );
    assert.match(text, /^unranked\.org is not among the first 3 domains of these ranks\.$/m);
  });

  it('knows a host by its domain, and has no rows', async () => {
    const inspected = await server.until(
      async () => server.connection.sendRequest(inspectRequest, { text: 'docs.handbook.dev' }),
      (found) => found?.facts.state === 'fresh',
    );
    assert.ok(inspected?.facts.state === 'fresh' && inspected.facts.value.strength?.basis === 'rank');
    assert.deepEqual([inspected.facts.value.strength.position, inspected.facts.value.strength.of], [2, 'handbook.dev']);
    await assert.rejects(
      server.connection.sendRequest(rowsRequest, { target: inspected.target, offset: 0, limit: 10 }),
      /Domain ranks hold no backlinks/,
    );
  });
});
