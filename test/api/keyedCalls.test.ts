/** The calls of a service with keys: tokens, credits and refusals are answered as its description says, on every call. */
import assert from 'node:assert/strict';
import { SERVICES } from '../../server/src/api/services.ts';
import { DescribedService } from '../support/describedService.ts';
import { type Keyed, SECRET, startKeyed } from './access/keyed.ts';

describe('service: every call with keys', () => {
  let keyed: Keyed;
  let service: DescribedService;

  before(async () => {
    keyed = await startKeyed();
    service = new DescribedService(keyed.port);
    await service.describe();
  });
  after(async () => {
    console.log(`      ${service.checked} answers held to the description`);
    await keyed.close();
  });

  const credentials = (id: string, secret: string): Record<string, string> => ({
    grant_type: 'client_credentials',
    client_id: id,
    client_secret: secret,
  });

  async function tokenOf(id: string): Promise<string> {
    const { status, body } = await service.postForm('/v3/token', credentials(id, SECRET));
    assert.equal(status, 200);
    return String(body['access_token']);
  }

  it('gives a token for credentials, and none for wrong ones or another method', async () => {
    const id = keyed.addKey('token');
    assert.ok((await tokenOf(id)).length >= 40);
    assert.equal((await service.postForm('/v3/token', credentials(id, 'wrong'))).status, 401);
    assert.equal((await service.ask('/v3/token')).status, 405);
  });

  it('asks for a token before anything else, on every call', async () => {
    for (const { name, method } of SERVICES.values()) {
      const json = { 'content-type': 'application/json' };
      const { status, body } = await service.ask(`/v3/${name}.json`, method === 'GET' ? {} : { method, headers: json, body: '{' });
      assert.equal(status, 401, `${name}: ${JSON.stringify(body)}`);
    }
  });

  it('takes a token in the header or in the query, and tells what is left after each call', async () => {
    const token = await tokenOf(keyed.addKey('credits', 20));
    const path = '/v3/AdminStatusGetValueAvailableCredits.json';
    assert.deepEqual((await service.ask(`${path}?access_token=${token}`)).body, { response: [20], balance: 19 });
    const headers = { authorization: `Bearer ${token}` };
    assert.deepEqual((await service.ask(path, { headers })).body, { response: [19], balance: 18 });
    const refused = await service.ask('/v3/ResearchLinksGetCountBacklinks?limit=7', { headers });
    assert.equal(refused.status, 400);
    const linked = await service.ask('/v3/ResearchLinksPostListIsLinked', {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'domains=tidetables.example&url=harbour.example',
    });
    assert.deepEqual([linked.status, linked.body['balance']], [200, 17]);
    const targets = JSON.stringify({ targets: ['harbour.example', 'no target at all', 'tidetables.example'] });
    const batch = { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: targets };
    assert.equal((await service.ask('/v3/links/summaries', batch)).body['balance'], 15);
    assert.equal((await service.ask('/v3/links/index', { headers })).body['balance'], 15);
  });

  it('refuses with the recorded words when credits are spent', async () => {
    const token = await tokenOf(keyed.addKey('spent', 1));
    const path = `/v3/ResearchLinksGetCountBacklinks?url=harbour.example&access_token=${token}`;
    assert.deepEqual([(await service.ask(path)).status, (await service.ask(path)).status], [200, 403]);
    assert.match(String((await service.ask(path)).body['error_message']), /Insufficient credits to make this service request/);
  });
});
