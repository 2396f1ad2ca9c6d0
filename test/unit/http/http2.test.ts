/** HTTP/2 where the server offers it: the same replies, limits, time-outs and failures as over HTTP/1.1. */
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { createSecureServer, type Http2SecureServer, type Http2ServerRequest, type Http2ServerResponse, type ServerHttp2Stream } from 'node:http2';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { brotliCompressSync } from 'node:zlib';
import { createTransport, type HttpRequest, type TransportOptions } from '../../../server/src/sources/transport.ts';
import { BacklinkLensError, isAbort } from '../../../server/src/util/errors.ts';
import { makeAuthority } from '../../support/certificates.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { listen } from '../../support/listen.ts';

const authority = makeAuthority();
const { folder } = temporaryFolder('http2');
const caFile = path.join(folder, 'authority.pem');
const closing: (() => unknown)[] = [];

interface Offered {
  readonly base: string;
  readonly sessions: () => number;
}

/** A server that offers HTTP/2, and HTTP/1.1 to those who know no other. */
async function serve(
  answer: (request: Http2ServerRequest, response: Http2ServerResponse) => unknown,
  adjust: (server: Http2SecureServer) => void = () => {},
): Promise<Offered> {
  const { cert, key } = authority.issue(['127.0.0.1']);
  const server = createSecureServer({ cert, key, allowHTTP1: true }, (request, response) => void answer(request, response));
  adjust(server);
  let sessions = 0;
  server.on('session', (session) => {
    sessions++;
    session.on('error', () => {});
    closing.push(() => session.destroy());
  });
  const port = await listen(server);
  closing.push(() => server.close());
  return { base: `https://127.0.0.1:${port}`, sessions: () => sessions };
}

function transport(options: TransportOptions = {}) {
  const made = createTransport({ env: {}, http: { caFile }, ...options });
  closing.push(() => made.close());
  return { request: (url: string, request: HttpRequest) => made.request(url, request) };
}

const never = new AbortController().signal;
const get = (url: string, options: TransportOptions = {}, signal = never) => transport(options).request(url, { method: 'GET', signal });

async function fails(call: Promise<unknown>, reason: string, says: RegExp): Promise<void> {
  await assert.rejects(call, (error) => {
    assert.ok(BacklinkLensError.is(error), String(error));
    assert.equal(error.reason, reason, error.message);
    assert.match(error.message, says);
    return true;
  });
}

describe('HTTP/2', () => {
  before(() => writeFileSync(caFile, authority.cert));
  after(() => rmSync(folder, { recursive: true, force: true }));
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close();
  });

  it('is spoken where it is offered, many calls over one connection', async () => {
    const { base, sessions } = await serve(async (request, response) => {
      response.setHeader('x-version', request.httpVersion);
      response.end(`${request.method} ${request.url} ${request.headers['authorization']} ${await text(request)}`);
    });
    const { request } = transport();
    const headers = { authorization: 'Bearer key' };
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, n) => request(`${base}/${n}?a=b`, { method: 'POST', headers, body: 'bödy', signal: never })),
    );
    for (const [n, reply] of replies.entries()) {
      assert.deepEqual([reply.status, reply.headers['x-version'], reply.text], [200, '2.0', `POST /${n}?a=b Bearer key bödy`]);
    }
    assert.ok(sessions() <= 2, `${sessions()} connections`);
  });

  it('unpacks replies and follows redirects as HTTP/1.1 does', async () => {
    const { base } = await serve((request, response) => {
      if (request.url === '/a') response.writeHead(307, { location: '/b' }).end();
      else response.writeHead(200, { 'content-encoding': 'br' }).end(brotliCompressSync('{"ä":1}'));
    });
    assert.equal((await get(`${base}/a`)).text, '{"ä":1}');
    const strayed = await serve((_, response) => response.writeHead(302, { location: `${base}/a` }).end());
    await fails(get(strayed.base), 'bad-reply', /redirected to https:\/\/127/);
  });

  it('ends a reply that is too large, and time-outs and cancels, all the same', async () => {
    const { base } = await serve((request, response) => {
      if (request.url === '/wait') return;
      response.writeHead(200);
      if (request.url === '/endless') pour(response.stream);
      else response.write('some');
    });
    await fails(get(`${base}/endless`, { maxBody: 500_000 }), 'bad-reply', /more than 488 KB/);
    await fails(get(`${base}/wait`, { totalTimeout: 80 }), 'timeout', /within 1 s/);
    await fails(get(`${base}/read`, { totalTimeout: 80 }), 'timeout', /within 1 s/);
    for (const which of ['/wait', '/read', '/endless']) {
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 60);
      await assert.rejects(get(base + which, { maxBody: 1e12 }, controller.signal), isAbort);
    }
  });

  it('leaves one call that ends badly to itself', async () => {
    const { base } = await serve((request, response) => {
      if (request.url === '/reset') response.stream.close(2);
      else if (request.url === '/cut') {
        response.writeHead(200, { 'content-length': '100' });
        response.write('short', () => response.stream.close(2));
      } else setTimeout(() => response.end('fine'), 30);
    });
    const { request } = transport();
    const call = (which: string) => request(base + which, { method: 'GET', signal: never });
    const good = call('/fine');
    await Promise.all([
      assert.rejects(call('/reset'), (error) => BacklinkLensError.is(error)),
      assert.rejects(call('/cut'), (error) => BacklinkLensError.is(error)),
    ]);
    assert.equal((await good).text, 'fine');
    assert.equal((await call('/fine')).text, 'fine');
  });

  it('goes on after the server said goodbye, and after it died', async () => {
    for (const end of ['close', 'destroy'] as const) {
      const ended = Promise.withResolvers<void>();
      const { base } = await serve((request, response) => {
        const { session } = request.stream;
        // Only the first session ends; what comes behind it finds another.
        response.on('finish', () => setImmediate(() => session?.[end]()));
        session?.on('close', () => ended.resolve());
        response.end('there');
      });
      const { request } = transport();
      const call = async () => (await request(base, { method: 'GET', signal: never })).text;
      assert.equal(await call(), 'there');
      await ended.promise;
      // The end has to arrive, too.
      await new Promise((resolve) => setTimeout(resolve, 50));
      assert.equal(await call(), 'there', end);
    }
  });

  it('tells header fields beyond measure', async () => {
    const { base } = await serve((_, response) => {
      for (let n = 0; n < 200; n++) response.setHeader(`x-long-${n}`, 'y'.repeat(2_000));
      response.end('after all');
    });
    await fails(get(base), 'bad-reply', /damaged|beyond/);
  });
});

function pour(stream: ServerHttp2Stream): void {
  const chunk = Buffer.alloc(65_536, 120);
  const more = () => {
    while (!stream.destroyed && stream.write(chunk));
  };
  stream.on('drain', more);
  stream.on('error', () => {});
  more();
}
