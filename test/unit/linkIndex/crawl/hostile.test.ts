/** Servers that are broken, slow, endless or hostile, a network that is away, and a user who stops: every crawl ends, and says what it met. */
import assert from 'node:assert/strict';
import { chmodSync, readdirSync } from 'node:fs';
import { createServer as createHttpsServer } from 'node:https';
import { createServer, type Server, type Socket } from 'node:net';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { listen } from '../../../support/listen.ts';
import { CERTIFICATE, KEY } from '../../sources/certificate.ts';
import { type Answer, answer, type Bench, capturesOf, openBench, openSite, page, type Site } from './site.ts';

const HTML = { 'content-type': 'text/html' };

describe('crawl of hostile servers', function () {
  this.timeout(30_000);
  let bench: Bench;
  let close: (() => Promise<void>)[];
  beforeEach(() => {
    bench = openBench();
    close = [];
  });
  afterEach(async () => {
    await Promise.all(close.map((one) => one()));
    bench.remove();
  });
  const open = async (pages: Record<string, Answer>): Promise<Site> => {
    const site = await openSite(pages);
    close.push(async () => await site.close());
    return site;
  };
  const raw = async (server: Server): Promise<number> => {
    const sockets = new Set<Socket>();
    server.on('connection', (socket) => sockets.add(socket));
    server.on('secureConnection', (socket: Socket) => sockets.add(socket));
    close.push(async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    });
    return await listen(server);
  };

  /** What a page does, and what becomes of it among others. */
  const PAGES: readonly (readonly [name: string, hostile: Answer, captures: readonly string[], codes: readonly string[]])[] = [
    ['has no end', (_request, response) => flood(response.writeHead(200, HTML)), ['page /x'], []],
    ['comes a byte at a time', (_request, response) => drip(response.writeHead(200, HTML)), [], ['crawl.unreachable']],
    ['never answers', () => {}, [], ['crawl.unreachable']],
    [
      'breaks off',
      (_request, response) => void response.writeHead(200, { ...HTML, 'content-length': 1000 }).write('<a', () => response.destroy()),
      [],
      ['crawl.unreachable'],
    ],
    [
      'breaks off between chunks',
      (_request, response) => void response.writeHead(200, HTML).write(page('/y'), () => response.destroy()),
      [],
      ['crawl.unreachable'],
    ],
    ['has a head without end', answer(200, { ...HTML, 'x-long': 'x'.repeat(100_000) }), [], ['crawl.unreachable']],
    ['inflates to a mountain', answer(200, { ...HTML, 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(80 << 20))), [], []],
    ['is of another coding than it says', answer(200, { ...HTML, 'content-encoding': 'br' }, page('/y')), ['page /x', 'gone /y'], []],
    ['has no status we know', answer(299, HTML, page()), ['page /x'], []],
    ['is empty', answer(200, HTML), ['page /x'], []],
    ['is a picture that says it is HTML', answer(200, HTML, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3])), ['page /x'], []],
  ];
  for (const [name, hostile, captures, codes] of PAGES) {
    it(`comes through with a page that ${name}`, async () => {
      const site = await open({ '/': page('/x', '/good'), '/x': hostile, '/good': page() });
      const { archives, problems } = await bench.crawl([`${site.origin}/`], { timeout: 400, maxBytes: 1 << 20 });
      assert.deepEqual(await capturesOf(archives[0] ?? ''), ['page /', ...captures.slice(0, 1), 'page /good', ...captures.slice(1)]);
      assert.deepEqual(
        problems.map(({ code }) => code),
        codes,
      );
    });
  }

  it('says what is wrong with a host that speaks no HTTP', async () => {
    const port = await raw(createServer((socket) => socket.once('data', () => socket.end('502 mail.example.org ESMTP\r\n'))));
    const { problems, archives } = await bench.crawl([`http://127.0.0.1:${port}/`]);
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['crawl.unreachable'],
    );
    assert.match(problems[0]?.message ?? '', /no HTTP/);
    assert.deepEqual(archives, []);
    assert.deepEqual(readdirSync(bench.folder), []);
  });

  it('says what is wrong with a certificate, and with a host that speaks no TLS', async () => {
    const port = await raw(createHttpsServer({ cert: CERTIFICATE, key: KEY }, (_request, response) => response.end(page())));
    const { problems } = await bench.crawl([`https://localhost:${port}/`]);
    assert.match(problems[0]?.message ?? '', /^localhost:\d+ showed a certificate that is not accepted \(\w+\)/);
    const site = await open({ '/': page() });
    const plain = await bench.crawl([site.origin.replace('http:', 'https:')]);
    assert.deepEqual(
      plain.problems.map(({ code }) => code),
      ['crawl.unreachable'],
    );
    assert.match(plain.problems[0]?.message ?? '', /no TLS/);
  });

  it('reads a host whose certificate the user has taken on himself', async () => {
    const port = await raw(createHttpsServer({ cert: CERTIFICATE, key: KEY }, (_request, response) => response.writeHead(200, HTML).end(page())));
    const { counts } = await bench.crawl([`https://localhost:${port}/`], { http: { proxy: '', strictSSL: false, noProxy: [] } });
    assert.equal(counts.pages, 1);
  });

  it('says so when a name has no address, or nobody is there', async () => {
    const { problems } = await bench.crawl(['http://nothing.invalid/', 'http://127.0.0.1:9/']);
    assert.deepEqual(problems.map(({ input, code }) => `${input} ${code}`).sort(), [
      '127.0.0.1:9 crawl.unreachable',
      'nothing.invalid crawl.unreachable',
    ]);
  });

  it('loses nothing when the network goes away in the middle, and goes on when it is back', async () => {
    const links = Array.from({ length: 20 }, (_, at) => `/p${at}`);
    let away = false;
    const there: Answer = (_request, response) => void (away ? response.destroy() : response.writeHead(200, HTML).end(page()));
    const site = await open({ '/': page(...links), ...Object.fromEntries(links.map((link) => [link, there])) });
    const first = await bench.crawl([`${site.origin}/`], {
      onProgress({ pages }) {
        away = pages >= 7;
      },
    });
    assert.equal(first.complete, false);
    assert.deepEqual(
      first.problems.map(({ code }) => code),
      ['crawl.unreachable'],
    );
    away = false;
    const second = await bench.crawl([`${site.origin}/`]);
    assert.deepEqual((await capturesOf(second.archives[0] ?? '')).sort(), ['/', ...links].map((one) => `page ${one}`).sort());
    assert.equal(second.counts.resumed + second.counts.fetched, 21);
    assert.deepEqual(second.problems, []);
  });

  it('stops at once, wherever it is, and keeps what it has', async () => {
    for (const slow of ['/robots.txt', '/sitemap.xml', '/', '/x']) {
      const control = new AbortController();
      const site = await open({ '/': page('/x'), '/x': page(), [slow]: () => setTimeout(() => control.abort(), 10) });
      await assert.rejects(bench.crawl([`${site.origin}/`], { signal: control.signal }), { name: 'AbortError' }, slow);
      site.pages[slow] = slow === '/robots.txt' ? answer(404, {}) : page(slow === '/' ? '/x' : '/');
      const { counts } = await bench.crawl([`${site.origin}/`]);
      assert.ok(counts.pages === 2, slow);
    }
    const waiting = new AbortController();
    const site = await open({ '/': page('/x'), '/x': page() });
    setTimeout(() => waiting.abort(), 50);
    await assert.rejects(bench.crawl([`${site.origin}/`], { delay: 60_000, signal: waiting.signal }), { name: 'AbortError' });
    await assert.rejects(bench.crawl([`${site.origin}/`], { signal: AbortSignal.abort() }), { name: 'AbortError' });
  });

  it('says so when its folder may not be written, or another crawl is running', async () => {
    const site = await open({ '/': (_request, response) => void setTimeout(() => response.writeHead(200, HTML).end(page()), 100) });
    const running = bench.crawl([`${site.origin}/`]);
    await assert.rejects(bench.crawl([`${site.origin}/`]), { code: 'index.busy', message: /Another crawl/ });
    await running;
    await assert.rejects(bench.crawl([`${site.origin}/`], { out: path.join(bench.folder, 'missing', 'web.db') }), { code: 'index.not-writable' });
    if (process.getuid?.() === 0) return;
    chmodSync(bench.folder, 0o500);
    await assert.rejects(bench.crawl([`${site.origin}/x`]), { code: 'index.not-writable' });
    chmodSync(bench.folder, 0o700);
  });
});

function flood(response: { write(text: string, done: () => void): boolean; destroyed: boolean }): void {
  const more = (): void => {
    if (!response.destroyed) response.write('<p>more</p>'.repeat(5000), () => setImmediate(more));
  };
  more();
}

function drip(response: { write(text: string): boolean; destroyed: boolean; on(event: 'close', listener: () => void): unknown }): void {
  const timer = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(timer));
}
