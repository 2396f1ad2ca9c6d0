/** The list calls below `/v3/links/`, over HTTP, each beside the store's own answer. */
import assert from 'node:assert/strict';
import type { FastifyInstance } from 'fastify';
import { openAccess } from '../../server/src/api/access.ts';
import { createApp } from '../../server/src/api/app.ts';
import { GENERATION_HEADER } from '../../server/src/api/contract.ts';
import { LISTS } from '../../server/src/api/lists/lists.ts';
import { openIndex } from '../../server/src/linkIndex/sqlite/openIndex.ts';
import type { BacklinkStore, ListQuery } from '../../server/src/linkIndex/store.ts';
import { parseTarget } from '../../server/src/urls/targets.ts';
import { silentLog } from '../../server/src/util/log.ts';
import { builtIndex } from '../support/builtIndex.ts';
import { temporaryFolder } from '../support/folders.ts';

const LOCAL = { host: '127.0.0.1' };
const TARGET = 'harbour.example';

describe('service: the lists of a target', () => {
  const { folder, remove } = temporaryFolder('lists');
  const signal = new AbortController().signal;
  let store: BacklinkStore;
  let app: FastifyInstance;

  before(async () => {
    store = openIndex(await builtIndex(folder));
    app = createApp({ store, log: silentLog, access: openAccess() });
  });
  after(async () => {
    await app.close();
    await store.close();
    remove();
  });

  async function get(url: string): Promise<{ status: number; generation: unknown; body: Record<string, unknown> }> {
    const reply = await app.inject({ url, headers: LOCAL });
    return { status: reply.statusCode, generation: reply.headers[GENERATION_HEADER], body: reply.json() };
  }

  const target = parseTarget(TARGET);
  assert.ok(target);
  const asked: Readonly<Record<string, (query: ListQuery) => Promise<{ items: readonly unknown[]; total: number }>>> = {
    domains: (query) => store.referringDomains(query, signal),
    texts: (query) => store.anchors(query, signal),
    pages: (query) => store.linkedPages(query, signal),
    changes: (query) => store.changes(query, signal),
  };

  for (const [name, ask] of Object.entries(asked)) {
    it(`${name}: the store's list in the contract's envelope, with the generation of the index`, async () => {
      const { status, generation, body } = await get(`/v3/links/${name}?url=${TARGET}&limit=25`);
      const { items, total } = await ask({ target, limit: 25, offset: 0 });
      assert.deepEqual([status, generation], [200, (await store.info(signal)).generation]);
      assert.deepEqual(Object.keys(body), ['count', 'response', 'response_time', 'balance']);
      assert.deepEqual([body['count'], body['response']], [total, JSON.parse(JSON.stringify(items))]);
    });

    it(`${name}: beyond the end no entries and the true count`, async () => {
      const { body } = await get(`/v3/links/${name}?url=${TARGET}&limit=250&offset=2500`);
      assert.deepEqual([body['count'], body['response']], [(await ask({ target, limit: 10, offset: 0 })).total, []]);
    });

    it(`${name}: no url is refused by name`, async () => {
      const { status, body } = await get(`/v3/links/${name}`);
      assert.deepEqual([status, body], [400, { error: 4001003, error_message: `For service "links/${name}" parameter "url" is required!` }]);
    });
  }

  it('lists of this example are not empty, but for changes: it was captured once', async () => {
    const counts = await Promise.all(Object.keys(asked).map(async (name) => [name, (await get(`/v3/links/${name}?url=${TARGET}`)).body['count']]));
    const { domains = 0, texts = 0, pages = 0, changes } = Object.fromEntries(counts) as Record<string, number>;
    assert.ok(domains > 3 && texts > 3 && pages > 1, JSON.stringify(counts));
    assert.equal(changes, 0);
  });

  it('spread: eleven counts that add up to the backlinks', async () => {
    const { body } = await get(`/v3/links/spread?url=${TARGET}`);
    const counts = body['response'] as number[];
    assert.equal(counts.length, 11);
    assert.equal(
      counts.reduce((sum, count) => sum + count, 0),
      (await store.summaries([target], signal))[0]?.backlinks,
    );
  });

  it('index: what it holds, and nothing about the files it was made of', async () => {
    const { body } = await get('/v3/links/index');
    const { topPages, ...info } = body['response'] as Record<string, unknown>;
    const { pages, links } = await store.info(signal);
    assert.deepEqual([info['pages'], info['links'], info['recaptured']], [pages, links, false]);
    assert.ok((topPages as unknown[]).length > 0);
    assert.equal(JSON.stringify(body).includes('inputs'), false);
  });

  it('each reply has the fields that its description names', async () => {
    for (const [name, call] of LISTS) {
      const { body } = await get(`/v3/links/${name}?url=${TARGET}`);
      const { required } = call.reply as { required: string[] };
      assert.deepEqual(Object.keys(body), [...required, 'balance'], name);
    }
  });

  for (const [what, path, status, error] of [
    ['an unknown list', '/v3/links/nothing?url=a.example', 404, 4001004],
    ['a name every object has', '/v3/links/constructor', 404, 4001004],
    ['a bad limit', '/v3/links/domains?url=a.example&limit=7', 400, 4001005],
    ['no URL', '/v3/links/spread?url=not%20a%20url', 400, 4001005],
  ] as const) {
    it(`${what}: ${status} ${error}`, async () => {
      const reply = await get(path);
      assert.deepEqual([reply.status, reply.body['error']], [status, error]);
    });
  }

  it('another method: 405', async () => {
    const reply = await app.inject({ method: 'POST', url: '/v3/links/domains?url=a.example', headers: LOCAL });
    assert.deepEqual([reply.statusCode, reply.headers['allow']], [405, 'GET, HEAD']);
  });
});
