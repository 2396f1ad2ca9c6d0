import assert from 'node:assert/strict';
import { createSearchmetricsSource } from '../../../server/src/sources/searchmetrics/source.ts';
import type { Source } from '../../../server/src/sources/source.ts';
import type { HttpReply, HttpRequest, Transport } from '../../../server/src/sources/transport.ts';
import { parseTarget } from '../../../server/src/urls/targets.ts';
import { BacklinkLensError } from '../../../server/src/util/errors.ts';
import { silentLog } from '../../../server/src/util/log.ts';
import type { Target } from '../../../shared/backlinks.ts';

const PAGE = { limit: 10, offset: 0, internal: 'exclude' } as const;
const never = () => new AbortController().signal;
const reply = (value: unknown, status = 200, headers: Record<string, string> = {}): HttpReply => ({ status, headers, text: JSON.stringify(value) });
const token = (name: string, seconds: number | null = 3600) => reply({ access_token: name, ...(seconds === null ? {} : { expires_in: seconds }) });
const NO_ROWS = reply({ count: 0, response: [] });

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | null;
  readonly body: string | null;
}

interface Setup {
  readonly source: Source;
  readonly asked: Asked[];
  /** Moves time on. */
  now: number;
}

type Answer = (asked: Asked, request: HttpRequest) => HttpReply | Promise<HttpReply>;

function setup(answer: Answer, options: { readonly endpoint?: string; readonly key?: boolean } = {}): Setup {
  const asked: Asked[] = [];
  const transport: Transport = {
    async request(url, request) {
      const { pathname, search } = new URL(url);
      const one = {
        method: request.method,
        path: pathname + search,
        authorization: request.headers?.['authorization'] ?? null,
        body: request.body ?? null,
      };
      asked.push(one);
      return await answer(one, request);
    },
    close: async () => {},
  };
  const { endpoint = 'https://api.links-service.com', key = true } = options;
  const at: Setup = {
    asked,
    now: 0,
    source: createSearchmetricsSource({
      endpoint,
      credentials: key ? { id: 'id', secret: 's:e c' } : null,
      transport,
      log: silentLog,
      clock: () => at.now,
    }),
  };
  return at;
}

function target(text: string): Target {
  const parsed = parseTarget(text);
  if (parsed === null) throw new TypeError(text);
  return parsed;
}

const isToken = ({ path }: Asked) => path === '/v3/token';
const reasonOf = (error: unknown) => (BacklinkLensError.is(error) ? error.reason : String(error));

