/** Too much of everything: calls, failed requests for a token, hashes; and what is taken for a call that then fails. */
import assert from 'node:assert/strict';
import { createLogins } from '../../../server/src/api/access/logins.ts';
import { verifierOf } from '../../../server/src/api/access/verifier.ts';
import { RefusedRequest } from '../../../server/src/api/refused.ts';
import { basicOf, type Keyed, type KeyedOptions, type Reply, SECRET, startKeyed } from './keyed.ts';

type Call = Omit<RequestInit, 'headers'> & { readonly headers?: Readonly<Record<string, string>> };

const COUNT = '/v3/ResearchLinksGetCountBacklinks';
const CREDITS = '/v3/AdminStatusGetValueAvailableCredits';

describe('service: too much', () => {
  const running: Keyed[] = [];
  afterEach(async () => {
    for (const one of running.splice(0)) await one.close();
  });

  async function started(options: KeyedOptions = {}): Promise<Keyed> {
    const service = await startKeyed(options);
    running.push(service);
    return service;
  }

  async function caller(service: Keyed, name: string, credits: number | null = null): Promise<(path: string, init?: Call) => Promise<Reply>> {
    const token = await service.tokenFor(service.addKey(name, credits));
    return (path, init = {}) => service.call(path, { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } });
  }

  function login(service: Keyed, id: string, secret?: string, headers: Record<string, string> = {}): Promise<Reply> {
    const body = new URLSearchParams({ grant_type: 'client_credentials' });
    return service.call('/v3/token', { method: 'POST', body, headers: { ...headers, authorization: basicOf(id, secret) } });
  }

  const told = ({ status, body, headers }: Reply) => [status, body['error'], headers.get('retry-after')?.replace(/^([1-9]|[1-5]\d|60)$/, 's')];

  it('calls of one key: 429 with Retry-After, free of charge, and other keys are not touched', async () => {
    const service = await started({ rates: { perKey: 3 } });
    const [one, other] = [await caller(service, 'one', 100), await caller(service, 'other', 100)];
    const replies = [];
    for (let call = 0; call < 5; call++) replies.push(await one(`${COUNT}?url=a.example`));
    assert.deepEqual(
      replies.map(({ status }) => status),
      [200, 200, 200, 429, 429],
    );
    assert.deepEqual(told(replies[4] as Reply), [429, 4291001, 's']);
    assert.match(String(replies[4]?.body['error_message']), /^More than 3 calls a minute of this key\. Wait \d+ s\.$/);
    assert.equal((await other(`${COUNT}?url=a.example`)).body['balance'], 99);
    assert.deepEqual(
      service.keys.list().map(({ spent }) => spent),
      [3, 1],
    );
  });

  it('calls of one key by several tokens count together', async () => {
    const service = await started({ rates: { perKey: 3 } });
    const id = service.addKey('team', 100);
    const statuses = [];
    for (let call = 0; call < 5; call++) {
      const token = await service.tokenFor(id);
      statuses.push((await service.call(`${CREDITS}?access_token=${token}`)).status);
    }
    assert.deepEqual(statuses, [200, 200, 200, 429, 429]);
    assert.equal(service.keys.list()[0]?.spent, 3);
  });

  it('calls of one address, with or without a token; operators may go on asking', async () => {
    const service = await started({ limits: { perAddress: 4 } });
    const replies = [];
    for (let call = 0; call < 6; call++) replies.push(await service.call(`${COUNT}?url=a.example`));
    assert.deepEqual(
      replies.map(({ status }) => status),
      [401, 401, 401, 401, 429, 429],
    );
    assert.match(String(replies[5]?.body['error_message']), /^More than 4 calls a minute of this address/);
    assert.equal((await service.call('/healthz')).status, 200);
  });

  it('failed requests for a token: 429 for that address, right secrets as well; other keys go on with their tokens', async () => {
    const service = await started({ rates: { failedLogins: 3 } });
    const call = await caller(service, 'team');
    const id = service.addKey('other');
    const replies = [];
    for (let attempt = 0; attempt < 4; attempt++) replies.push(await login(service, id, 'guess'));
    assert.deepEqual(
      replies.map(({ status }) => status),
      [401, 401, 401, 429],
    );
    assert.deepEqual(told(replies[3] as Reply), [429, 4291002, 's']);
    assert.equal((await login(service, id)).status, 429);
    assert.equal((await call(`${COUNT}?url=a.example`)).status, 200);
  });

  it('40 guesses at once are no way around that', async () => {
    const service = await started({ rates: { failedLogins: 3 } });
    const id = service.addKey('team');
    const statuses = (await Promise.all(Array.from({ length: 40 }, () => login(service, id, 'guess')))).map(({ status }) => status);
    assert.deepEqual([statuses.filter((status) => status === 401).length, statuses.filter((status) => status === 429).length], [3, 37]);
  });

  it('X-Forwarded-For: ignored unless the proxy is trusted', async () => {
    const from = (address: string) => ({ 'x-forwarded-for': address });
    for (const [proxies, expected] of [
      [[], 429],
      [['10.0.0.0/8'], 429],
      [['127.0.0.1'], 401],
    ] as const) {
      const service = await started({ rates: { failedLogins: 1 }, proxies });
      const id = service.addKey('team');
      assert.equal((await login(service, id, 'guess', from('192.0.2.1'))).status, 401);
      assert.equal((await login(service, id, 'guess', from('192.0.2.2'))).status, expected);
      assert.equal((await login(service, id, 'guess', from('192.0.2.2'))).status, 429);
    }
  }).timeout(10_000);

  it('a failed call costs nothing: refused, broken, or given up by the caller', async () => {
    let fail = false;
    const service = await started({
      summaries:
        (own) =>
        (...asked) =>
          fail ? Promise.reject(new Error('broken')) : own(...asked),
    });
    const call = await caller(service, 'team', 10);
    const batch = (targets: unknown) =>
      call('/v3/links/summaries', { method: 'POST', body: JSON.stringify({ targets }), headers: { 'content-type': 'application/json' } });
    for (const path of [COUNT, `${COUNT}?url=not%20one`, '/v3/Nothing', `${COUNT}?url=a.example&limit=3`]) await call(path);
    assert.equal((await batch('none')).status, 400);
    assert.equal((await batch(Array.from({ length: 11 }, (_, n) => `a${n}.example`))).body['error'], 4031002);
    fail = true;
    assert.equal((await batch(['a.example', 'b.example'])).status, 500);
    fail = false;
    assert.equal(service.keys.list()[0]?.spent, 1, 'an unknown parameter is no error');
    assert.equal((await batch(['a.example', 'b.example', 'no target'])).body['balance'], 7);
  });

  it('a hundred calls at once, half of them wrong: only the others are paid for', async () => {
    const service = await started();
    const call = await caller(service, 'team', 101);
    const replies = await Promise.all(Array.from({ length: 100 }, (_, index) => call(index % 2 === 0 ? `${COUNT}?url=a.example` : COUNT)));
    const balances = replies.flatMap(({ status, body }) => (status === 200 ? [body['balance'] as number] : []));
    assert.equal(balances.length, 50);
    assert.ok(balances.every((balance) => balance >= 0 && balance < 101));
    assert.deepEqual((await call(CREDITS)).body, { response: [51], balance: 50 });
  });

  it('a hundred calls at once: every answer has a balance of its own', async () => {
    const service = await started();
    const call = await caller(service, 'team', 80);
    const replies = await Promise.all(Array.from({ length: 100 }, () => call(`${COUNT}?url=a.example`)));
    const balances = replies.flatMap(({ status, body }) => (status === 200 ? [body['balance'] as number] : []));
    assert.deepEqual(
      balances.sort((a, b) => a - b),
      Array.from({ length: 80 }, (_, balance) => balance),
    );
    assert.equal(replies.filter(({ body }) => body['error'] === 4031002).length, 20);
  });

  it('as recorded: what the credit call says is one more than its balance', async () => {
    const service = await started();
    const call = await caller(service, 'team', 52_174);
    assert.deepEqual((await call(`${CREDITS}.json`)).body, { response: [52_174], balance: 52_173 });
  });

  describe('hashes', () => {
    it('at once: some run, some wait, the others are told to come again', async () => {
      const logins = createLogins({ running: 1, waiting: 2 });
      const results = await Promise.allSettled(Array.from({ length: 6 }, (_, n) => logins.verify(`guess${n}`, null)));
      const busy = results.filter(
        (result) => result.status === 'rejected' && result.reason instanceof RefusedRequest && result.reason.status === 503,
      );
      assert.equal(busy.length, 3);
      assert.equal(await logins.verify('later', null), false);
    });

    it('once for a secret that is asked for again and again', async () => {
      const verifier = await verifierOf(SECRET);
      let now = 0;
      const logins = createLogins({ running: 1, waiting: 0 }, () => now);
      assert.ok(await logins.verify(SECRET, verifier));
      // No room to hash: only what is remembered is answered.
      const results = await Promise.allSettled(Array.from({ length: 20 }, () => logins.verify(SECRET, verifier)));
      assert.ok(results.every((result) => result.status === 'fulfilled' && result.value));
      now = 11 * 60_000;
      const late = await Promise.allSettled([logins.verify(SECRET, verifier), logins.verify(SECRET, verifier)]);
      assert.deepEqual(
        late.map(({ status }) => status),
        ['fulfilled', 'rejected'],
      );
    });
  });
});
