/** Domain ranks as a source: over a real index file of ranks, read in the worker thread, up to what it cannot know and files that hold none. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openIndexInWorker } from '../../server/src/linkIndex/openIndexInWorker.ts';
import { createRanksSource } from '../../server/src/sources/ranks/ranksSource.ts';
import type { Source } from '../../server/src/sources/source.ts';
import { parseTarget } from '../../server/src/urls/targets.ts';
import { BacklinkLensError, isAbort } from '../../server/src/util/errors.ts';
import { silentLog } from '../../server/src/util/log.ts';
import type { Summary, Target } from '../../shared/backlinks.ts';
import { builtIndex } from '../support/builtIndex.ts';
import { temporaryFolder } from '../support/folders.ts';
import { describeSource } from './contract.ts';

const RELEASE = 'cc-main-2026-mar-apr-may';
const POPULATION = 118_800_000;
/** Place `n` of the list, from 1. */
const nameAt = (n: number) => (n === 1 ? 'com.first-site' : n === 2 ? 'uk.co.second-site' : `net.site-${n}`);
const DOMAINS = 1234;

function list(count = DOMAINS): string {
  const lines = Array.from({ length: count }, (_, at) => `${at + 1}\t${(3e7 - at).toFixed(1)}\t${at + 1}\t0.001\t${nameAt(at + 1)}\t3`);
  return ['#harmonicc_pos\t#harmonicc_val\t#pr_pos\t#pr_val\t#host_rev\t#n_hosts', ...lines, ''].join('\n');
}

const never = () => new AbortController().signal;
const source = (file: string): Source => createRanksSource({ path: file, open: openIndexInWorker, log: silentLog });

function target(text: string): Target {
  const parsed = parseTarget(text);
  if (parsed === null) throw new TypeError(text);
  return parsed;
}

async function summariesOf(asked: Source, texts: readonly string[]): Promise<Summary[]> {
  const results = await asked.summaries(texts.map(target), never());
  assert.deepEqual(
    results.map((result) => result.target.name),
    texts.map((text) => target(text).name),
  );
  return results.map((result) => {
    assert.ok('summary' in result);
    return result.summary;
  });
}

/** Everything that ranks know nothing of. */
const UNKNOWN = {
  backlinks: null,
  internalBacklinks: null,
  referringPages: null,
  referringHosts: null,
  referringDomains: null,
  followed: null,
  forms: null,
  topAnchors: null,
  redirectsTo: null,
  strongest: null,
};

describeSource({
  name: 'ranks, which know domains and no rows',
  shape: { rows: 'none', totals: 'none', order: 'own', kinds: ['domain', 'host', 'page'], backlinks: 'none', internal: [] },
  async open() {
    const { folder, remove } = temporaryFolder('ranks');
    const input = path.join(folder, `${RELEASE}-domain-ranks.txt`);
    await writeFile(input, list(12));
    const opened = source(await builtIndex(folder, [input]));
    return {
      source: opened,
      big: { target: target('first-site.com'), total: 0 },
      small: { target: target('second-site.co.uk'), total: 0 },
      empty: target('never-listed-site.com'),
      async close() {
        await opened.close();
        remove();
      },
    };
  },
});

