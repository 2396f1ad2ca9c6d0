/** The contract over real HTTP, on a real index of the example web. */
import assert from 'node:assert/strict';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { openAccess } from '../../server/src/api/access.ts';
import { createApp } from '../../server/src/api/app.ts';
import { GENERATION_HEADER } from '../../server/src/api/contract.ts';
import { openIndex } from '../../server/src/linkIndex/sqlite/openIndex.ts';
import type { BacklinkStore } from '../../server/src/linkIndex/store.ts';
import type { Log } from '../../server/src/util/log.ts';
import { builtIndex } from '../support/builtIndex.ts';
import { temporaryFolder } from '../support/folders.ts';
import { WIRE_FIELDS } from '../support/wireFields.ts';

const LIST = '/v3/ResearchLinksGetListBacklinks';
const STRENGTH = '/v3/ResearchLinksGetValuePageStrength';

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Record<string, unknown>;
}

describe('service: the contract over HTTP', () => {
  const { folder, remove } = temporaryFolder('api');
  const logged: string[] = [];
  const keep = (message: string) => void logged.push(message);
  const log: Log = { debug() {}, info: keep, warn: keep, error: keep };
  let store: BacklinkStore;
  let app: FastifyInstance;
  let port = 0;

  before(async () => {
    store = openIndex(await builtIndex(folder));
    app = createApp({ store, log, access: openAccess() });
    await app.listen({ host: '127.0.0.1', port: 0 });
    port = (app.server.address() as AddressInfo).port;
  });
  after(async () => {
    await app.close();
    await store.close();
    remove();
  });

  /** Sends the path exactly as written: `fetch` would mend it. */
  function get(path: string, options: { readonly method?: string; readonly host?: string } = {}): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const headers = options.host === undefined ? {} : { host: options.host };
      const call = request(
        { host: '127.0.0.1', port, path, method: options.method ?? 'GET', headers, setHost: options.host === undefined },
        (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (chunk: string) => {
            text += chunk;
          });
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text === '' ? {} : JSON.parse(text) }),
          );
        },
      );
      call.on('error', reject).end();
    });
  }

  describe('answers', () => {
    for (const path of [LIST, `${LIST}.json`]) {
      it(`${path}: the envelope, every field in the contract's order and type`, async () => {
        const { status, headers, body } = await get(`${path}?url=tidetables.example`);
        const rows = body['response'] as Record<string, unknown>[];
        assert.equal(status, 200);
        assert.match(String(headers['content-type']), /^application\/json/);
        assert.deepEqual(Object.keys(body), ['count', 'response', 'response_time', 'balance']);
        assert.equal(rows.length, 10);
        assert.ok((body['count'] as number) > 10);
        assert.equal(typeof body['response_time'], 'number');
        assert.equal(body['balance'], null);
        for (const row of rows) {
          assert.deepEqual(Object.keys(row), WIRE_FIELDS);
          assert.ok(row['nofollow'] === 0 || row['nofollow'] === 1);
          assert.equal(row['sumL'], (row['extL'] as number) + (row['intL'] as number));
          assert.equal(Math.round((row['sr'] as number) * 10) / 10, row['sr']);
        }
      });
    }

    it('carries the generation of the index in a header', async () => {
      const { headers } = await get(`${LIST}?url=tidetables.example`);
      assert.equal(headers[GENERATION_HEADER], (await store.info(AbortSignal.timeout(1000))).generation);
    });

    it('gives a value in an array, as recorded', async () => {
      const { status, body } = await get(`${STRENGTH}.json?url=https%3A%2F%2Fwww.harbour.example%2F`);
      assert.equal(status, 200);
      assert.deepEqual(Object.keys(body), ['response', 'balance']);
      const [value = 0] = body['response'] as number[];
      assert.ok(value > 5 && value <= 10, String(value));
    });

    it('gives null, never 0, for the strength of a page that the index does not know', async () => {
      assert.deepEqual((await get(`${STRENGTH}?url=https://never-seen.example/`)).body, { response: [null], balance: null });
    });

    it('beyond the end: no rows, the true count', async () => {
      const all = (await get(`${LIST}?url=tidetables.example`)).body['count'];
      const { status, body } = await get(`${LIST}?url=tidetables.example&limit=250&offset=250`);
      assert.deepEqual([status, body['count'], body['response']], [200, all, []]);
    });

    it('takes an offset that is a multiple of any permitted limit', async () => {
      const rows = async (query: string) => (await get(`${LIST}?url=tidetables.example&${query}`)).body['response'] as unknown[];
      assert.deepEqual(await rows('limit=10&offset=25'), (await rows('limit=50')).slice(25, 35));
    });

    it('takes an optional parameter that is empty for one that is not there, as clients of the old API send it', async () => {
      const { response } = (await get(`${LIST}?url=tidetables.example&limit=&offset=`)).body;
      assert.deepEqual(response, (await get(`${LIST}?url=tidetables.example`)).body['response']);
    });

    it('tells domain from page by the path, and scheme or none is the same', async () => {
      const count = async (url: string) => (await get(`${LIST}?url=${encodeURIComponent(url)}`)).body['count'] as number;
      assert.ok((await count('tidetables.example')) > (await count('tidetables.example/')));
      assert.equal(await count('tidetables.example/'), await count('https://www.tidetables.example/#part'));
      assert.equal(await count('tidetables.example'), await count('http://www.tidetables.example'));
    });

    it('internal: exclude and only add up to include', async () => {
      const count = async (internal: string) => (await get(`${LIST}?url=harbour.example&internal=${internal}`)).body['count'] as number;
      assert.equal((await count('exclude')) + (await count('only')), await count('include'));
      assert.ok((await count('only')) > 0);
    });

    it('/healthz answers with the generation when the index can be read', async () => {
      const { status, body } = await get('/healthz');
      assert.equal(status, 200);
      assert.equal(body['status'], 'ok');
    });
  });

  describe('the batch call for editors', () => {
    async function post(body: string, type = 'application/json') {
      const reply = await fetch(`http://127.0.0.1:${port}/v3/links/summaries`, { method: 'POST', headers: { 'content-type': type }, body });
      return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
    }

    it('answers every target in the order asked, each with the fields of a summary or an error', async () => {
      const { status, body } = await post(JSON.stringify({ targets: ['tidetables.example', 'not a url', 'https://never-seen.example/'] }));
      const [known, wrong, unseen] = body['response'] as Record<string, unknown>[];
      assert.deepEqual([status, body['count']], [200, 3]);
      assert.ok((known?.['backlinks'] as number) > 10 && (known?.['referringDomains'] as number) > 5);
      assert.match(JSON.stringify(known?.['strength']), /"basis":"index"/);
      assert.deepEqual([wrong?.['target'], wrong?.['error']], ['not a url', 4001005]);
      assert.deepEqual([unseen?.['backlinks'], unseen?.['strength']], [0, null]);
    });

    for (const [what, body, type, status, error] of [
      ['no list', '{}', 'application/json', 400, 4001003],
      ['numbers', '{"targets":[1]}', 'application/json', 400, 4001003],
      ['1,001 targets', JSON.stringify({ targets: Array.from({ length: 1001 }, (_, n) => `a${n}.example`) }), 'application/json', 400, 4001005],
      ['broken JSON', '{"targets":[', 'application/json', 400, 4001007],
      ['another content type', 'targets=a', 'text/csv', 415, 4001007],
      ['more than 5 MB', JSON.stringify({ targets: ['a'.repeat(6_000_000)] }), 'application/json', 413, 4001008],
    ] as const) {
      it(`${what}: ${status} ${error}`, async () => {
        const reply = await post(body, type);
        assert.deepEqual([reply.status, reply.body['error']], [status, error]);
      });
    }
  });

  describe('refusals', () => {
    const LONG = `https://example.com/${'a'.repeat(10_000)}`;
    const cases: readonly (readonly [what: string, path: string, status: number, error: number, message: RegExp])[] = [
      ['no url', LIST, 400, 4001003, /^For service "ResearchLinksGetListBacklinks" parameter "url" is required!$/],
      ['empty url', `${LIST}?url=`, 400, 4001003, /required/],
      ['no URL at all', `${LIST}?url=not%20a%20url`, 400, 4001005, /"url" is not a domain, host or http\(s\) URL/],
      ['another scheme', `${LIST}?url=mailto:a@b.example`, 400, 4001005, /"url"/],
      ['10 KB of url', `${LIST}?url=${LONG}`, 400, 4001005, /longest permitted is 4096/],
      ['two urls', `${LIST}?url=a.example&url=b.example`, 400, 4001005, /"url" was given more than once/],
      ['limit 7', `${LIST}?url=a.example&limit=7`, 400, 4001005, /"limit" is "7"; permitted are 10, 25, 50, 100, 250/],
      ['limit abc', `${LIST}?url=a.example&limit=abc`, 400, 4001005, /"limit"/],
      ['limit 010', `${LIST}?url=a.example&limit=010`, 400, 4001005, /"limit"/],
      ['two limits', `${LIST}?url=a.example&limit=10&limit=25`, 400, 4001005, /more than once/],
      ['offset 15', `${LIST}?url=a.example&limit=10&offset=15`, 400, 4001005, /"offset" is "15"; permitted are multiples of 10, 25, 50, 100, 250/],
      ['negative offset', `${LIST}?url=a.example&offset=-10`, 400, 4001005, /"offset"/],
      ['offset with a fraction', `${LIST}?url=a.example&offset=10.0`, 400, 4001005, /"offset"/],
      ['huge offset', `${LIST}?url=a.example&offset=99999999999999999999`, 400, 4001005, /"offset"/],
      ['internal maybe', `${LIST}?url=a.example&internal=maybe`, 400, 4001005, /exclude, include, only/],
      ['unknown service', '/v3/ResearchLinksGetListLinktex.json', 404, 4001004, /^Unknown Service "ResearchLinksGetListLinktex"$/],
      ['a name every object has', '/v3/constructor', 404, 4001004, /Unknown Service "constructor"/],
      ['unknown path', '/v9/x', 404, 4001004, /Unknown Service/],
      ['20 KB of path', `/v3/${'a'.repeat(20_000)}`, 431, 4001008, /too large/],
      ['a broken escape in the path', '/v3/%zz', 400, 4001007, /could not be read/],
    ];
    for (const [what, path, status, error, message] of cases) {
      it(`${what}: ${status} ${error}`, async () => {
        const reply = await get(path);
        assert.deepEqual([reply.status, reply.body['error'], Object.keys(reply.body)], [status, error, ['error', 'error_message']]);
        assert.match(String(reply.body['error_message']), message);
      });
    }

    it('another method: 405 with the one that is allowed', async () => {
      const { status, headers, body } = await get(`${LIST}?url=a.example`, { method: 'POST' });
      assert.deepEqual([status, headers['allow'], body['error']], [405, 'GET, HEAD', 4001006]);
    });

    for (const [host, status] of [
      ['127.0.0.1:8700', 200],
      ['localhost', 200],
      ['[::1]:8700', 200],
      ['evil.example', 403],
      ['127.0.0.1.evil.example', 403],
    ] as const) {
      it(`called as ${host}: ${status}`, async () => assert.equal((await get('/healthz', { host })).status, status));
    }

    it('logs why, without the URL that was asked about', async () => {
      logged.length = 0;
      await get(`${LIST}?url=secret-project.example&limit=7`);
      assert.deepEqual(logged, [`GET ${LIST} 400 4001005 limit`]);
    });
  });
});
