/** Sources of vendors on the command line: what they need, what they cost before they are asked, and that nothing is paid twice. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { SOURCE_IDS } from '../../shared/sources.ts';
import { dataForSeo, KEY } from '../source/dataforseo/world.ts';
import { TOKEN, v3 } from '../source/moz/world.ts';
import { BIG, BIG_TOTAL, SMALL } from '../source/world.ts';
import { type FarAway, farAway } from '../support/farAway.ts';
import { temporaryFolder } from '../support/folders.ts';
import { run, start } from './run.ts';

const HOST = 'api.dataforseo.com';

describe('command line: sources of vendors', function () {
  this.timeout(60_000);
  const { folder, remove } = temporaryFolder('cli-sources');
  const file = (name: string) => path.join(folder, name);
  let vendor: FarAway;
  let env: Record<string, string>;

  before(async () => {
    vendor = await farAway(HOST, dataForSeo());
    mkdirSync(file('docs'));
    writeFileSync(file('authority.pem'), vendor.authority);
    writeFileSync(file('docs/a.md'), `[one](https://${BIG}/) [two](https://${SMALL}/) [there](https://intranet.corp/x)\n`);
    env = {
      HTTPS_PROXY: vendor.proxy,
      NODE_EXTRA_CA_CERTS: file('authority.pem'),
      BACKLINK_LENS_DATAFORSEO_ID: KEY.id,
      BACKLINK_LENS_DATAFORSEO_KEY: KEY.secret,
    };
  });
  beforeEach(() => vendor.asked.splice(0));
  after(() => {
    vendor.close();
    remove();
  });

  const report = (...more: string[]) => run(['report', file('docs'), '--source', 'dataforseo', ...more], { env });

  it('lists every source with what it gives, costs and needs', async () => {
    const { code, out } = await run(['sources'], { env });
    assert.equal(code, 0);
    for (const id of SOURCE_IDS.filter((source) => source !== 'none')) assert.match(out, new RegExp(`^${id} `, 'm'));
    assert.match(out, /needs a key in BACKLINK_LENS_DATAFORSEO_ID and BACKLINK_LENS_DATAFORSEO_KEY \(is set\)/);
    assert.match(out, /needs a key in BACKLINK_LENS_AHREFS_KEY\n/);
    const json = JSON.parse((await run(['sources', '--json'], { env })).out) as { id: string; host: string | null; key: unknown }[];
    assert.deepEqual(
      json.filter(({ id }) => id === 'dataforseo' || id === 'index').map(({ host, key }) => [host, key]),
      [
        [null, null],
        [HOST, { variables: 'BACKLINK_LENS_DATAFORSEO_ID and BACKLINK_LENS_DATAFORSEO_KEY', set: true }],
      ],
    );
    assert.doesNotMatch(out + JSON.stringify(json), new RegExp(KEY.secret));
  });

  const wrong: readonly [what: string, args: readonly string[], env: Record<string, string>, says: RegExp][] = [
    ['no key', ['report', '.', '--source', 'ahrefs'], {}, /Ahrefs needs a key\. Set in the environment: BACKLINK_LENS_AHREFS_KEY\./],
    [
      'half a key',
      ['report', '.', '--source', 'dataforseo'],
      { BACKLINK_LENS_DATAFORSEO_ID: 'me' },
      /environment: BACKLINK_LENS_DATAFORSEO_ID and BACKLINK_LENS_DATAFORSEO_KEY\./,
    ],
    [
      'an address to which no key may go',
      ['query', 'ahrefs', BIG],
      { BACKLINK_LENS_AHREFS_KEY: 'k', BACKLINK_LENS_AHREFS_ENDPOINT: 'http://gateway.links.org' },
      /BACKLINK_LENS_AHREFS_ENDPOINT must begin with https:/,
    ],
    ['an endpoint without an address', ['query', 'searchmetrics', BIG], {}, /BACKLINK_LENS_SEARCHMETRICS_ENDPOINT/],
    ['ranks without a file', ['report', '.', '--source', 'ranks'], {}, /BACKLINK_LENS_RANKS_PATH/],
    ['a name that is none', ['report', '.', '--source', 'ahref'], {}, /neither a file nor a source named ahref\. Sources are .*dataforseo, ahrefs,/],
    ['a name that is none, for a table', ['query', 'ahref', BIG, '--text'], {}, /neither a file nor a source named ahref/],
    ['an amount that is none', ['report', '.', '--max-cost', 'much'], {}, /Write an amount/],
    ['a list of a source that has none', ['query', 'ahrefs', BIG, '--domains'], { BACKLINK_LENS_AHREFS_KEY: 'k' }, /Name an index file/],
  ];
  for (const [what, args, environment, says] of wrong) {
    it(`${what}: 2 and what to do`, async () => {
      const { code, error } = await run(args, { env: environment });
      assert.match(error, says);
      assert.equal(code, 2, error);
    });
  }

  it('says the price first, and asks nothing before a script said that it is meant', async () => {
    const { code, out, error } = await report();
    assert.deepEqual([code, out], [2, '']);
    // Two pages and their domains; the address of an intranet is not among them.
    assert.match(error, /DataForSEO: 4 targets, 1 call, about \$0\.02\. Nothing was asked: add --yes/);
    assert.deepEqual(vendor.asked, []);
  });

  it('asks nothing where it would cost more than it may', async () => {
    const { code, error } = await report('--max-cost', '0.01');
    assert.match(error, /about \$0\.02: more than --max-cost \$0\.01\. Nothing was asked.*\[budget\.spent\]/);
    assert.equal(code, 4);
    assert.deepEqual(vendor.asked, []);
  });

  it('reports for the price, in as many calls as it said, and keeps the key to itself', async () => {
    const { code, out, error } = await report('--max-cost', '0.05');
    assert.equal(code, 0, error);
    assert.match(error, /4 targets, 1 call, about \$0\.02\.\n/);
    assert.match(out, new RegExp(`rank 312 +40 +40 .*${BIG}/`));
    assert.equal(vendor.asked.length, 1);
    assert.doesNotMatch(vendor.asked[0]?.body ?? '', /intranet/);
    assert.doesNotMatch(out + error, new RegExp(`${KEY.secret}|${KEY.id}`));
  });

  it('pays once where answers are kept, and counts what was spent', async () => {
    const cache = ['--cache', file('kept')];
    assert.equal((await report('--yes', ...cache)).code, 0);
    assert.equal(vendor.asked.length, 1);
    const again = await report(...cache);
    assert.equal(again.code, 0, again.error);
    assert.equal(again.error, '');
    assert.equal(vendor.asked.length, 1);
    const { out } = await run(['usage', 'dataforseo', ...cache], { env });
    assert.match(out, /^DataForSEO\n {2}today {4}1 call, .*\$0\.02\n {2}account {2}\$41\.25/);
  });

  it('tells the balance of an account, for other programs too', async () => {
    const json = JSON.parse((await run(['usage', 'dataforseo', '--json'], { env })).out) as { unit: string; balance: { left: number } };
    assert.deepEqual([json.unit, json.balance.left], ['USD', 41.25]);
    assert.deepEqual(
      vendor.asked.map(({ path: asked }) => asked),
      ['/v3/appendix/user_data'],
    );
  });

  it('prints rows of a vendor as the contract has them; all of them for a price that is said first', async () => {
    const one = await run(['query', 'dataforseo', BIG, '--limit', '25'], { env });
    const page = JSON.parse(one.out) as { count: number; response: unknown[] };
    assert.deepEqual([page.count, page.response.length], [BIG_TOTAL, 25]);
    assert.match(one.error, /^DataForSEO: 1 target, 1 call, about \$0\.0\d\.\n$/);
    const dear = await run(['query', 'dataforseo', BIG, '--max-cost', '0.001'], { env });
    assert.deepEqual([dear.code, dear.out], [4, '']);
    const refused = await run(['query', 'dataforseo', BIG, '--all'], { env });
    assert.match(refused.error, /DataForSEO, up to 10,000 rows: 1 target, 10 calls, about \$0\.\d\d\. Nothing was asked/);
    assert.equal(refused.code, 2);
    const all = JSON.parse((await run(['query', 'dataforseo', BIG, '--all', '--max-rows', '1000', '--max-cost', '1'], { env })).out) as typeof page;
    assert.equal(all.response.length, BIG_TOTAL);
  });

  it('says which variables hold a key that was refused', async () => {
    const { code, error } = await run(['query', 'dataforseo', BIG], { env: { ...env, BACKLINK_LENS_DATAFORSEO_KEY: 'another' } });
    assert.match(error, /refused the key .*Set another key in BACKLINK_LENS_DATAFORSEO_ID and BACKLINK_LENS_DATAFORSEO_KEY\. \[source\.auth\]/);
    assert.equal(code, 4);
  });

  it('says what a report has cost that was stopped half-way', async () => {
    // Fifty targets a call, and one call in ten seconds: the second one is still waiting.
    const moz = await farAway('api.moz.com', v3());
    writeFileSync(file('moz.pem'), moz.authority);
    writeFileSync(file('many.md'), Array.from({ length: 60 }, (_, n) => `[${n}](https://site.com/${n})`).join('\n'));
    const mine = { HTTPS_PROXY: moz.proxy, NODE_EXTRA_CA_CERTS: file('moz.pem'), BACKLINK_LENS_MOZ_KEY: TOKEN.secret };
    const running = start(['report', file('many.md'), '--source', 'moz', '--yes'], { env: mine });
    try {
      while (moz.asked.length === 0) await wait(20);
      await wait(300);
      running.signal('SIGINT');
      const { code, out, error } = await running.ended;
      assert.match(
        error,
        /61 targets, 2 calls, about 61 rows\.\nMoz was asked already: \d calls?, about 50 rows\. With --cache the answers are kept\.\nStopped\.\n$/,
      );
      assert.deepEqual([code, out], [130, '']);
    } finally {
      running.signal('SIGKILL');
      moz.close();
    }
  });

  it('says so where a source of domains alone cannot be reached', async () => {
    const nobody = { BACKLINK_LENS_OPENPAGERANK_KEY: 'a-key', BACKLINK_LENS_OPENPAGERANK_ENDPOINT: 'http://127.0.0.1:9' };
    const { code, out, error } = await run(['report', file('docs'), '--source', 'openpagerank'], { env: nobody });
    assert.match(error, /127\.0\.0\.1:9 does not answer.*\[source\.unavailable\]/);
    assert.match(out, /not known \(1 private, 2 failed\)/);
    assert.equal(code, 4);
  });

  it('says that the network is down, with what to do', async () => {
    vendor.pull();
    try {
      const { code, out, error } = await report('--yes');
      assert.equal(code, 4);
      assert.match(out, /failed/);
      // The cause once, not once a target.
      assert.deepEqual(error.match(/\[source\.(?:offline|unavailable)\]\n/g)?.length, 1, error);
    } finally {
      vendor.plug();
    }
  });
});
