/** What programs written for the old service send, to the letter as their sources have it: they go on working. */
import assert from 'node:assert/strict';
import { DescribedService, type Reply } from '../support/describedService.ts';
import { basicOf, formOf, type Keyed, startKeyed } from './access/keyed.ts';

const FORM = 'application/x-www-form-urlencoded';

describe('service: old clients', () => {
  let keyed: Keyed;
  let service: DescribedService;
  let id = '';

  before(async () => {
    keyed = await startKeyed();
    service = new DescribedService(keyed.port);
    await service.describe();
    id = keyed.addKey('old', 1000);
  });
  after(() => keyed.close());

  async function tokenBy(headers: Readonly<Record<string, string>>, form: Readonly<Record<string, string>>): Promise<string> {
    const body = new URLSearchParams(form).toString();
    const reply = await service.ask('/v3/token', { method: 'POST', headers: { ...headers, 'content-type': FORM }, body });
    assert.deepEqual(Object.keys(reply.body), ['access_token', 'expires_in', 'token_type', 'scope']);
    return String(reply.body['access_token']);
  }

  /** The recorded list: entries with these fields, all of them there are in `count`. */
  function assertTexts({ status, body }: Reply): void {
    assert.equal(status, 200, JSON.stringify(body));
    const [first, ...rest] = body['response'] as Record<string, unknown>[];
    assert.deepEqual(Object.keys(first ?? {}), ['anchortext', 'frequency', 'percentage', 'refdoms']);
    assert.ok((body['count'] as number) >= 1 + rest.length && (first?.['frequency'] as number) > 0);
  }

  it('Ruby: Basic credentials, a bearer header, parameters as they are in the query', async () => {
    const token = await tokenBy({ authorization: basicOf(id) }, { grant_type: 'client_credentials' });
    const headers = { authorization: `Bearer ${token}` };
    assertTexts(await service.ask('/v3/ResearchLinksGetListLinktext.json?url=tidetables.example', { headers }));
    const page = await service.ask('/v3/ResearchLinksGetListBacklinks.json?url=https://tidetables.example/&limit=25&offset=0', { headers });
    assert.ok((page.body['count'] as number) > 0);
    const missing = await service.ask('/v3/ResearchLinksGetListLinktext.json', { headers });
    assert.deepEqual(missing.body, {
      error: 4001003,
      error_message: 'For service "ResearchLinksGetListLinktext" parameter "url" is required!',
    });
    const unknown = await service.ask('/v3/ResearchLinksGetListLinktex.json?url=tidetables.example', { headers });
    assert.deepEqual(unknown.body, { error: 4001004, error_message: 'Unknown Service "ResearchLinksGetListLinktex"' });
  });

  it('Ruby: a POST whose parameters stand in the query, with an empty form or with nothing behind it', async () => {
    const token = await tokenBy({}, formOf(id));
    const path = '/v3/ResearchLinksPostListIsLinked.json?domains=harbour.example,nobody.example&url=tidetables.example';
    for (const more of [{}, { 'content-type': FORM }, { 'content-type': FORM, 'content-length': '0' }]) {
      const { status, body } = await service.ask(path, { method: 'POST', headers: { authorization: `Bearer ${token}`, ...more } });
      assert.equal(status, 200, JSON.stringify(body));
      assert.deepEqual(
        (body['response'] as Record<string, unknown>[]).map(({ domain, linked }) => [domain, linked]),
        [
          ['harbour.example', 1],
          ['nobody.example', 0],
        ],
      );
    }
  });

  it('Google Sheets: credentials in the form, the token behind the parameters', async () => {
    const token = await tokenBy({ accept: 'application/json' }, formOf(id));
    assertTexts(await service.ask(`/v3/ResearchLinksGetListLinktext.json?url=tidetables.example&access_token=${token}`));
    const wrong = await service.ask('/v3/token', {
      method: 'POST',
      headers: { 'content-type': FORM },
      body: new URLSearchParams(formOf(id, 'x')).toString(),
    });
    assert.equal(typeof wrong.body['error_message'], 'string', 'this is what it looks for');
  });

  it('Node: a slash between the call and its parameters', async () => {
    const token = await tokenBy({ authorization: basicOf(id) }, { grant_type: 'client_credentials' });
    assertTexts(await service.ask(`/v3/ResearchLinksGetListLinktext.json/?url=tidetables.example&access_token=${token}`));
  });

  it('PHP: every parameter there is, empty where it was not given, and a posted form', async () => {
    const token = await tokenBy({ authorization: basicOf(id) }, { grant_type: 'client_credentials' });
    const headers = { authorization: `Bearer ${token}` };
    const { status, body } = await service.ask('/v3/ResearchLinksGetListBacklinks.json?url=tidetables.example&limit=&offset=', { headers });
    assert.deepEqual([status, (body['response'] as unknown[]).length], [200, 10]);
    const posted = await service.ask('/v3/ResearchLinksPostListIsLinked.json', {
      method: 'POST',
      headers: { ...headers, 'content-type': FORM },
      body: 'domains=harbour.example&url=tidetables.example',
    });
    assert.equal(posted.status, 200);
  });

  it('the credits that are left, which costs one', async () => {
    const token = await tokenBy({ authorization: basicOf(id) }, { grant_type: 'client_credentials' });
    const { body } = await service.ask(`/v3/AdminStatusGetValueAvailableCredits.json?access_token=${token}`);
    const [before] = body['response'] as number[];
    assert.equal(body['balance'], (before ?? 0) - 1);
  });
});
