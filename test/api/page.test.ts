/** The page for people as it comes over HTTP: what is served, under which policy, how it is kept, how large it is, and what is said without it. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { openAccess } from '../../server/src/api/access.ts';
import { createApp } from '../../server/src/api/app.ts';
import { openIndex } from '../../server/src/linkIndex/sqlite/openIndex.ts';
import type { BacklinkStore } from '../../server/src/linkIndex/store.ts';
import { silentLog } from '../../server/src/util/log.ts';
import { builtIndex } from '../support/builtIndex.ts';
import { temporaryFolder } from '../support/folders.ts';
import { root } from '../support/tree.ts';

const FOLDER = path.join(root, 'dist/page');
/** Bytes of all that an English reader's browser loads, minified. */
const BUDGET = 60 * 1024;
const LOCAL = { host: '127.0.0.1' };

const FILES: readonly (readonly [path: string, type: string])[] = [
  ['/', 'text/html; charset=utf-8'],
  ['/page.js', 'text/javascript; charset=utf-8'],
  ['/page.css', 'text/css; charset=utf-8'],
  ['/page.de.json', 'application/json; charset=utf-8'],
  ['/icon.svg', 'image/svg+xml'],
];

describe('service: the page for people, over HTTP', () => {
  const { folder, remove } = temporaryFolder('page');
  let store: BacklinkStore;
  let app: FastifyInstance;
  let bare: FastifyInstance;

  before(async () => {
    store = openIndex(await builtIndex(folder));
    app = createApp({ store, log: silentLog, access: openAccess(), page: FOLDER });
    bare = createApp({ store, log: silentLog, access: openAccess(), page: path.join(folder, 'nothing') });
  });
  after(async () => {
    await app.close();
    await bare.close();
    await store.close();
    remove();
  });

  for (const [url, type] of FILES) {
    it(`${url}: its type, the policy, and 304 to whoever has it`, async () => {
      const reply = await app.inject({ url, headers: LOCAL });
      assert.deepEqual([reply.statusCode, reply.headers['content-type']], [200, type]);
      assert.equal(reply.headers['x-content-type-options'], 'nosniff');
      assert.equal(reply.headers['referrer-policy'], 'no-referrer');
      assert.equal(reply.headers['cache-control'], 'no-cache');
      const policy = String(reply.headers['content-security-policy']).split('; ');
      for (const rule of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "frame-ancestors 'none'"])
        assert.ok(policy.includes(rule), rule);
      for (const rule of ["base-uri 'none'", "form-action 'none'", "require-trusted-types-for 'script'"]) assert.ok(policy.includes(rule), rule);
      const etag = String(reply.headers['etag']);
      for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
        const again = await app.inject({ url, headers: { ...LOCAL, 'if-none-match': known } });
        assert.deepEqual([again.statusCode, again.body], [304, ''], known);
      }
      assert.equal((await app.inject({ url, headers: { ...LOCAL, 'if-none-match': '"other"' } })).statusCode, 200);
      const head = await app.inject({ method: 'HEAD', url, headers: LOCAL });
      assert.deepEqual([head.statusCode, head.body, head.headers['content-length']], [200, '', String(reply.rawPayload.length)]);
    });
  }

  it('is all that the build leaves, and names nothing outside', async () => {
    assert.equal(readdirSync(FOLDER).filter((name) => !name.endsWith('.map')).length, FILES.length);
    for (const [url] of FILES) {
      const { body } = await app.inject({ url, headers: LOCAL });
      const outside = (body.match(/https?:\/\/[\w.-]+/g) ?? []).filter((address) => !/example\.com|www\.w3\.org/.test(address));
      assert.deepEqual(outside, [], url);
    }
  });

  it(`weighs less than ${BUDGET / 1024} KB`, async () => {
    const loaded = await Promise.all(FILES.filter(([url]) => url !== '/page.de.json').map(([url]) => app.inject({ url, headers: LOCAL })));
    const bytes = loaded.reduce((sum, { rawPayload }) => sum + rawPayload.length, 0);
    assert.ok(bytes < BUDGET, `${bytes} bytes`);
  });

  it('not built: says what to do, and the calls work', async () => {
    const reply = await bare.inject({ url: '/', headers: LOCAL });
    assert.equal(reply.statusCode, 503);
    assert.match(reply.body, /was not built\. Run "npm run build" and start the service again/);
    assert.equal((await bare.inject({ url: '/v3/links/index', headers: LOCAL })).statusCode, 200);
  });

  it('another host name is refused, so that no strange page reaches an open service', async () => {
    assert.equal((await app.inject({ url: '/', headers: { host: 'evil.example' } })).statusCode, 403);
  });
});
