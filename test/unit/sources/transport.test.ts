import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, createServer as createTcpServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { createTransport, type TransportOptions } from '../../../server/src/sources/transport.ts';
import { BacklinkLensError, isAbort } from '../../../server/src/util/errors.ts';
import type { FailureReason } from '../../../shared/backlinks.ts';
import { listen } from '../../support/listen.ts';
import { CERTIFICATE, KEY } from './certificate.ts';

const open: { close(): unknown; closeAllConnections?(): void }[] = [];

async function serve(listener: (...parameters: Parameters<RequestListener>) => unknown): Promise<string> {
  const server = createServer((request, response) => void listener(request, response));
  open.push(server);
  return `http://127.0.0.1:${await listen(server)}`;
}

function get(url: string, options: TransportOptions = {}, signal = new AbortController().signal) {
  return createTransport({ env: {}, ...options }).request(url, { method: 'GET', headers: { authorization: 'Bearer secret-token' }, signal });
}

async function failure(call: Promise<unknown>): Promise<BacklinkLensError> {
  const error = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  assert.ok(BacklinkLensError.is(error), String(error));
  assert.doesNotMatch(error.message, /secret/);
  return error;
}

async function fails(call: Promise<unknown>, reason: FailureReason, says: RegExp): Promise<void> {
  const error = await failure(call);
  assert.equal(error.reason, reason, error.message);
  assert.match(error.message, says);
}