describe('searchmetrics: key and token', () => {
  it('asks for a token once, however many calls begin at the same time', async () => {
    const { source, asked } = setup((one) => (isToken(one) ? token('t1') : NO_ROWS));
    await Promise.all(['a.com', 'b.com', 'c.com'].map((name) => source.rows(target(name), PAGE, never())));
    await source.rows(target('d.com'), PAGE, never());
    assert.deepEqual(
      asked.filter(isToken).map(({ method, authorization, body }) => [method, authorization, body]),
      [['POST', `Basic ${Buffer.from('id:s%3Ae%20c').toString('base64')}`, 'grant_type=client_credentials']],
    );
    assert.ok(asked.filter((one) => !isToken(one)).every((one) => one.authorization === 'Bearer t1'));
  });

  it('gets a new token before the old one ends, and never where it has no end', async () => {
    for (const [seconds, tokens] of [
      [3600, 2],
      [null, 1],
      [315_360_000, 1],
    ] as const) {
      const at = setup((one) => (isToken(one) ? token('t', seconds) : NO_ROWS));
      await at.source.rows(target('a.com'), PAGE, never());
      at.now = 3_541_000;
      await at.source.rows(target('a.com'), PAGE, never());
      assert.equal(at.asked.filter(isToken).length, tokens);
    }
  });

  it('gets a new token once when the old one is refused', async () => {
    let tokens = 0;
    const { source, asked } = setup((one) =>
      isToken(one) ? token(`t${++tokens}`) : one.authorization === 'Bearer t2' ? NO_ROWS : reply({ error: 1 }, 401),
    );
    await source.rows(target('a.com'), PAGE, never());
    await source.rows(target('a.com'), PAGE, never());
    assert.deepEqual(
      asked.map((one) => (isToken(one) ? 'token' : one.authorization)),
      ['token', 'Bearer t1', 'token', 'Bearer t2', 'Bearer t2'],
    );
  });

  it('gives up when the new token is refused too', async () => {
    const { source, asked } = setup((one) => (isToken(one) ? token('t') : reply({ error: 4011001, error_message: 'suspended' }, 401)));
    await assert.rejects(source.rows(target('a.com'), PAGE, never()), (error) => reasonOf(error) === 'auth' && /suspended/.test(String(error)));
    assert.equal(asked.length, 4);
  });

  it('forgets a token call that failed', async () => {
    let down = true;
    const { source } = setup((one) => (isToken(one) ? (down ? reply({}, 503) : token('t')) : NO_ROWS));
    await assert.rejects(source.rows(target('a.com'), PAGE, never()), (error) => reasonOf(error) === 'unavailable');
    down = false;
    assert.equal((await source.rows(target('a.com'), PAGE, never())).total, 0);
  });

  it('says what is wrong with a token reply', async () => {
    for (const [answer, reason] of [
      [reply({ error: 'invalid_client', error_message: 'unknown key' }, 401), 'auth'],
      [reply({ error: 'invalid_client' }, 400), 'auth'],
      [reply({ error: 'no' }, 403), 'auth'],
      [reply({}, 429, { 'retry-after': '3' }), 'throttled'],
      [{ status: 200, headers: {}, text: '<html>' }, 'bad-reply'],
      [reply({ token: 'x' }), 'bad-reply'],
      [reply({ access_token: 'a\nb' }), 'bad-reply'],
    ] as const) {
      const { source } = setup(() => answer);
      await assert.rejects(source.rows(target('a.com'), PAGE, never()), (error) => reasonOf(error) === reason, reason);
    }
  });

  it('sends nothing to a remote endpoint without a key', async () => {
    const { source, asked } = setup(() => NO_ROWS, { key: false });
    await assert.rejects(source.summaries([target('a.com')], never()), (error) => reasonOf(error) === 'auth' && /Set it with/.test(String(error)));
    assert.deepEqual(asked, []);
  });

  it('asks an open endpoint on this machine without a key, and says if it wants one', async () => {
    const local = { endpoint: 'http://127.0.0.1:8080', key: false };
    const { source, asked } = setup(() => NO_ROWS, local);
    await source.rows(target('a.com'), PAGE, never());
    assert.deepEqual(
      asked.map((one) => one.authorization),
      [null],
    );
    const closed = setup(() => reply({ error: 4011001, error_message: 'no token' }, 401), local);
    await assert.rejects(
      closed.source.rows(target('a.com'), PAGE, never()),
      (error) => reasonOf(error) === 'auth' && /needs a key/.test(String(error)),
    );
  });
});

