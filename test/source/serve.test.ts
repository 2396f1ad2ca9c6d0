/** The contract client against our own service on a real index: it passes the suite, and gives the same rows as the index itself. */
import assert from 'node:assert/strict';
import { openAccess } from '../../server/src/api/access.ts';
import { createApp } from '../../server/src/api/app.ts';
import { openIndex } from '../../server/src/linkIndex/sqlite/openIndex.ts';
import { createIndexSource } from '../../server/src/sources/index/indexSource.ts';
import { pages } from '../../server/src/sources/pager.ts';
import { createSearchmetricsSource } from '../../server/src/sources/searchmetrics/source.ts';
import type { Source } from '../../server/src/sources/source.ts';
import { createTransport } from '../../server/src/sources/transport.ts';
import { BacklinkLensError } from '../../server/src/util/errors.ts';
import { silentLog } from '../../server/src/util/log.ts';
import { type Backlink, PAGE_LIMITS } from '../../shared/backlinks.ts';
import { type Keyed, SECRET, startKeyed } from '../api/access/keyed.ts';
import { builtIndex } from '../support/builtIndex.ts';
import { temporaryFolder } from '../support/folders.ts';
import { describeSource } from './contract.ts';
import { buildWeb } from './generatedWeb.ts';
import { BIG, BIG_TOTAL, EMPTY, SMALL, target } from './world.ts';

/** The service on an index, with the index as a source beside it. */
async function served(file: string): Promise<{ readonly remote: Source; readonly local: Source; close(): Promise<void> }> {
  const store = openIndex(file);
  const app = createApp({ store, log: silentLog, access: openAccess() });
  const endpoint = await app.listen({ host: '127.0.0.1', port: 0 });
  const transport = createTransport({ env: {} });
  const remote = createSearchmetricsSource({ endpoint, credentials: null, transport, log: silentLog, clock: Date.now });
  const local = createIndexSource({ path: file, open: async () => store, log: silentLog });
  return {
    remote,
    local,
    async close() {
      await transport.close();
      await app.close();
      await local.close();
    },
  };
}

describeSource({
  name: 'searchmetrics over our own service',
  async open() {
    const { folder, remove } = temporaryFolder('serve');
    const at = await served(await buildWeb(folder, BIG_TOTAL));
    return {
      source: at.remote,
      big: { target: target(BIG), total: BIG_TOTAL },
      small: { target: target(SMALL), total: 3 },
      empty: target(EMPTY),
      async close() {
        await at.close();
        remove();
      },
    };
  },
});

describe('the service with keys', () => {
  let service: Keyed;
  const transport = createTransport({ env: {} });
  before(async () => {
    service = await startKeyed();
  });
  after(async () => {
    await transport.close();
    await service.close();
  });

  const sourceOf = (id: string | null, secret = SECRET) => {
    const credentials = id === null ? null : { id, secret };
    return createSearchmetricsSource({ endpoint: service.url, credentials, transport, log: silentLog, clock: Date.now });
  };
  const page = { limit: 10, offset: 0, internal: 'exclude' } as const;
  const rowsOf = async (source: Source) => (await source.rows(target('tidetables.example'), page, new AbortController().signal)).rows.length;
  const fails = (source: Source, reason: string, message: RegExp) =>
    assert.rejects(
      rowsOf(source),
      (error) => error instanceof BacklinkLensError && error.reason === reason && message.test(error.message) && !error.message.includes(SECRET),
    );

  it('gives rows for a key, and pays one credit a call', async () => {
    const source = sourceOf(service.addKey('team', 3));
    assert.deepEqual([await rowsOf(source), await rowsOf(source)], [10, 10]);
    assert.equal(service.keys.list().find(({ name }) => name === 'team')?.spent, 2);
  });

  it('says quota when the credits are spent, and goes on when there are more', async () => {
    const source = sourceOf(service.addKey('poor', 1));
    assert.equal(await rowsOf(source), 10);
    await fails(source, 'quota', /^The credits at 127\.0\.0\.1\S* are used up \(403: Insufficient credits/);
    service.keys.grant('poor', 1);
    assert.equal(await rowsOf(source), 10);
  });

  it('says auth for a wrong secret, no key, a suspended one and one that was deleted', async () => {
    const id = service.addKey('gone');
    await fails(sourceOf(id, 'guess'), 'auth', /does not know the key, or the secret is wrong/);
    await fails(sourceOf(null), 'auth', /needs a key and none is set/);
    const source = sourceOf(id);
    assert.equal(await rowsOf(source), 10);
    service.keys.suspend('gone', 1);
    await fails(source, 'auth', /suspended/);
    service.keys.resume('gone');
    assert.equal(await rowsOf(source), 10);
    service.keys.delete('gone', 1);
    await fails(source, 'auth', /does not know the key/);
  });

  it('asks for another token when one has expired', async () => {
    const source = sourceOf(service.addKey('long'));
    assert.equal(await rowsOf(source), 10);
    service.clock.now += 3_600_000;
    assert.equal(await rowsOf(source), 10);
  });
});

describe('the service and its index', () => {
  const { folder, remove } = temporaryFolder('serve');
  let at: Awaited<ReturnType<typeof served>>;
  before(async () => {
    at = await served(await builtIndex(folder));
  });
  after(async () => {
    await at.close();
    remove();
  });

  /** What the contract carries of a row: its strength loses its basis on the way, its dates and rel tokens do not travel. */
  const onTheWire = (row: Backlink) => ({
    ...row,
    title: row.title || null,
    strength: row.strength?.value ?? null,
    rel: null,
    firstSeen: null,
    lastSeen: null,
  });

  it('give the same rows for the sites of the example web, at every limit, with and without internal links', async () => {
    const signal = new AbortController().signal;
    let rows = 0;
    for (const text of ['openberth.example', 'www.harbour.example', 'https://openberth.example/', 'tidetables.example', 'nowhere.example']) {
      for (const internal of ['exclude', 'include', 'only'] as const) {
        for (const limit of PAGE_LIMITS) {
          const [theirs, ours] = await Promise.all(
            [at.remote, at.local].map(async (source) => {
              const all: Backlink[] = [];
              for await (const page of pages(source, target(text), { limit, maxRows: 10_000, internal }, signal)) all.push(...page.rows);
              return all.map(onTheWire);
            }),
          );
          assert.deepEqual(theirs, ours);
          rows += theirs?.length ?? 0;
        }
      }
    }
    assert.ok(rows > 1_000, `${rows} rows compared`);
  });
});
