/**
 * Calls for rows a second of the service as it ships, on an index of 10,000,000 links (`--pages=1000000`, the default), beside a bare fastify
 * route that returns a constant of the same size: the same load for both, 50 connections, autocannon in a process of its own, by turns. Each call
 * asks for another target, drawn as the web's own links are. Then the memory of the service over the calls.
 */
import { createRequire } from 'node:module';
import Fastify from 'fastify';
import { inOwnProcess, median, option, verdict } from '../index/measure.ts';
import { cachedIndex, type Server, startBare, startService, warm } from './processes.ts';
import { pathsOf } from './targets.ts';

const CONNECTIONS = 50;
/** Calls before the measured ones. */
const FILLING = 100_000;
const pages = option('pages', 1_000_000);
const calls = option('calls', 200_000);
const rounds = option('rounds', 4);
const limit = option('limit', 10);
const job = process.argv.find((argument) => argument.startsWith('--job='))?.slice('--job='.length);

/** What is used of autocannon, which brings no types. */
interface Result {
  readonly latency: { readonly p50: number; readonly p99: number };
  readonly requests: { readonly total: number };
  readonly throughput: { readonly total: number };
  readonly non2xx: number;
  readonly errors: number;
  readonly timeouts: number;
}
type Autocannon = (options: object) => Promise<Result> & { on(event: 'response', listener: () => void): void };

interface Loaded {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly bytes: number;
  readonly failed: number;
}

if (job === 'bare') await serveConstant(option('bytes', 3500));
else if (job === 'load') console.log(JSON.stringify(await load()));
else await report();

async function report(): Promise<void> {
  const index = cachedIndex(pages);
  warm(index);
  const ours = await startService(index);
  // What is asked first compiles the code of both, fills the cache, and tells how long a reply is.
  const first = loaded(ours, Math.min(FILLING, calls), calls);
  const bare = await startBare(import.meta.filename, Math.round(first.bytes));
  try {
    loaded(bare, Math.min(20_000, calls), 0);
    measure(ours, bare);
  } finally {
    ours.stop();
    bare.stop();
  }
}

function measure(ours: Server, bare: Server): void {
  const part = Math.floor(calls / rounds);
  const memory = [ours.memory()];
  const both = Array.from({ length: rounds }, (_, round) => {
    const own = loaded(ours, part, round * part);
    memory.push(ours.memory());
    return { own, other: loaded(bare, part, round * part) };
  });
  const own = (of: (figures: Loaded) => number): number => median(both.map((pair) => of(pair.own)));
  const other = (of: (figures: Loaded) => number): number => median(both.map((pair) => of(pair.other)));
  const failed = both.reduce((sum, pair) => sum + pair.own.failed + pair.other.failed, 0);
  console.log(
    `${calls} calls of ${limit} rows on ${CONNECTIONS} connections in ${rounds} rounds; ${own(({ bytes }) => bytes).toFixed(0)} bytes a reply, ${failed} failed`,
  );
  const rates = `${own(({ perSecond }) => perSecond).toFixed(0)}/s, bare route ${other(({ perSecond }) => perSecond).toFixed(0)}/s`;
  const rate = median(both.map((pair) => pair.own.perSecond / pair.other.perSecond));
  verdict('rows calls a second beside a bare route', rates, rate, { least: 0.5 });
  const p99 = `${own((figures) => figures.p99)} ms, bare ${other((figures) => figures.p99)} ms; p50 ${own(({ p50 }) => p50)} and ${other(({ p50 }) => p50)} ms`;
  verdict('p99 beside a bare route', p99, own((figures) => figures.p99) / other((figures) => figures.p99), { most: 3 });
  const curve = memory.map((megabytes) => (megabytes === null ? '?' : megabytes.toFixed(0)));
  verdict('memory after all calls beside that before', `${curve.join(', ')} MB`, (memory.at(-1) ?? Number.NaN) / (memory[0] ?? Number.NaN), {
    most: 1.15,
  });
}

function loaded({ port }: Server, count: number, from: number): Loaded {
  return inOwnProcess(import.meta.filename, { job: 'load', port, count, from, pages, limit }) as Loaded;
}

async function load(): Promise<Loaded> {
  const autocannon = createRequire(import.meta.url)('autocannon') as Autocannon;
  const count = option('count', 1000);
  const paths = pathsOf(pages, limit, option('from', 0), count);
  let at = 0;
  const setupRequest = (request: { path?: string }) => {
    request.path = paths[at++ % count] ?? '/';
    return request;
  };
  const url = `http://127.0.0.1:${option('port', 0)}`;
  const started = performance.now();
  let ended = started;
  const running = autocannon({ url, connections: CONNECTIONS, amount: count, requests: [{ setupRequest }] });
  // It looks whether it is done once a second; the last reply is what counts.
  running.on('response', () => {
    ended = performance.now();
  });
  const result = await running;
  const seconds = (ended - started) / 1000;
  const { latency, requests, throughput } = result;
  return {
    perSecond: requests.total / seconds,
    p50: latency.p50,
    p99: latency.p99,
    bytes: throughput.total / requests.total,
    failed: result.non2xx + result.errors + result.timeouts,
  };
}

async function serveConstant(bytes: number): Promise<void> {
  const head = '{"count":1,"response":["';
  const tail = '"],"balance":null}';
  const body = head + 'x'.repeat(Math.max(0, bytes - head.length - tail.length)) + tail;
  const app = Fastify();
  app.get('/v3/:service', (_request, reply) => {
    void reply.type('application/json; charset=utf-8').send(body);
  });
  console.log(await app.listen({ host: '127.0.0.1', port: 0 }));
}
