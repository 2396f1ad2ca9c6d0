/** Through a real proxy to a real TLS server with a private authority: tunnels, keys to the proxy, and every way in which a proxy can fail. */
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer, type LookupFunction, type Socket } from 'node:net';
import path from 'node:path';
import { inspect } from 'node:util';
import { Server as ProxyServer } from 'proxy-chain';
import { createTransport, type TransportOptions } from '../../../server/src/sources/transport.ts';
import { BacklinkLensError, isAbort } from '../../../server/src/util/errors.ts';
import type { FailureReason } from '../../../shared/backlinks.ts';
import { makeAuthority } from '../../support/certificates.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { listen } from '../../support/listen.ts';

/** A name that only the proxy can resolve: to this machine. */
const HOST = 'api.links-service.com';
const USER = 'häns';
const PASSWORD = 'p@ss:w/rd%';
const SECRETS = [PASSWORD, encodeURIComponent(PASSWORD), Buffer.from(`${USER}:${PASSWORD}`).toString('base64'), 'key-nobody-may-see'];

const authority = makeAuthority();
const { folder, remove } = temporaryFolder('proxies');
const caFile = path.join(folder, 'authority.pem');
const closing: (() => unknown)[] = [];

const toThisMachine: LookupFunction = (_, options, callback) => {
  if (options.all === true) callback(null, [{ address: '127.0.0.1', family: 4 }]);
  else callback(null, '127.0.0.1', 4);
};

type Proxy = ProxyServer & { readonly address: string };

/**
 * @param login what it asks for; null: nothing
 * @param hosts that its own certificate is for, where it has one
 */
async function proxy(login: string | null = null, https = false, hosts: readonly string[] = ['localhost']): Promise<Proxy> {
  const { cert, key } = authority.issue(hosts);
  const server = new ProxyServer({
    port: 0,
    host: '127.0.0.1',
    ...(https ? { serverType: 'https', httpsOptions: { cert, key } } : { serverType: 'http' }),
    prepareRequestFunction: ({ username, password }) => ({
      requestAuthentication: login !== null && `${username}:${password}` !== login,
      dnsLookup: toThisMachine as never,
    }),
  });
  await server.listen();
  closing.push(() => server.close(true));
  return Object.assign(server, { address: https ? `https://localhost:${server.port}` : `http://127.0.0.1:${server.port}` });
}

/** A TLS server for HOST that tells the HTTP version it was spoken to in. */
async function secure(hosts: readonly string[] = [HOST], http2 = false): Promise<string> {
  const { cert, key } = authority.issue(hosts);
  const server = http2
    ? createSecureServer({ cert, key, allowHTTP1: true }, (request, response) => response.end(`HTTP/${request.httpVersion}`))
    : createTlsServer({ cert, key }, (request, response) => response.end(`HTTP/${request.httpVersion}`));
  const port = await listen(server);
  closing.push(() => server.close());
  return `https://${HOST}:${port}/a?b=c`;
}

/** A server that does this with each connection. */
async function raw(onConnection: (socket: Socket) => void): Promise<string> {
  const server = createTcpServer((socket) => {
    socket.on('error', () => {});
    closing.push(() => socket.destroy());
    onConnection(socket);
  });
  closing.push(() => server.close());
  return `http://127.0.0.1:${await listen(server)}`;
}

function transport(options: TransportOptions) {
  const made = createTransport({ env: {}, ...options });
  closing.push(() => made.close());
  return {
    get: (url: string, signal = new AbortController().signal) =>
      made.request(url, { method: 'GET', headers: { authorization: 'Bearer key-nobody-may-see' }, signal }),
  };
}

async function fails(url: string, options: TransportOptions, reason: FailureReason, says: RegExp): Promise<void> {
  await assert.rejects(transport(options).get(url), (error) => {
    assert.ok(BacklinkLensError.is(error), String(error));
    assert.equal(error.reason, reason, error.message);
    assert.match(error.message, says);
    const everything = inspect(error, { depth: 20 });
    for (const secret of SECRETS) assert.ok(!everything.includes(secret), 'keeps secrets');
    return true;
  });
}

/** An address with a name and a password in it. */
function withLogin(address: string, user: string, password: string): string {
  return address.replace('://', `://${encodeURIComponent(user)}:${encodeURIComponent(password)}@`);
}

