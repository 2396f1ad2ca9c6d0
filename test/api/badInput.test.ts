/** Whatever is asked wrongly is refused in the contract's error shape with the right status, and the log tells why without what was asked. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { openAccess } from '../../server/src/api/access.ts';
import { createApp } from '../../server/src/api/app.ts';
import { SERVICES } from '../../server/src/api/services.ts';
import { openIndex } from '../../server/src/linkIndex/sqlite/openIndex.ts';
import type { BacklinkStore } from '../../server/src/linkIndex/store.ts';
import type { Log } from '../../server/src/util/log.ts';
import { page } from '../store/captures.ts';
import { type DescribedService, described, type Sent } from '../support/describedService.ts';
import { temporaryFolder } from '../support/folders.ts';
import { builtFrom } from '../unit/linkIndex/builtFrom.ts';

/** Stands in everything that is asked, and must never stand in the log. */
const SECRET = 'secret-project';
const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';

const takesUrl = [...SERVICES.values()].filter(({ parameters }) => parameters.some(({ name }) => name === 'url'));
const byGet = takesUrl.filter(({ method }) => method === 'GET');
const pagewise = byGet.filter(({ parameters }) => parameters.some(({ name }) => name === 'limit'));

describe('service: bad input', () => {
  const { folder, remove } = temporaryFolder('bad-input');
  const logged: string[] = [];
  const keep = (message: string): void => void logged.push(message);
  const log: Log = { debug() {}, info: keep, warn: keep, error: keep };
  let store: BacklinkStore;
  let service: DescribedService;
  let close = async (): Promise<void> => {};

  before(async () => {
    store = openIndex(await builtFrom(folder, [page('https://a.org/', ['https://target.com/'])]));
    const app = createApp({ store, log, access: openAccess() });
    service = await described(app);
    close = () => app.close();
  });
  after(async () => {
    console.log(`      ${service.checked} answers held to the description`);
    await close();
    await store.close();
    remove();
  });

  async function refuses(path: string, sent: Sent, [status, error, message]: readonly [number, number, RegExp?]): Promise<void> {
    logged.length = 0;
    const reply = await service.ask(path, sent);
    const { error: code, error_message: words } = reply.body;
    assert.deepEqual([reply.status, code], [status, error], `${path.slice(0, 200)}: ${JSON.stringify(reply.body).slice(0, 300)}`);
    if (message !== undefined) assert.match(String(words), message);
    assert.ok(String(words).length < 600, 'the answer does not send back what was too long');
    assert.ok(Buffer.byteLength(logged.join('\n')) < 1000, 'the log does not fill with what was sent');
    assert.ok(logged.length > 0 && logged.every((line) => line.includes(String(error))), logged.join('\n'));
    assert.ok(!logged.join('\n').includes(SECRET), logged.join('\n'));
  }

  const URLS: readonly (readonly [what: string, query: string, error: number, message: RegExp])[] = [
    ['missing', '', 4001003, /^For service "\S+" parameter "url" is required!$/],
    ['empty', 'url=', 4001003, /parameter "url" is required/],
    ['blank', 'url=%20%09', 4001003, /parameter "url" is required/],
    ['without a value', 'url', 4001003, /parameter "url" is required/],
    ['no URL', `url=${SECRET}%20is%20no%20url`, 4001005, /"url" is not a domain, host or http\(s\) URL/],
    ['another scheme', `url=mailto:${SECRET}@a.example`, 4001005, /"url"/],
    ['a script', `url=javascript:alert(${SECRET})`, 4001005, /"url"/],
    ['a file', `url=file:///etc/${SECRET}`, 4001005, /"url"/],
    ['a scheme alone', 'url=https://', 4001005, /"url"/],
    ['a path alone', `url=/${SECRET}`, 4001005, /"url"/],
    ['no host', `url=https:///%3f${SECRET}`, 4001005, /"url"/],
    ['a port that is none', `url=${SECRET}.example:99999`, 4001005, /"url"/],
    ['a host that is none', `url=${SECRET}..%5B.example`, 4001005, /"url"/],
    ['10 KB', `url=https://${SECRET}.example/${'a'.repeat(10_000)}`, 4001005, /is 100\d\d characters long; the longest permitted is 4096/],
    ['two', `url=${SECRET}.example&url=b.example`, 4001005, /"url" was given more than once/],
    ['NUL in the host', `url=${SECRET}%00.example`, 4001005, /"url"/],
    ['percent-garbage', `url=%zz%${SECRET}`, 4001005, /"url"/],
    ['bytes that are no UTF-8', `url=%ff%fe${SECRET}`, 4001005, /"url"/],
    ['half of a surrogate pair', `url=%ED%A0%80${SECRET}.example`, 4001005, /"url"/],
  ];
  for (const [what, query, error, message] of URLS) {
    it(`url, ${what}: 400 ${error} by each of the ${byGet.length} calls that take one`, async () => {
      for (const { name } of byGet) await refuses(`/v3/${name}.json?${query}`, {}, [400, error, message]);
    });
  }

  const PAGES: readonly (readonly [query: string, message: RegExp])[] = [
    ['limit=7', /"limit" is "7"; permitted are 10, 25, 50, 100, 250/],
    ['limit=abc', /"limit" is "abc"/],
    ['limit=010', /"limit"/],
    ['limit=-10', /"limit"/],
    ['limit=10.0', /"limit"/],
    ['limit=1e1', /"limit"/],
    ['limit=%20', /"limit"/],
    ['limit=10&limit=25', /"limit" was given more than once/],
    ['limit=10&limit=10', /"limit" was given more than once/],
    ['limit[]=10&limit=%00', /"limit"/],
    ['limit=10&offset=15', /"offset" is "15"; permitted are multiples of 10, 25, 50, 100, 250/],
    ['offset=-10', /"offset"/],
    ['offset=10.5', /"offset"/],
    ['offset=0x10', /"offset"/],
    ['offset=99999999999999999999', /"offset"/],
    [`offset=${'9'.repeat(5000)}`, /"offset"/],
    ['offset=0&offset=10', /"offset" was given more than once/],
  ];
  for (const [query, message] of PAGES) {
    it(`${query.slice(0, 40)}: 400 4001005 by each of the ${pagewise.length} calls that have pages`, async () => {
      for (const { name } of pagewise) await refuses(`/v3/${name}?url=${SECRET}.example&${query}`, {}, [400, 4001005, message]);
    });
  }

  const ROWS = `/v3/links/rows?url=${SECRET}.example&`;
  for (const [query, message] of [
    ['internal=maybe', /exclude, include, only/],
    ['status=old', /live, new, lost, all/],
    ['followed=perhaps', /true, false, 1, 0/],
    ['followed=1&followed=0', /more than once/],
    ['tag=img', /"tag" is "img"; permitted are a, aimg/],
    ['country=DEU', /write it like DE/],
    ['country=%00D', /write it like DE/],
    ['since=yesterday', /write it like 2026-10-01/],
    ['since=2026-02-30', /there is no such day/],
    ['since=2026-13-01', /there is no such day/],
    ['onePerDomain=yes', /true, false, 1, 0/],
    ['sort=random', /strength, date/],
    [`anchor=${'a'.repeat(1001)}`, /is 1001 characters long/],
  ] as const) {
    it(`links/rows, ${query.slice(0, 40)}: 400 4001005`, () => refuses(`${ROWS}${query}`, {}, [400, 4001005, message]));
  }

  for (const [kind, asked] of [
    ['page', `https://${SECRET}.example/a`],
    ['folder', `${SECRET}.example/docs/*`],
  ] as const) {
    it(`the ratio of deep links of a ${kind}: 400 4001005`, () =>
      refuses(`/v3/ResearchLinksGetCountDeeplinkRatio?url=${encodeURIComponent(asked)}`, {}, [400, 4001005, /takes a domain or a host/]));
  }

  const LINKED = '/v3/ResearchLinksPostListIsLinked.json';
  const post = (type: string | null, body: string): Sent => ({ method: 'POST', headers: type === null ? {} : { 'content-type': type }, body });
  const hundred = Array.from({ length: 101 }, (_, at) => `d${at}.example`).join(',');
  for (const [what, sent, refusal] of [
    ['nothing at all', post(null, ''), [400, 4001003, /"domains" is required/]],
    ['an empty form', post(FORM, ''), [400, 4001003, /"domains" is required/]],
    ['an empty body that calls itself JSON', post(JSON_TYPE, ''), [400, 4001007]],
    ['broken JSON', post(JSON_TYPE, `{"url":"${SECRET}.example",`), [400, 4001007]],
    ['JSON with a poisoned prototype', post(JSON_TYPE, `{"__proto__":{"url":"${SECRET}.example"}}`), [400, 4001007]],
    ['JSON that is a list', post(JSON_TYPE, `["${SECRET}.example"]`), [400, 4001007, /a form or a JSON object/]],
    ['JSON that is a text', post(JSON_TYPE, `"${SECRET}.example"`), [400, 4001007, /a form or a JSON object/]],
    ['JSON that is a number', post(JSON_TYPE, '7'), [400, 4001007, /a form or a JSON object/]],
    ['JSON null', post(JSON_TYPE, 'null'), [400, 4001003, /"domains" is required/]],
    ['a list where text is expected', post(JSON_TYPE, `{"domains":["${SECRET}.example"],"url":"a.example"}`), [400, 4001005, /more than once/]],
    ['an object where text is expected', post(JSON_TYPE, `{"domains":"a.example","url":{"a":"${SECRET}"}}`), [400, 4001005, /"url" is no text/]],
    ['null where text is expected', post(JSON_TYPE, '{"domains":null,"url":"a.example"}'), [400, 4001005, /"domains" is no text/]],
    ['a form sent as text', post('text/plain', `domains=a.example&url=${SECRET}.example`), [415, 4001007]],
    ['a form with files', post('multipart/form-data; boundary=x', `--x--${SECRET}`), [415, 4001007]],
    ['a type that is none', post('///', SECRET), [415, 4001007]],
    ['no type', post(null, `domains=a.example&url=${SECRET}.example`), [415, 4001007]],
    ['more than 64 KB', post(FORM, `domains=${SECRET}${'a'.repeat(70_000)}`), [413, 4001008]],
    ['no url', post(FORM, `domains=${SECRET}.example`), [400, 4001003, /"url" is required/]],
    ['no domains', post(FORM, `domains=,%20,&url=${SECRET}.example`), [400, 4001003, /"domains" is required/]],
    ['101 domains', post(FORM, `domains=${hundred}&url=${SECRET}.example`), [400, 4001005, /names 101 domains; permitted are 100/]],
    ['a host among the domains', post(FORM, `domains=a.example,blog.${SECRET}.example&url=a.example`), [400, 4001005, /is a host/]],
    ['a URL among the domains', post(FORM, `domains=https://${SECRET}.example/x&url=a.example`), [400, 4001005, /is a page/]],
    ['a domain that is none', post(FORM, `domains=%zz${SECRET}&url=a.example`), [400, 4001005, /is none/]],
    ['domains twice', post(FORM, `domains=a.example&domains=${SECRET}.example&url=a.example`), [400, 4001005, /more than once/]],
    ['half of a surrogate pair', post(JSON_TYPE, `{"domains":"\\ud800${SECRET}.example","url":"a.example"}`), [400, 4001005, /is none/]],
    ['NUL', post(JSON_TYPE, `{"domains":"a.example","url":"${SECRET}\\u0000.example"}`), [400, 4001005, /"url"/]],
  ] as const) {
    it(`PostListIsLinked, ${what}: ${refusal[0]} ${refusal[1]}`, () => refuses(LINKED, sent, refusal));
  }

  it('PostListIsLinked, in the query and in the body: 400 4001005', () =>
    refuses(`${LINKED}?url=${SECRET}.example`, post(FORM, 'domains=a.example&url=b.example'), [400, 4001005, /"url" was given more than once/]));

  const SUMMARIES = '/v3/links/summaries';
  const many = JSON.stringify({ targets: Array.from({ length: 1001 }, (_, at) => `${SECRET}${at}.example`) });
  for (const [what, sent, refusal] of [
    ['nothing at all', post(null, ''), [400, 4001003, /"targets", a list of texts, is required/]],
    ['no list', post(JSON_TYPE, '{}'), [400, 4001003]],
    ['one text', post(JSON_TYPE, `{"targets":"${SECRET}.example"}`), [400, 4001003]],
    ['numbers', post(JSON_TYPE, '{"targets":[1]}'), [400, 4001003]],
    ['a list of lists', post(JSON_TYPE, `{"targets":[["${SECRET}.example"]]}`), [400, 4001003]],
    ['1,001 targets', post(JSON_TYPE, many), [400, 4001005, /has 1001 entries; permitted are 1000/]],
    ['broken JSON', post(JSON_TYPE, `{"targets":["${SECRET}`), [400, 4001007]],
    ['more than 5 MB', post(JSON_TYPE, `{"targets":["${'a'.repeat(5_300_000)}"]}`), [413, 4001008]],
  ] as const) {
    it(`links/summaries, ${what}: ${refusal[0]} ${refusal[1]}`, () => refuses(SUMMARIES, sent, refusal));
  }

  it('links/summaries: an error of its own for each text that is no target', async () => {
    const targets = [
      'target.com',
      '',
      'not a url',
      `${SECRET}\u0000.example`,
      'a\ud800b',
      `https://a.example/${'a'.repeat(5000)}`,
      'mailto:a@b.example',
    ];
    const { status, body } = await service.postJson(SUMMARIES, { targets });
    const entries = body['response'] as Record<string, unknown>[];
    assert.deepEqual([status, entries.map((entry) => entry['target'])], [200, targets]);
    assert.deepEqual(
      entries.map((entry) => entry['error']),
      [undefined, ...targets.slice(1).map(() => 4001005)],
    );
  });

  const UNKNOWN: readonly (readonly [path: string, message: RegExp])[] = [
    ['/v3/ResearchLinksGetListLinktex.json', /^Unknown Service "ResearchLinksGetListLinktex"$/],
    ['/v3/researchlinksgetlistbacklinks', /Unknown Service/],
    ['/v3/constructor', /^Unknown Service "constructor"$/],
    ['/v3/', /Unknown Service/],
    ['/v3', /Unknown Service/],
    ['/v3/links', /Unknown Service "links"/],
    ['/v3/links/nothing', /Unknown Service "links\/nothing"/],
    ['/v3/ResearchLinksGetListBacklinks/more', /Unknown Service/],
    [`/v9/${SECRET}`, /Unknown Service/],
    [`/https://${SECRET}.example/`, /Unknown Service/],
    [`/v3/${SECRET}${'a'.repeat(8000)}`, /Unknown Service/],
  ];
  for (const [path, message] of UNKNOWN) {
    it(`${path.slice(0, 60)}: 404 4001004, whatever the method and the body`, async () => {
      await refuses(path, {}, [404, 4001004, message]);
      await refuses(`${path}?url=${SECRET}.example`, post('text/plain', 'x'), [404, 4001004, message]);
      await refuses(path, post(JSON_TYPE, '{'), [404, 4001004, message]);
    });
  }

  it('another method: 405 4001006 with the one that is allowed, before the body is read', async () => {
    for (const { name, method } of SERVICES.values()) {
      const allowed = method === 'GET' ? ['GET', 'HEAD'] : [method];
      for (const other of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'QUERY']) {
        if (allowed.includes(other)) continue;
        const { status, headers, body } = await service.ask(`/v3/${name}.json?url=${SECRET}.example`, {
          method: other,
          headers: { 'content-type': 'text/plain' },
          ...(other === 'GET' || other === 'HEAD' ? {} : { body: 'x'.repeat(100_000) }),
        });
        assert.deepEqual([status, headers['allow']], [405, allowed.join(', ')], `${other} ${name}`);
        if (other !== 'HEAD') assert.equal(body['error'], 4001006);
      }
    }
  });

  for (const [what, path, refusal] of [
    ['20 KB of path', `/v3/${'a'.repeat(20_000)}`, [431, 4001008]],
    ['a broken escape in the path', `/v3/%zz${SECRET}`, [400, 4001007]],
    ['bytes that are no UTF-8 in the path', `/v3/%ff%fe${SECRET}`, [400, 4001007]],
  ] as const) {
    it(`${what}: ${refusal[0]} ${refusal[1]}`, async () => {
      logged.length = 0;
      const { status, body } = await service.ask(path);
      assert.deepEqual([status, body['error']], refusal);
      assert.ok(!logged.join('\n').includes(SECRET), logged.join('\n'));
    });
  }

  it('answers whatever is asked, made up or half right, as the description says, and never with a failure of its own', async function () {
    this.timeout(30_000);
    const names = fc.constantFrom(
      'url',
      'limit',
      'offset',
      'internal',
      'status',
      'tag',
      'since',
      'followed',
      'anchor',
      'sort',
      'domains',
      'targets',
      '__proto__',
    );
    const half = fc.constantFrom(
      'target.com',
      'https://target.com/',
      'target.com/*',
      '10',
      '25',
      'true',
      'only',
      'lost',
      'a',
      '2026-10-01',
      'date',
      '',
    );
    const text = fc.oneof(half, fc.string({ unit: 'binary', maxLength: 12 }), fc.webUrl());
    const calls = fc.constantFrom(...SERVICES.values());
    const statuses = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(calls, fc.array(fc.tuple(names, text), { maxLength: 4 }), fc.anything(), async ({ name, method }, pairs, made) => {
        const query = `?${pairs.map(([key, value]) => `${key}=${encodeURIComponent(value.toWellFormed())}`).join('&')}`;
        const body = JSON.stringify({ ...Object.fromEntries(pairs), made }, (_, value: unknown) =>
          typeof value === 'bigint' ? String(value) : value,
        );
        const headers = { 'content-type': JSON_TYPE };
        const { status } = await service.ask(`/v3/${name}${query}`, method === 'GET' ? {} : { method, headers, body });
        assert.ok(status === 200 || status === 400, `${status} ${name} ${query}`);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }),
      { numRuns: 500 },
    );
    assert.equal(statuses.size, 2);
  });

  it('names in the log the call, the status, the code and the parameter', async () => {
    await refuses(`/v3/ResearchLinksGetListLinktext.json?url=${SECRET}.example&limit=7`, {}, [400, 4001005]);
    const [line = ''] = logged;
    for (const part of ['ResearchLinksGetListLinktext', '400', '4001005', 'limit']) assert.ok(line.includes(part), line);
  });
});
