/** What operators see of the service: health, figures in Prometheus' format, and a log without what was asked. */
import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { openAccess } from '../../server/src/api/access.ts';
import { createApp } from '../../server/src/api/app.ts';
import { serviceLog } from '../../server/src/api/ops/lineLog.ts';
import { type Operations, operations } from '../../server/src/api/ops/operations.ts';
import { listenForOperators } from '../../server/src/api/ops/operatorsServer.ts';
import { openIndex } from '../../server/src/linkIndex/sqlite/openIndex.ts';
import type { BacklinkStore } from '../../server/src/linkIndex/store.ts';
import { BacklinkLensError } from '../../server/src/util/errors.ts';
import { silentLog } from '../../server/src/util/log.ts';
import { builtIndex } from '../support/builtIndex.ts';
import { temporaryFolder } from '../support/folders.ts';

const LIST = '/v3/ResearchLinksGetListBacklinks.json';
/** The text format's grammar: a comment line, or a name with labels and a number. */
const LINE =
  /^(?:# (?:HELP [a-z_\d]+ \S.*|TYPE [a-z_\d]+ (?:counter|gauge|histogram))|[a-z_\d]+(?:\{[a-z_]+="(?:[^"\\\n]|\\["\\n])*"(?:,[a-z_]+="(?:[^"\\\n]|\\["\\n])*")*\})? (?:\d[\d.e+-]*|-[\d.e+-]+|NaN|[+-]Inf))$/;

describe('service: for operators', () => {
  const { folder, remove } = temporaryFolder('operators');
  const lines: string[] = [];
  const written = () => lines.join('');
  const log = serviceLog({ format: 'json', verbose: false, write: (text) => void lines.push(text), now: () => 0 });
  let store: BacklinkStore;
  let ops: Operations;
  let app: FastifyInstance;
  let url: string;

  before(async () => {
    store = openIndex(await builtIndex(folder));
    ops = operations({ store, log, requests: log });
    app = createApp({ store, operations: ops, log, access: openAccess() });
    ops.addMetrics(app);
    await app.listen({ host: '127.0.0.1', port: 0 });
    url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  });
  after(async () => {
    await app.close();
    ops.stop();
    await store.close();
    remove();
  });

  const get = async (where: string) => {
    const reply = await fetch(url + where);
    return { status: reply.status, headers: reply.headers, text: await reply.text() };
  };
  /** What a figure with these labels says. */
  const figure = async (name: string) => {
    const line = (await get('/metrics')).text.split('\n').find((text) => text.startsWith(`${name} `));
    return line === undefined ? null : Number(line.slice(name.length + 1));
  };
  const lastLine = () => {
    log.flush();
    return JSON.parse(written().trim().split('\n').at(-1) ?? '') as Record<string, unknown>;
  };

  it('/healthz says that the process is alive, /readyz which generation answers', async () => {
    assert.equal((await get('/healthz')).text, '{"status":"ok"}');
    const { generation } = await store.info(AbortSignal.timeout(1000));
    const { status, text } = await get('/readyz');
    assert.deepEqual([status, JSON.parse(text)], [200, { status: 'ready', generation, problem: null }]);
  });

  it('/metrics keeps the text format: each line by its grammar, each family once', async () => {
    await get(`${LIST}?url=tidetables.example`);
    const { headers, text } = await get('/metrics');
    assert.equal(headers.get('content-type'), 'text/plain; version=0.0.4; charset=utf-8');
    assert.ok(text.endsWith('\n'));
    const told = text.trimEnd().split('\n');
    assert.deepEqual(
      told.filter((line) => !LINE.test(line)),
      [],
    );
    const types = told.filter((line) => line.startsWith('# TYPE ')).map((line) => line.split(' ')[2]);
    assert.equal(new Set(types).size, types.length);
    for (const name of [
      'backlink_lens_requests_total',
      'backlink_lens_request_duration_seconds',
      'backlink_lens_index_pages',
      'process_resident_memory_bytes',
      'nodejs_eventloop_lag_p99_seconds',
    ])
      assert.ok(types.includes(name), name);
  });

  it('counts requests by call and status, rows, and how long they took', async () => {
    const name = 'backlink_lens_requests_total{call="ResearchLinksGetListBacklinks",status="200"}';
    const [before, rows] = [(await figure(name)) ?? 0, (await figure('backlink_lens_rows_served_total')) ?? 0];
    await get(`${LIST}?url=tidetables.example&limit=10`);
    assert.equal(await figure(name), before + 1);
    assert.equal(await figure('backlink_lens_rows_served_total'), rows + 10);
    const count = await figure('backlink_lens_request_duration_seconds_count{call="ResearchLinksGetListBacklinks"}');
    const all = await figure('backlink_lens_request_duration_seconds_bucket{call="ResearchLinksGetListBacklinks",le="+Inf"}');
    assert.equal(count, all);
    assert.ok((count ?? 0) > 0);
    assert.equal(await figure('backlink_lens_requests_in_flight'), 1);
  });

  it('has as many series as there are calls, whatever is asked for', async () => {
    const series = async () => (await get('/metrics')).text.split('\n').filter((line) => line.startsWith('backlink_lens_requests_total')).length;
    await get('/v3/Unknown0');
    const before = await series();
    for (let at = 1; at < 30; at++) await get(`/v3/Unknown${at}?url=secret${at}.example`);
    assert.equal(await series(), before);
    assert.doesNotMatch((await get('/metrics')).text, /secret|Unknown|tidetables/);
  });

  it('numbers each request with 40 hexadecimal digits, and logs it under that number without the URL', async () => {
    const { headers } = await get(`${LIST}?url=secret-project.example&limit=25`);
    const id = headers.get('x-request-id') ?? '';
    assert.match(id, /^[0-9a-f]{40}$/);
    const { ms, ...line } = lastLine();
    const call = { method: 'GET', call: 'ResearchLinksGetListBacklinks', status: 200, rows: 0, key: null, credits: 1 };
    assert.deepEqual(line, { time: '1970-01-01T00:00:00.000Z', level: 'info', event: 'request', id, ...call });
    assert.equal(typeof ms, 'number');
    assert.doesNotMatch(written(), /secret-project/);
  });

  it('logs a refused request once, with the code of the refusal', async () => {
    log.flush();
    lines.length = 0;
    await get(`${LIST}?url=a.example&limit=7`);
    const line = lastLine();
    assert.equal(written().trim().split('\n').length, 1);
    assert.deepEqual([line['status'], line['error'], line['call']], [400, 4001005, 'ResearchLinksGetListBacklinks']);
  });

  it('answers operators on an address of their own', async () => {
    const own = await listenForOperators(ops, { host: '127.0.0.1', port: 0 });
    const ask = async (where: string, method = 'GET') => {
      const reply = await fetch(own.address + where, { method });
      return [reply.status, await reply.text()] as const;
    };
    assert.match((await ask('/metrics'))[1], /^# HELP backlink_lens_requests_total /);
    assert.deepEqual(await ask('/healthz'), [200, '{"status":"ok"}']);
    assert.equal((await ask('/readyz'))[0], 200);
    assert.equal((await ask('/v3/ResearchLinksGetListBacklinks'))[0], 404);
    assert.equal((await ask('/metrics', 'POST'))[0], 405);
    const { port } = new URL(own.address);
    await assert.rejects(listenForOperators(ops, { host: '127.0.0.1', port: Number(port) }), (error) => BacklinkLensError.is(error, 'usage.invalid'));
    await own.close();
  });

  it('is not ready while the index cannot be read, nor once it is stopping, and says why by a code', async () => {
    let broken = false;
    const info: BacklinkStore['info'] = async (signal) => {
      if (broken) throw new BacklinkLensError('index.damaged', `${path.join(folder, 'web.db')} is damaged`);
      return store.info(signal);
    };
    let now = 0;
    const other = operations({ store: { info }, log: silentLog, clock: { now: () => ++now * 1000, after: () => () => {} } });
    assert.equal((await other.ready()).status, 200);
    broken = true;
    assert.deepEqual(await other.ready(), { status: 503, body: { status: 'unavailable', generation: null, problem: 'index.damaged' } });
    assert.match(other.metrics().text, /^backlink_lens_index_ready 0$/m);
    broken = false;
    assert.equal((await other.ready()).body.status, 'ready');
    other.stopping();
    assert.deepEqual([(await other.ready()).status, (await other.ready()).body.status], [503, 'stopping']);
    other.stop();
  });
});