describe('source contract: ranks', () => {
  let folder: string;
  let remove: () => void;
  let file: string;
  let ranks: Source;
  before(async () => {
    ({ folder, remove } = temporaryFolder('ranks'));
    const input = path.join(folder, `${RELEASE}-domain-ranks.txt`);
    await writeFile(input, list());
    file = await builtIndex(folder, [input]);
    ranks = source(file);
  });
  after(async () => {
    await ranks.close();
    remove();
  });

  it('says what it can do: no rows, no cost, nothing sent', () => {
    const { capabilities, account, spent } = ranks;
    assert.deepEqual([capabilities.fields, capabilities.cost, capabilities.remote, capabilities.knowsTotals], [[], null, false, false]);
    assert.deepEqual([account, spent.calls], [null, 0]);
  });

  it('knows the strength of a domain by its rank, and nothing else', async () => {
    const [first, second, last] = await summariesOf(ranks, ['first-site.com', 'second-site.co.uk', `site-${DOMAINS}.net`]);
    assert.deepEqual(first, {
      target: target('first-site.com'),
      unit: 'links',
      ...UNKNOWN,
      strength: { basis: 'rank', value: 10, position: 1, population: POPULATION },
      asOf: '2026-05-31',
    });
    assert.deepEqual(second?.strength, { basis: 'rank', value: 9.6, position: 2, population: POPULATION });
    assert.deepEqual(last?.strength, { basis: 'rank', value: 6.2, position: DOMAINS, population: POPULATION });
  });

  it('gives a host the rank of its registrable domain, and says whose it is', async () => {
    const [host] = await summariesOf(ranks, ['blog.second-site.co.uk']);
    assert.deepEqual(host?.strength, { basis: 'rank', value: 9.6, position: 2, population: POPULATION, of: 'second-site.co.uk' });
  });

  it('knows nothing of a page, and makes nothing up', async () => {
    const [page, root] = await summariesOf(ranks, ['https://first-site.com/a', 'https://first-site.com/']);
    for (const summary of [page, root]) assert.deepEqual([summary?.strength, summary?.backlinks, summary?.notAmongFirst], [null, null, undefined]);
  });

  it('says of a domain beyond the first ones that it is not among them', async () => {
    const asked = ['site-1235.net', 'www.deep.site-9999.net', 'someone.github.io', '192.0.2.7'];
    for (const summary of await summariesOf(ranks, asked)) {
      assert.deepEqual([summary.strength, summary.backlinks, summary.notAmongFirst], [null, null, DOMAINS], summary.target.name);
    }
  });

  it('answers a batch in the order asked, as many as it names', async () => {
    const texts = Array.from({ length: ranks.capabilities.summaryBatch }, (_, at) => `site-${((at * 7) % 1200) + 3}.net`);
    for (const [at, summary] of (await summariesOf(ranks, texts)).entries()) {
      const position = ((at * 7) % 1200) + 3;
      assert.equal(summary.strength?.basis === 'rank' ? summary.strength.position : null, position);
    }
    assert.deepEqual(await ranks.summaries([], never()), []);
  });

  it('refuses rows for what they are: it has none', async () => {
    await assert.rejects(ranks.rows(target('first-site.com'), { limit: 10, offset: 0, internal: 'exclude' }, never()), (error) => {
      assert.ok(BacklinkLensError.is(error, 'source.refused-target'));
      assert.match(error.message, /first-site\.com.*another source/);
      return true;
    });
  });

  it('stops when it is cancelled, and goes on afterwards', async () => {
    await assert.rejects(ranks.summaries([target('first-site.com')], AbortSignal.abort()), isAbort);
    await assert.rejects(ranks.rows(target('first-site.com'), { limit: 10, offset: 0, internal: 'exclude' }, AbortSignal.abort()), isAbort);
    const controller = new AbortController();
    const cancelled = ranks.summaries([target('first-site.com')], controller.signal);
    controller.abort();
    await cancelled.catch((error: unknown) => assert.ok(isAbort(error)));
    assert.equal((await summariesOf(ranks, ['first-site.com']))[0]?.strength?.value, 10);
  });

  it('says where its data stand', async () => {
    const info = await ranks.info(never());
    assert.deepEqual([info.id, info.label, info.pages, info.asOf, info.rows], ['ranks', 'Common Crawl domain ranks', null, '2026-05-31', false]);
    assert.ok(info.generation !== null);
  });

  it('gives an index of pages that holds ranks, too, by its ranks alone', async () => {
    const mixed = path.join(folder, 'mixed');
    const input = path.join(folder, 'examples-domain-ranks.txt');
    const both = source(await builtIndex(mixed, [path.join(import.meta.dirname, '../../examples/web'), await written(input, list(9))]));
    const [known] = await summariesOf(both, ['site-7.net']);
    assert.deepEqual(known?.strength, { basis: 'rank', value: 1.1, position: 7, population: 9 });
    await both.close();
  });

  describe('over files that are not as they should be', () => {
    const refused = async (made: Source, code: string, says: RegExp) => {
      for (const call of [() => made.summaries([target('first-site.com')], never()), () => made.info(never())]) {
        await assert.rejects(call(), (error) => {
          assert.ok(BacklinkLensError.is(error), String(error));
          assert.equal(error.code, code);
          assert.match(error.message, says);
          return true;
        });
      }
      await made.close();
    };

    it('says that there is none, and has it as soon as it is made', async () => {
      const missing = source(path.join(folder, 'later', 'web.db'));
      await assert.rejects(missing.summaries([target('first-site.com')], never()), (error) => BacklinkLensError.is(error, 'index.missing'));
      await builtIndex(path.join(folder, 'later'), [await written(path.join(folder, `${RELEASE}-domain-ranks.txt`), list(3))]);
      assert.equal((await summariesOf(missing, ['first-site.com']))[0]?.strength?.value, 10);
      await missing.close();
    });

    it('says that an index holds no ranks, and how it gets some', async () => {
      await refused(source(await builtIndex(path.join(folder, 'pages'))), 'source.unavailable', /holds no domain ranks.*index add/);
    });

    it('says that ranks are no strength while nobody knows how many domains there are', async () => {
      const input = await written(path.join(folder, 'unknown-domain-ranks.txt'), list(1500));
      const cut = source(await builtIndex(path.join(folder, 'cut'), [input], { ranksTop: 100 }));
      await refused(cut, 'source.unavailable', /--ranks-population/);
    });

    it('answers nothing any more once it is closed', async () => {
      const closed = source(file);
      await closed.info(never());
      await closed.close();
      await assert.rejects(closed.info(never()), (error) => BacklinkLensError.is(error, 'source.unavailable'));
    });
  });
});

async function written(file: string, text: string): Promise<string> {
  await writeFile(file, text);
  return file;
}