describe('through a real proxy', () => {
  before(() => writeFileSync(caFile, authority.cert));
  after(remove);
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close();
  });

  it('reaches a TLS server by a tunnel that serves many calls, and checks the certificate of the host behind it', async () => {
    const url = await secure();
    const server = await proxy();
    const { get } = transport({ http: { proxy: server.address, caFile } });
    for (let n = 0; n < 8; n++) assert.equal((await get(url)).text, 'HTTP/1.1');
    assert.equal(server.stats.httpRequestCount, 0);
    assert.ok(server.stats.connectRequestCount <= 2, `${server.stats.connectRequestCount} tunnels`);
    await fails(url, { http: { proxy: server.address } }, 'unavailable', /^The certificate of api\.links-service\.com:\d+ was not accepted .*caFile/);
    await fails(
      await secure(['other.links-service.com']),
      { http: { proxy: server.address, caFile } },
      'unavailable',
      /certificate of api\.links-service\.com.*ERR_TLS_CERT_ALTNAME_INVALID/,
    );
  });

  it('hands plain http on without a tunnel', async () => {
    const server = createServer((request, response) => response.end(`${request.headers.host} ${request.url}`));
    const port = await listen(server);
    closing.push(() => server.close());
    const through = await proxy();
    const { text } = await transport({ env: { HTTP_PROXY: through.address } }).get(`http://${HOST}:${port}/x?y=z`);
    assert.equal(text, `${HOST}:${port} /x?y=z`);
    assert.deepEqual([through.stats.connectRequestCount, through.stats.httpRequestCount], [0, 1]);
  });

  it('speaks HTTP/2 through the tunnel where it is offered', async () => {
    const server = await proxy();
    const { get } = transport({ http: { proxy: server.address, caFile } });
    assert.equal((await get(await secure([HOST], true))).text, 'HTTP/2.0');
  });

  describe('that asks for a name and password', () => {
    it('gives those of the address, special characters and all, or those of http.proxyAuthorization', async () => {
      const url = await secure();
      const { address } = await proxy(`${USER}:${PASSWORD}`);
      const right = withLogin(address, USER, PASSWORD);
      const token = `Basic ${Buffer.from(`${USER}:${PASSWORD}`).toString('base64')}`;
      for (const options of [
        { http: { proxy: right, caFile } },
        { http: { caFile }, env: { HTTPS_PROXY: right } },
        { http: { proxy: address, proxyAuthorization: token, caFile } },
        { http: { proxy: withLogin(address, USER, 'old'), proxyAuthorization: token, caFile } },
      ] satisfies TransportOptions[]) {
        assert.equal((await transport(options).get(url)).text, 'HTTP/1.1');
      }
    });

    it('says that they are missing or wrong, and which setting to change, without telling them', async () => {
      const url = await secure();
      const { address } = await proxy(`${USER}:right`);
      const wrong = withLogin(address, USER, PASSWORD);
      const says = (setting: string) =>
        new RegExp(`^The proxy 127\\.0\\.0\\.1:\\d+ before ${HOST}(?::\\d+)? wants a name and password.* ${setting}\\.$`);
      await fails(url, { http: { proxy: address, caFile } }, 'auth', says('http\\.proxy'));
      await fails(url, { http: { proxy: wrong, caFile } }, 'auth', says('http\\.proxy'));
      await fails(url, { env: { HTTPS_PROXY: wrong } }, 'auth', says('HTTPS_PROXY'));
      await fails(`http://${HOST}/`, { env: { http_proxy: wrong } }, 'auth', says('HTTP_PROXY'));
      await fails(url, { http: { proxy: `http://${USER}:50%off@127.0.0.1:3128` } }, 'unavailable', /http\.proxy is no .*special characters/);
    });
  });

  it('over TLS to the proxy itself, if its certificate is right', async () => {
    const url = await secure();
    const { address } = await proxy(null, true);
    assert.equal((await transport({ http: { proxy: address, caFile } }).get(url)).text, 'HTTP/1.1');
    await fails(url, { http: { proxy: address } }, 'unavailable', /UNABLE_TO_VERIFY_LEAF_SIGNATURE/);
    const other = await proxy(null, true, ['proxy.links-service.com']);
    await fails(
      url,
      { http: { proxy: other.address, caFile } },
      'unavailable',
      /certificate of the proxy localhost:\d+ was not accepted \(ERR_TLS_CERT_ALTNAME/,
    );
  });

  it('says that the proxy is not there, by its own name and setting', async () => {
    const url = `https://${HOST}/`;
    const gone = await raw(() => {});
    await closing.splice(-1)[0]?.();
    const host = new URL(gone).host.replaceAll('.', '\\.');
    for (const [options, setting] of [
      [{ http: { proxy: gone } }, 'http\\.proxy'],
      [{ env: { https_proxy: gone } }, 'HTTPS_PROXY'],
      [{ env: { HTTP_PROXY: gone } }, 'HTTP_PROXY'],
    ] as const) {
      await fails(url, options, 'unavailable', new RegExp(`^The proxy ${host} before ${HOST} cannot be reached \\(ECONNREFUSED\\).*${setting}\\.$`));
    }
    await fails(`http://${HOST}/`, { http: { proxy: gone } }, 'unavailable', /^The proxy .* cannot be reached \(ECONNREFUSED\)/);
    await fails(
      url,
      { http: { proxy: 'http://proxy.service.invalid:3128' } },
      'offline',
      /^The proxy proxy\.service\.invalid:3128 before .* cannot be reached/,
    );
  });

  it('gives up on a proxy that takes the connection and says nothing more', async () => {
    const silent = await raw(() => {});
    const http = { proxy: silent };
    await fails(
      `https://${HOST}/`,
      { http, connectTimeout: 300 },
      'timeout',
      /^The proxy 127\.0\.0\.1:\d+ did not reach api\.links-service\.com in time/,
    );
    await fails(`https://${HOST}/`, { http, totalTimeout: 80 }, 'timeout', /within 1 s through the proxy 127\.0\.0\.1:\d+\./);
    await fails(`http://${HOST}/`, { http, totalTimeout: 80 }, 'timeout', /within 1 s through the proxy/);
  }).timeout(10_000);

  it('can be cancelled while the proxy says nothing', async () => {
    const { get } = transport({ http: { proxy: await raw(() => {}) } });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 40);
    await assert.rejects(get(`https://${HOST}/`, controller.signal), isAbort);
  });

  it('never sends what was cancelled before the tunnel stood', async () => {
    let reached = 0;
    const { cert, key } = authority.issue([HOST]);
    const server = createTlsServer({ cert, key }, (_, response) => {
      reached++;
      response.end('there');
    });
    const url = `https://${HOST}:${await listen(server)}/`;
    closing.push(() => server.close());
    const opened = Promise.withResolvers<void>();
    const slow = new ProxyServer({
      port: 0,
      host: '127.0.0.1',
      prepareRequestFunction: async () => {
        await opened.promise;
        return { dnsLookup: toThisMachine as never };
      },
    });
    await slow.listen();
    closing.push(() => slow.close(true));
    const { get } = transport({ http: { proxy: `http://127.0.0.1:${slow.port}`, caFile } });
    const controller = new AbortController();
    const cancelled = get(url, controller.signal);
    setTimeout(() => controller.abort(), 30);
    await assert.rejects(cancelled, isAbort);
    opened.resolve();
    assert.equal((await get(url)).text, 'there');
    assert.equal(reached, 1);
  });

  it('tells a proxy that hangs up, refuses, or talks nonsense', async () => {
    const url = `https://${HOST}/`;
    const answering = (words: string) => raw((socket) => socket.once('data', () => socket.end(words)));
    for (const [words, reason, says] of [
      ['', 'unavailable', /^The proxy 127\.0\.0\.1:\d+ before .* cannot be reached \(UND_ERR_PRX_CONN\)/],
      ['HTTP/1.1 502 Bad Gateway\r\n\r\n', 'unavailable', /^The proxy .* refused the connection to api\.links-service\.com \(502\)/],
      ['HTTP/1.1 403 Forbidden\r\ncontent-length: 4\r\n\r\nwhy?', 'unavailable', /refused the connection .* \(403\)/],
      ['HTTP/1.1 407 Who are you\r\n\r\n', 'auth', /name and password \(407\)/],
      ['220 mail.service.com ESMTP\r\n', 'bad-reply', /damaged or no HTTP/],
      ['HTTP/1.1 200 OK\r\n\r\nno TLS here, whatever you say', 'bad-reply', /damaged or no HTTP \(ERR_SSL_/],
      ['HTTP/1.1 200 OK\r\n\r\n', 'unavailable', /does not answer/],
    ] as const) {
      await fails(url, { http: { proxy: await answering(words) } }, reason, says);
    }
  });

  it('goes on after the proxy was away', async () => {
    const url = await secure();
    const first = await proxy();
    const { get } = transport({ http: { proxy: first.address, caFile } });
    assert.equal((await get(url)).text, 'HTTP/1.1');
    const { port } = first;
    await first.close(true);
    await assert.rejects(get(url), (error) => BacklinkLensError.is(error, 'source.unavailable'));
    const again = new ProxyServer({ port, host: '127.0.0.1', prepareRequestFunction: () => ({ dnsLookup: toThisMachine as never }) });
    await again.listen();
    closing.push(() => again.close(true));
    assert.equal((await get(url)).text, 'HTTP/1.1');
  });
});

after(() => rmSync(folder, { recursive: true, force: true }));