describe('searchmetrics: what is sent', () => {
  const rowsOf = async (text: string, endpoint?: string) => {
    const { source, asked } = setup((one) => (isToken(one) ? token('t') : NO_ROWS), endpoint === undefined ? {} : { endpoint });
    const error = await source.rows(target(text), PAGE, never()).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    const call = asked.find((one) => !isToken(one));
    return { error, url: call === undefined ? null : new URL(call.path, 'http://x').searchParams.get('url'), asked };
  };

  for (const [text, sent] of [
    ['site.com', 'site.com'],
    ['blog.site.com', 'blog.site.com'],
    ['https://www.site.com', 'site.com'],
    ['https://site.com/', 'site.com/'],
    ['https://site.com/a?b=c&d=é#part', 'site.com/a?b=c&d=%C3%A9'],
    ['https://user:word@site.com/a', 'site.com/a'],
    ['https://site.com:8443/a', 'site.com:8443/a'],
    ['https://www.site.com/a?utm_source=x&b=c&gclid=1', 'www.site.com/a?b=c'],
    ['https://site.com?', 'site.com/'],
    ['https://site.com/a&limit=250', 'site.com/a&limit=250'],
  ] as const) {
    it(`${text} goes out as ${sent}`, async () => assert.equal((await rowsOf(text)).url, sent));
  }

  for (const text of [
    'http://10.0.0.1/',
    'intranet',
    'https://wiki.corp/',
    'site.test',
    'https://site.com/?access_token=abcdef0123456789',
    'site.com/docs/*',
    'https://site.com/app#!/deep',
  ]) {
    it(`${text} never goes to a remote endpoint`, async () => {
      const { error, asked } = await rowsOf(text);
      assert.equal(reasonOf(error), 'refused-target');
      assert.deepEqual(
        asked.filter((one) => !isToken(one)),
        [],
      );
    });
  }

  it('private hosts go to an endpoint on this machine', async () =>
    assert.equal((await rowsOf('http://10.0.0.1/', 'http://localhost:8080')).url, '10.0.0.1/'));

  it('leaves a private target out of a batch and answers the others', async () => {
    const { source, asked } = setup((one) => (isToken(one) ? token('t') : reply({ response: [{ target: 'a.com', backlinks: 4 }] })));
    const results = await source.summaries([target('10.0.0.1'), target('a.com')], never());
    assert.deepEqual(
      results.map((result) => ('summary' in result ? result.summary.backlinks : result.error.reason)),
      ['refused-target', 4],
    );
    assert.deepEqual(
      asked.filter((one) => !isToken(one)).map((one) => one.body),
      ['{"targets":["a.com"]}'],
    );
  });

  it('names internal links only when they are asked for', async () => {
    const { source, asked } = setup((one) => (isToken(one) ? token('t') : NO_ROWS));
    await source.rows(target('a.com'), { ...PAGE, internal: 'include' }, never());
    await source.rows(target('a.com'), { limit: 25, offset: 50, internal: 'exclude' }, never());
    assert.deepEqual(
      asked.filter((one) => !isToken(one)).map((one) => one.path),
      [
        '/v3/ResearchLinksGetListBacklinks.json?url=a.com&limit=10&offset=0&internal=include',
        '/v3/ResearchLinksGetListBacklinks.json?url=a.com&limit=25&offset=50',
      ],
    );
  });

  it('refuses limits and offsets that the contract does not permit, before it sends', async () => {
    const { source, asked } = setup(() => NO_ROWS);
    for (const [limit, offset] of [
      [7, 0],
      [0, 0],
      [25, 10],
      [10, -10],
      [10, 0.5],
    ] as const) {
      await assert.rejects(source.rows(target('a.com'), { limit, offset, internal: 'exclude' }, never()), (error) =>
        BacklinkLensError.is(error, 'usage.invalid'),
      );
    }
    assert.deepEqual(asked, []);
  });
});

