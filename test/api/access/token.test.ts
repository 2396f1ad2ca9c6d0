/** `POST /v3/token` and what comes of a token, over HTTP. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basicOf, formOf, type Keyed, type Reply, SECRET, startKeyed } from './keyed.ts';

const COUNT = '/v3/ResearchLinksGetCountBacklinks';
const FORM = 'application/x-www-form-urlencoded';
const GRANT = 'grant_type=client_credentials';

describe('service: tokens', () => {
  let service: Keyed;
  let id: string;
  before(async () => {
    service = await startKeyed({ rates: { failedLogins: 1_000 } });
    id = service.addKey('team');
  });
  after(() => service.close());

  function ask(body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}): Promise<Reply> {
    return service.call('/v3/token', { method: 'POST', body, headers: { 'content-type': FORM, ...headers } });
  }

  describe('are given', () => {
    const ways: readonly (readonly [string, () => Promise<Reply>])[] = [
      ['to HTTP Basic, as most old clients send it', () => ask(GRANT, { authorization: basicOf(id) })],
      ['to credentials in the form, as the Google Sheets client sends them', () => ask(String(new URLSearchParams(formOf(id))))],
      ['to both, where they are the same', () => ask(String(new URLSearchParams(formOf(id))), { authorization: basicOf(id) })],
      ['to a scheme in other letters', () => ask(GRANT, { authorization: basicOf(id).replace('Basic', 'bAsIc') })],
      ['to a form with a charset', () => ask(GRANT, { authorization: basicOf(id), 'content-type': `${FORM}; charset=utf-8` })],
      ['to JSON, too', () => ask(JSON.stringify(formOf(id)), { 'content-type': 'application/json' })],
    ];
    for (const [what, way] of ways) {
      it(what, async () => {
        const { status, headers, body } = await way();
        assert.equal(status, 200);
        // As recorded: these fields, in this order.
        assert.deepEqual(Object.keys(body), ['access_token', 'expires_in', 'token_type', 'scope']);
        assert.match(String(body['access_token']), /^[A-Za-z0-9]{40}$/);
        assert.deepEqual([body['expires_in'], body['token_type'], body['scope']], [3600, 'Bearer', null]);
        assert.equal(headers.get('cache-control'), 'no-store');
        const used = await service.call(`${COUNT}?url=tidetables.example`, { headers: { authorization: `Bearer ${String(body['access_token'])}` } });
        assert.equal(used.status, 200);
      });
    }
  });

  describe('are refused', () => {
    const BASIC = (text: string | Buffer) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
    const cases: readonly (readonly [string, () => Promise<Reply>, number, number, RegExp])[] = [
      ['a wrong secret', () => ask(GRANT, { authorization: basicOf(id, 'wrong') }), 401, 4011005, /does not know the key, or the secret is wrong/],
      ['an unknown id', () => ask(GRANT, { authorization: basicOf('nobody') }), 401, 4011005, /does not know the key, or the secret is wrong/],
      ['no credentials', () => ask(GRANT), 401, 4011005, /as HTTP Basic, or as client_id and client_secret/],
      ['an id without a secret', () => ask(`${GRANT}&client_id=${id}`), 401, 4011005, /as HTTP Basic/],
      ['an empty id', () => ask(`${GRANT}&client_id=&client_secret=x`), 401, 4011005, /as HTTP Basic/],
      ['another scheme', () => ask(GRANT, { authorization: 'Digest x' }), 401, 4011005, /as HTTP Basic/],
      ['Basic without a colon', () => ask(GRANT, BASIC('justtext')), 400, 4001007, /base64 of id:secret/],
      ['Basic that is no base64', () => ask(GRANT, { authorization: 'Basic !!!' }), 400, 4001007, /base64 of id:secret/],
      ['Basic that is no UTF-8', () => ask(GRANT, BASIC(Buffer.from([0x61, 0x3a, 0xff, 0xfe]))), 400, 4001007, /in UTF-8/],
      ['a secret of 10 KB', () => ask(`${GRANT}&client_id=${id}&client_secret=${'x'.repeat(10_000)}`), 400, 4001007, /too long/],
      ['two ids', () => ask(`${GRANT}&client_id=a&client_id=b&client_secret=x`), 400, 4001007, /"client_id" is to be given once/],
      [
        'Basic and another key in the form',
        () => ask(String(new URLSearchParams(formOf('b'))), { authorization: basicOf(id) }),
        400,
        4001007,
        /different keys/,
      ],
      ['no grant', () => ask('', { authorization: basicOf(id) }), 400, 4001003, /^For service "token" parameter "grant_type" is required!$/],
      ['another grant', () => ask('grant_type=password', { authorization: basicOf(id) }), 400, 4001005, /client_credentials only/],
      ['two grants', () => ask(`${GRANT}&${GRANT}`, { authorization: basicOf(id) }), 400, 4001007, /once/],
      ['names that every object has', () => ask('__proto__=1&constructor=2', { authorization: basicOf(id) }), 400, 4001003, /grant_type/],
      ['JSON that is a list', () => ask('[1]', { 'content-type': 'application/json', authorization: basicOf(id) }), 400, 4001003, /grant_type/],
      ['a form of bytes', () => ask(Uint8Array.of(0xff, 0x00, 0x3d, 0xfe, 0x26)), 400, 4001003, /grant_type/],
      ['1 MB of form', () => ask(`${GRANT}&x=${'y'.repeat(1_000_000)}`), 413, 4001008, /too large/],
      ['another content type', () => ask('x', { 'content-type': 'text/csv' }), 415, 4001007, /could not be read/],
      ['GET', () => service.call('/v3/token'), 405, 4001006, /called by POST/],
    ];
    for (const [what, way, status, error, message] of cases) {
      it(`${what}: ${status} ${error}`, async () => {
        const reply = await way();
        assert.deepEqual([reply.status, reply.body['error'], Object.keys(reply.body)], [status, error, ['error', 'error_message']]);
        assert.match(String(reply.body['error_message']), message);
        assert.equal(reply.headers.get('www-authenticate'), status === 401 ? 'Basic realm="backlink-lens", charset="UTF-8"' : null);
      });
    }

    it('to a suspended key, but only when its secret is right', async () => {
      const other = service.addKey('suspended');
      service.keys.suspend('suspended', 1);
      const refused = await ask(GRANT, { authorization: basicOf(other) });
      assert.deepEqual([refused.status, refused.body['error']], [403, 4031001]);
      assert.equal((await ask(GRANT, { authorization: basicOf(other, 'wrong') })).body['error'], 4011005);
    });
  });

  describe('open a call', () => {
    let token: string;
    before(async () => {
      token = await service.tokenFor(id);
    });
    const bearer = (text: string) => ({ headers: { authorization: text } });
    const url = 'url=tidetables.example';
    const cases: readonly (readonly [string, () => Promise<Reply>, number, number | undefined, string | null])[] = [
      ['in the header', () => service.call(`${COUNT}?${url}`, bearer(`Bearer ${token}`)), 200, undefined, null],
      ['in the header, the scheme in other letters', () => service.call(`${COUNT}?${url}`, bearer(`bearer ${token}`)), 200, undefined, null],
      ['in the query', () => service.call(`${COUNT}.json?${url}&access_token=${token}`), 200, undefined, null],
      [
        'in the query of .json/?, as the Node client writes it',
        () => service.call(`${COUNT}.json/?access_token=${token}&${url}`),
        200,
        undefined,
        null,
      ],
      ['the same in header and query', () => service.call(`${COUNT}?${url}&access_token=${token}`, bearer(`Bearer ${token}`)), 200, undefined, null],
      [
        'in the form of a POST',
        () =>
          service.call('/v3/ResearchLinksPostListIsLinked', {
            method: 'POST',
            body: new URLSearchParams({ url: 'tidetables.example', domains: 'openberth.example', access_token: token }),
          }),
        200,
        undefined,
        null,
      ],
      ['none', () => service.call(`${COUNT}?${url}`), 401, 4011001, 'Bearer realm="backlink-lens"'],
      ['an empty one', () => service.call(`${COUNT}?${url}&access_token=`), 401, 4011001, 'Bearer realm="backlink-lens"'],
      ['Basic in its place', () => service.call(`${COUNT}?${url}`, bearer(basicOf(id))), 401, 4011001, 'Bearer realm="backlink-lens"'],
      [
        'a foreign one',
        () => service.call(`${COUNT}?${url}`, bearer(`Bearer ${'a'.repeat(40)}`)),
        401,
        4011002,
        'Bearer realm="backlink-lens", error="invalid_token"',
      ],
      [
        'one of another shape',
        () => service.call(`${COUNT}?${url}`, bearer('Bearer a;b')),
        401,
        4011002,
        'Bearer realm="backlink-lens", error="invalid_token"',
      ],
      [
        '10 KB of one',
        () => service.call(`${COUNT}?${url}`, bearer(`Bearer ${'a'.repeat(10_000)}`)),
        401,
        4011002,
        'Bearer realm="backlink-lens", error="invalid_token"',
      ],
      ['two different ones', () => service.call(`${COUNT}?${url}&access_token=${'b'.repeat(40)}`, bearer(`Bearer ${token}`)), 400, 4001007, null],
      ['two in the query', () => service.call(`${COUNT}?${url}&access_token=${token}&access_token=${token}`), 400, 4001007, null],
      [
        'none, for a batch of 4 MB: refused before it is read',
        () =>
          service.call('/v3/links/summaries', {
            method: 'POST',
            body: `["${'x'.repeat(4_000_000)}"`,
            headers: { 'content-type': 'application/json' },
          }),
        401,
        4011001,
        'Bearer realm="backlink-lens"',
      ],
    ];
    for (const [what, way, status, error, challenge] of cases) {
      it(`${what}: ${status}${error === undefined ? '' : ` ${error}`}`, async () => {
        const reply = await way();
        assert.deepEqual([reply.status, reply.body['error'], reply.headers.get('www-authenticate')], [status, error, challenge]);
      });
    }
  });

  describe('end', () => {
    async function after(change: (key: string) => void): Promise<Reply> {
      const key = service.addKey(`ends${Math.random().toString(36).slice(2, 8)}`);
      const token = await service.tokenFor(key);
      const headers = { authorization: `Bearer ${token}` };
      assert.equal((await service.call(`${COUNT}?url=a.example`, { headers })).status, 200);
      change(key);
      return service.call(`${COUNT}?url=a.example`, { headers });
    }

    for (const [what, change, status, error, message] of [
      ['when their key is suspended', (key: string) => service.keys.suspend(key, 1), 403, 4031001, /^The key is suspended/],
      ['when their key is deleted', (key: string) => service.keys.delete(key, 1), 401, 4011004, /^The key of this token was deleted/],
      [
        'not when it is suspended and resumed',
        (key: string) => [service.keys.suspend(key, 1), service.keys.resume(key)],
        200,
        undefined,
        /undefined/,
      ],
      [
        'when their time is over',
        () => {
          service.clock.now += 3_600_000;
        },
        401,
        4011003,
        /^The token has expired/,
      ],
    ] as const) {
      it(`${what}, in the very next call`, async () => {
        const reply = await after(change);
        assert.deepEqual([reply.status, reply.body['error']], [status, error]);
        assert.match(String(reply.body['error_message']), message);
      });
    }
  });

  it('leave no secret and no token in the log or in the file', async () => {
    const token = await service.tokenFor(id);
    await service.call(`${COUNT}?access_token=${token}&limit=7`);
    await service.call(`/v3/Nothing?access_token=${token}`);
    await service.call(`/v3/%zz?access_token=${token}`);
    await ask(`${GRANT}&client_id=${id}&client_secret=${SECRET}x`);
    const said = service.logged.join('\n');
    assert.ok(said.includes('401') && said.includes('404'));
    for (const kept of [said, readFileSync(service.file, 'latin1'), readFileSync(`${service.file}-wal`, 'latin1')]) {
      assert.ok(!kept.includes(token) && !kept.includes(SECRET));
    }
  });
});