describe('transport', () => {
  afterEach(() => {
    for (const server of open.splice(0)) {
      server.close();
      server.closeAllConnections?.();
    }
  });

  it('gives status, headers in lower case and text of any reply', async () => {
    const base = await serve((_, response) => response.writeHead(418, { 'X-Tea': 'green' }).end('Grüße'));
    const reply = await get(`${base}/a?b=c`);
    assert.deepEqual([reply.status, reply.headers['x-tea'], reply.text], [418, 'green', 'Grüße']);
  });

  it('sends method, headers and body', async () => {
    const seen: string[] = [];
    const base = await serve(async (request, response) => {
      seen.push(`${request.method} ${request.url} ${request.headers['content-type']} ${await text(request)}`);
      response.end();
    });
    await createTransport({ env: {} }).request(`${base}/x`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: 'hällo',
      signal: new AbortController().signal,
    });
    assert.deepEqual(seen, ['POST /x text/plain hällo']);
  });

  for (const [encoding, pack] of [
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['identity', (text: string) => Buffer.from(text)],
  ] as const) {
    it(`unpacks ${encoding}`, async () => {
      const base = await serve((_, response) => response.writeHead(200, { 'content-encoding': encoding }).end(pack('{"ä":1}')));
      assert.equal((await get(base)).text, '{"ä":1}');
    });
  }

  it('ends a reply that unpacks to too much, with little memory', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const base = await serve((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
    await fails(get(base, { maxBody: 100_000 }), 'bad-reply', /more than 97 KB/);
  });

  it('ends a reply that never ends, whatever comes first', async () => {
    const base = await serve((_, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write('x'), 5);
      response.on('close', () => clearInterval(drip));
    });
    await fails(get(base, { totalTimeout: 100 }), 'timeout', /did not answer within/);
  });

  it('tells damaged replies', async () => {
    const cut = gzipSync('x'.repeat(10_000)).subarray(0, 20);
    await fails(get(await serve((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(cut))), 'bad-reply', /damaged/);
    await fails(get(await serve((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip'))), 'bad-reply', /damaged/);
    await fails(get(await serve((_, response) => response.writeHead(200, { 'content-encoding': 'lzma' }).end('?'))), 'bad-reply', /encoding/);
    await fails(get(await raw('SSH-2.0-OpenSSH\r\n')), 'bad-reply', /no HTTP/);
    await fails(get(await raw('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort')), 'unavailable', /does not answer/);
    await fails(get(await raw('')), 'unavailable', /does not answer/);
    await fails(get(await raw(`HTTP/1.1 200 OK\r\n${'X-Long: y\r\n'.repeat(20_000)}`)), 'bad-reply', /damaged/);
  });

  it('tells an address that is none without telling it', async () => {
    await assert.rejects(get('https://api .com/?key=secret'), (error) => {
      assert.ok(BacklinkLensError.is(error, 'internal'));
      assert.doesNotMatch(inspect(error, { depth: 9, showHidden: true }), /secret/);
      return true;
    });
  });

  it('tells a host that is not there from one that does not answer', async () => {
    await fails(get('http://no-such-host.invalid/'), 'offline', /cannot be reached.*Check the connection/);
    const server = createServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    await fails(get(`http://127.0.0.1:${port}/`), 'unavailable', new RegExp(`127\\.0\\.0\\.1:${port} does not answer \\(ECONNREFUSED\\)`));
  });

  it('gives up on a server that takes the connection and never ends its TLS handshake', async () => {
    const silent = createTcpServer((socket) => socket.on('error', () => {}));
    open.push(silent);
    const base = `https://127.0.0.1:${await listen(silent)}/`;
    await fails(get(base, { connectTimeout: 150 }), 'timeout', /did not answer in time \(UND_ERR_CONNECT_TIMEOUT\)/);
    await fails(get(base, { totalTimeout: 60 }), 'timeout', /within 1 s/);
  });

  it('follows redirects within the origin, with its headers', async () => {
    const seen: string[] = [];
    const base = await serve((request, response) => {
      seen.push(`${request.method} ${request.url} ${request.headers.authorization}`);
      if (request.url === '/a') response.writeHead(302, { location: '/b' }).end();
      else if (request.url === '/b') response.writeHead(308, { location: 'c?d' }).end();
      else response.end('there');
    });
    assert.equal((await get(`${base}/a`)).text, 'there');
    assert.deepEqual(seen, ['GET /a Bearer secret-token', 'GET /b Bearer secret-token', 'GET /c?d Bearer secret-token']);
  });

  it('keeps or drops the body of a redirected POST by its status', async () => {
    for (const [status, expected] of [
      [302, 'GET '],
      [303, 'GET '],
      [307, 'POST body'],
      [308, 'POST body'],
    ] as const) {
      const base = await serve(async (request, response) => {
        if (request.url === '/a') response.writeHead(status, { location: '/b' }).end();
        else response.end(`${request.method} ${await text(request)}`);
      });
      const reply = await createTransport({ env: {} }).request(`${base}/a`, { method: 'POST', body: 'body', signal: new AbortController().signal });
      assert.equal(reply.text, expected);
    }
  });

  it('follows no redirect to another origin: neither key nor target go there', async () => {
    let reached = 0;
    const other = await serve((_, response) => {
      reached++;
      response.end();
    });
    for (const location of [`${other}/`, 'https://127.0.0.1/', '//elsewhere.com/x', 'javascript:alert(1)', 'http://[broken']) {
      const base = await serve((_, response) => response.writeHead(302, { location }).end());
      await fails(get(`${base}/?url=target`), 'bad-reply', /redirected to/);
    }
    assert.equal(reached, 0);
  });

  it('leaves a circle of redirects', async () => {
    const base = await serve((_, response) => response.writeHead(302, { location: '/' }).end());
    await fails(get(base), 'bad-reply', /more than 5 times/);
  });

  it('can be cancelled before, while it waits, and while it reads', async () => {
    const base = await serve((request, response) => {
      if (request.url === '/read') response.write('some');
    });
    await assert.rejects(get(base, {}, AbortSignal.abort()), isAbort);
    for (const path of ['/wait', '/read']) {
      const controller = new AbortController();
      const call = get(base + path, {}, controller.signal);
      setTimeout(() => controller.abort(), 40);
      await assert.rejects(call, isAbort);
    }
  });

  it('takes no certificate that nobody vouches for, unless the editor says so', async () => {
    const server = createTlsServer({ cert: CERTIFICATE, key: KEY }, (_, response) => response.end('secure'));
    open.push(server);
    const base = `https://127.0.0.1:${await listen(server)}`;
    await fails(get(base), 'unavailable', /certificate of 127\.0\.0\.1:\d+ was not accepted \(DEPTH_ZERO_SELF_SIGNED_CERT\)/);
    assert.equal((await get(base, { http: { strictSSL: false } })).text, 'secure');
  });

  describe('through a proxy', () => {
    it('says which proxy setting is wrong, and closes all the same', async () => {
      const transport = createTransport({ http: { proxy: 'ftp://proxy' } });
      await assert.rejects(transport.request(`${HOST}/a`, { method: 'GET', signal: new AbortController().signal }), /The proxy in http\.proxy is no/);
      await transport.close();
    });

    /** Passes everything on, whatever it is asked for, to one server, and notes what was asked. */
    async function proxyTo(base: string, seen: string[], status = 200): Promise<string> {
      const proxy = createServer((request, response) => {
        seen.push(`${request.method} ${request.url}`);
        response.end('through the proxy');
      });
      proxy.on('connect', (request, socket) => {
        seen.push(`CONNECT ${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim());
        if (status !== 200) return socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
        const upstream = connect(Number(new URL(base).port), '127.0.0.1', () => {
          socket.write('HTTP/1.1 200 OK\r\n\r\n');
          upstream.pipe(socket).pipe(upstream);
        });
        upstream.on('error', () => socket.destroy());
        socket.on('error', () => upstream.destroy());
        return undefined;
      });
      open.push(proxy);
      return `http://127.0.0.1:${await listen(proxy)}`;
    }

    const HOST = 'http://api.links-service.com';
    const environments = (proxy: string): [string, TransportOptions][] => [
      ['http.proxy', { http: { proxy } }],
      ['http.proxy without a scheme', { http: { proxy: proxy.slice('http://'.length) } }],
      ['HTTP_PROXY', { env: { HTTP_PROXY: proxy } }],
      ['http_proxy', { env: { http_proxy: proxy } }],
      ['http.proxy rather than HTTP_PROXY', { http: { proxy }, env: { HTTP_PROXY: 'http://127.0.0.1:9' } }],
    ];

    it('goes the way the editor or the environment says', async () => {
      const seen: string[] = [];
      const base = await serve((_, response) => response.end('through the proxy'));
      for (const [what, options] of environments(await proxyTo(base, seen))) {
        assert.equal((await get(`${HOST}/a`, options)).text, 'through the proxy', what);
        assert.equal(seen.splice(0).length, 1, what);
      }
    });

    it('goes directly to hosts that are excepted, and always to this machine', async () => {
      const seen: string[] = [];
      const base = await serve((_, response) => response.end('direct'));
      const proxy = await proxyTo(base, seen);
      assert.equal((await get(base, { http: { proxy } })).text, 'direct');
      for (const options of [{ http: { proxy, noProxy: ['*.invalid'] } }, { env: { HTTP_PROXY: proxy, NO_PROXY: 'a.com,api.service.invalid' } }]) {
        await fails(get('http://api.service.invalid/', options), 'offline', /cannot be reached/);
      }
      assert.deepEqual(seen, []);
    });

    it('says that the proxy wants a password, refuses, or is not there', async () => {
      for (const [status, reason, says] of [
        [407, 'auth', /proxy.*wants a name and password/],
        [502, 'unavailable', /proxy/],
      ] as const) {
        const proxy = await proxyTo('http://127.0.0.1:9', [], status);
        await fails(get('https://api.links-service.com/', { http: { proxy } }), reason, says);
      }
      await fails(get(HOST, { http: { proxy: 'http://127.0.0.1:9' } }), 'unavailable', /does not answer|proxy/);
      await fails(get(HOST, { http: { proxy: 'socks5://127.0.0.1:9' } }), 'unavailable', /http\.proxy is no http or https address/);
      await fails(get(HOST, { http: { proxy: 'http://' } }), 'unavailable', /http\.proxy/);
    });
  });
});

/** A server that says this and hangs up. */
async function raw(words: string): Promise<string> {
  const server = createTcpServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end(words));
  });
  open.push(server);
  return `http://127.0.0.1:${await listen(server)}`;
}