describe('searchmetrics: summaries', () => {
  const counted = (one: Asked) => (isToken(one) ? token('t') : one.path.startsWith('/v3/links/') ? null : reply({ count: 7, response: [] }));

  for (const status of [400, 404, 405, 501]) {
    it(`finds out once that there is no batch call (${status}), then asks one by one`, async () => {
      const { source, asked } = setup((one) => counted(one) ?? reply({ error: 4001004, error_message: 'Unknown Service' }, status));
      assert.equal(source.capabilities.summaryBatch, 10);
      await source.summaries([target('a.com'), target('b.com')], never());
      await source.summaries([target('c.com')], never());
      assert.deepEqual([source.capabilities.summaryBatch, source.capabilities.concurrency], [1, 4]);
      assert.equal(asked.filter((one) => one.path.startsWith('/v3/links/')).length, 1);
      assert.equal(asked.filter((one) => one.path.includes('limit=10&offset=0')).length, 3);
    });
  }

  it('does not take trouble for the lack of the call', async () => {
    const { source } = setup((one) => counted(one) ?? reply({}, 503));
    await assert.rejects(source.summaries([target('a.com')], never()), (error) => reasonOf(error) === 'unavailable');
    assert.equal(source.capabilities.summaryBatch, 10);
  });

  it('stops asking one by one when all would fail alike, and says so of each', async () => {
    let calls = 0;
    const { source } = setup((one) => {
      if (isToken(one)) return token('t');
      if (one.path.startsWith('/v3/links/')) return reply({}, 404);
      return ++calls > 6 ? reply({}, 429, { 'retry-after': '9' }) : reply({ count: 1, response: [] });
    });
    const results = await source.summaries(
      Array.from({ length: 10 }, (_, index) => target(`site-${index}.com`)),
      never(),
    );
    assert.deepEqual(
      results.map((result) => ('summary' in result ? result.summary.backlinks : result.error.retryAfter)),
      [1, 1, 1, 1, 1, 1, 9000, 9000, 9000, 9000],
    );
    assert.equal(calls, 8);
  });

  it('reads every field of the batch call, in any order, and nulls for what is left out', async () => {
    const full = {
      target: 'a.com',
      backlinks: 132,
      unit: 'pages',
      internalBacklinks: 206,
      referringPages: 100,
      referringHosts: 50,
      referringDomains: 41,
      followed: { links: 87, of: 100 },
      forms: [{ url: 'https://a.com/', backlinks: 130 }],
      strength: { basis: 'index', value: 6.2, population: 1000 },
      topAnchors: [{ text: '', count: 3 }],
      redirectsTo: { url: 'https://b.com/', status: 301, on: '2026-11-02' },
      strongest: [],
      asOf: '2026-11-02',
    };
    const { source } = setup((one) => (isToken(one) ? token('t') : reply({ response: [{ target: 'b.com' }, full] })));
    const [a, b] = await source.summaries([target('a.com'), target('b.com')], never());
    const { target: _, ...rest } = full;
    assert.deepEqual(a, { target: target('a.com'), summary: { ...rest, target: target('a.com') } });
    assert.ok(b !== undefined && 'summary' in b);
    const { target: __, unit, ...values } = b.summary;
    assert.deepEqual([unit, new Set(Object.values(values))], ['links', new Set([null])]);
  });

  for (const [what, entry] of [
    ['a number that is none', { backlinks: 'many' }],
    ['half a share', { followed: { links: 1 } }],
    ['a strength without a basis', { strength: { value: 5 } }],
    ['a strength off its scale', { strength: { basis: 'index', value: 58, population: 9 } }],
    ['a redirect to nowhere', { redirectsTo: { status: 301 } }],
    ['an anchor without a count', { topAnchors: [{ text: 'a' }] }],
    ['a form without an address', { forms: [{ backlinks: 3 }] }],
    ['a row that is none', { strongest: [{ row: {}, more: 1 }] }],
  ] as const) {
    it(`${what} fails its own target only`, async () => {
      const { source } = setup((one) =>
        isToken(one)
          ? token('t')
          : reply({
              response: [
                { target: 'a.com', ...entry },
                { target: 'b.com', backlinks: 1 },
              ],
            }),
      );
      const results = await source.summaries([target('a.com'), target('b.com')], never());
      assert.deepEqual(
        results.map((result) => ('summary' in result ? result.summary.backlinks : result.error.reason)),
        ['bad-reply', 1],
      );
    });
  }

  it('carries the generation of the data, where the endpoint sends it', async () => {
    const { source } = setup((one) => (isToken(one) ? token('t') : reply({ count: 0, response: [] }, 200, { 'backlink-lens-generation': 'g7' })));
    assert.equal((await source.rows(target('a.com'), PAGE, never())).generation, 'g7');
    assert.equal((await source.info(never())).generation, 'g7');
  });
});
