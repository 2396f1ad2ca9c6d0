/** Slow, silent and numerous clients, proxies and certificates: what the listener does about them. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { connect as connectSecurely } from 'node:tls';
import Fastify, { type FastifyInstance } from 'fastify';
import { openAccess } from '../../../server/src/api/access.ts';
import { createApp } from '../../../server/src/api/app.ts';
import { LIMITS, type Limits } from '../../../server/src/api/limits.ts';
import { listenerFactory, renewCertificate, restGently } from '../../../server/src/api/listener.ts';
import type { BacklinkStore } from '../../../server/src/linkIndex/store.ts';
import { silentLog } from '../../../server/src/util/log.ts';
import { makeAuthority } from '../../support/certificates.ts';
import { type Keyed, startKeyed } from './keyed.ts';

const QUICK = { headers: 300, request: 600, silence: 500, keepAlive: 400, check: 50 };

/** A bare service on the real listener: what it does to connections is the same whatever the calls are. */
async function bare(limits: Partial<Limits>, add: (app: FastifyInstance) => void): Promise<{ app: FastifyInstance; port: number }> {
  const app = Fastify({ serverFactory: listenerFactory({ ...LIMITS, ...limits }, null), forceCloseConnections: 'idle', return503OnClosing: false });
  add(app);
  await app.listen({ host: '127.0.0.1', port: 0 });
  return { app, port: (app.server.address() as { port: number }).port };
}

interface Client {
  readonly socket: Socket;
  readonly text: () => string;
  readonly closed: Promise<unknown>;
}

function client(port: number): Client {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.setEncoding('utf8').on('data', (more: string) => {
    text += more;
  });
  socket.on('error', () => {});
  return { socket, text: () => text, closed: new Promise((resolve) => socket.once('close', resolve)) };
}

describe('service: slow clients are closed', () => {
  let app: FastifyInstance;
  let port: number;
  before(async () => {
    ({ app, port } = await bare(QUICK, (service) => {
      service.get('/', async () => 'fine');
      service.post('/', async () => 'fine');
      service.get('/much', async () => 'x'.repeat(20_000_000));
    }));
  });
  after(async () => {
    app.server.closeAllConnections();
    await app.close();
  });

  const cases: readonly (readonly [string, string, RegExp])[] = [
    ['that say nothing', '', /^(?:HTTP\/1\.1 408 |$)/],
    ['that do not end their first line', 'GET /', /^(?:HTTP\/1\.1 408 |$)/],
    ['that do not end their headers', 'GET / HTTP/1.1\r\nHost: a\r\n', /^HTTP\/1\.1 408 /],
    [
      'that do not send their body',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
      /^(?:HTTP\/1\.1 408 |$)/,
    ],
    ['that ask nothing more', 'GET / HTTP/1.1\r\nHost: a\r\n\r\n', /^HTTP\/1\.1 200 [\s\S]*fine$/],
  ];
  for (const [what, sent, answer] of cases) {
    it(what, async () => {
      const one = client(port);
      one.socket.write(sent);
      await one.closed;
      assert.match(one.text(), answer);
    });
  }

  for (const [what, start] of [
    ['headers', 'GET / HTTP/1.1\r\nHost: a\r\n'],
    ['a body', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{'],
  ] as const) {
    it(`that drip ${what} byte by byte`, async () => {
      const one = client(port);
      one.socket.write(start);
      let over = false;
      void one.closed.then(() => {
        over = true;
      });
      while (!over) {
        one.socket.write('x');
        await wait(20);
      }
    });
  }

  it('that do not read what they asked for', async () => {
    const one = client(port);
    one.socket.pause();
    one.socket.write('GET /much HTTP/1.1\r\nHost: a\r\n\r\n');
    const [onServer] = (await once(app.server, 'request')) as [{ readonly socket: Socket }];
    await once(onServer.socket, 'close');
    one.socket.destroy();
  });

  it('beyond the number that may be connected', async () => {
    const { app: small, port: at } = await bare({ ...QUICK, keepAlive: 5_000, silence: 5_000, connections: 2 }, (service) => {
      service.get('/', async () => 'fine');
    });
    const [one, two] = [client(at), client(at)];
    for (const { socket } of [one, two]) socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    while (![one, two].every(({ text }) => text().endsWith('fine'))) await wait(5);
    const three = client(at);
    three.socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await three.closed;
    assert.equal(three.text(), '');
    for (const { socket } of [one, two]) socket.destroy();
    await small.close();
  });
});

describe('service: what is no request', () => {
  const cases: readonly (readonly [string, string, RegExp])[] = [
    ['headers of 20 KB', `GET /v3/token HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, /^HTTP\/1\.1 431 [\s\S]*"error":4001008/],
    ['a header name with a line feed', 'GET /v3/token HTTP/1.1\r\nHost: a\r\nX\nY: 1\r\n\r\n', /^HTTP\/1\.1 400 [\s\S]*"error":4001007/],
    ['two lengths', 'POST /v3/token HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab', /^HTTP\/1\.1 400 /],
    [
      'a length and chunks',
      'POST /v3/token HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      /^HTTP\/1\.1 400 /,
    ],
    ['no HTTP', '\u0016\u0003\u0001\u0000', /^HTTP\/1\.1 400 /],
    ['no host', 'GET /v3/token HTTP/1.1\r\n\r\n', /^HTTP\/1\.1 400 /],
    [
      'two Authorization headers',
      'POST /v3/token HTTP/1.1\r\nHost: a\r\nAuthorization: Basic eA==\r\nAuthorization: Basic eQ==\r\nContent-Length: 0\r\n\r\n',
      /^HTTP\/1\.1 400 /,
    ],
    [
      'a line break in what is asked for: the answer has no header of it',
      'GET /v3/a%0d%0aX-Evil:%201 HTTP/1.1\r\nHost: a\r\n\r\n',
      /^HTTP\/1\.1 404 (?![\s\S]*\r\nX-Evil)/i,
    ],
  ];
  let service: Keyed;
  before(async () => {
    service = await startKeyed();
  });
  after(() => service.close());
  for (const [what, sent, answer] of cases) {
    it(what, async () => {
      const one = client(service.port);
      one.socket.write(sent, 'latin1');
      while (one.text() === '') await wait(5);
      assert.match(one.text(), answer);
      one.socket.destroy();
    });
  }
});

describe('service: a call that takes too long', () => {
  it('is given up, with 503 and its credits back; one that its caller gives up as well', async () => {
    let aborted = 0;
    const endless: BacklinkStore['summaries'] = (_targets, signal) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          aborted++;
          reject(signal.reason);
        });
      });
    const service = await startKeyed({ limits: { answer: 200 }, summaries: () => endless });
    const token = await service.tokenFor(service.addKey('team', 5));
    const asked = {
      method: 'POST',
      body: '{"targets":["a.example"]}',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    };
    const { status, body, headers } = await service.call('/v3/links/summaries', asked);
    assert.deepEqual([status, body['error'], headers.get('retry-after')], [503, 5001003, '10']);
    assert.match(String(body['error_message']), /longer than 0\.2 s/);
    assert.equal(service.keys.list()[0]?.spent, 0);
    await assert.rejects(service.call('/v3/links/summaries', { ...asked, signal: AbortSignal.timeout(50) }));
    while (aborted < 2 || service.keys.list()[0]?.spent !== 0) await wait(5);
    await service.close();
  });
});

describe('service: the end', () => {
  it('answers what is in flight, and tells connections that they end; nobody new is let in', async () => {
    let finish = () => {};
    const { app, port } = await bare(LIMITS, (service) => {
      service.get(
        '/slow',
        () =>
          new Promise((resolve) => {
            finish = () => resolve('slow');
          }),
      );
      service.get('/quick', async () => 'quick');
      restGently(service, 300, 5_000);
    });
    const [slow, quick, idle, silent] = [client(port), client(port), client(port), client(port)];
    for (const one of [quick, idle]) one.socket.write('GET /quick HTTP/1.1\r\nHost: a\r\n\r\n');
    slow.socket.write('GET /slow HTTP/1.1\r\nHost: a\r\n\r\n');
    while (!quick.text().endsWith('quick') || !idle.text().endsWith('quick')) await wait(5);
    const closing = app.close();
    await wait(30);
    // A request on a connection that was open already is still answered, and ends it.
    quick.socket.write('GET /quick HTTP/1.1\r\nHost: a\r\n\r\n');
    await quick.closed;
    assert.match(quick.text(), /connection: keep-alive[\s\S]*quickHTTP\/1\.1 200 [\s\S]*connection: close[\s\S]*quick$/i);
    const late = client(port);
    await late.closed;
    assert.equal(late.text(), '');
    await Promise.all([idle.closed, silent.closed]);
    finish();
    await slow.closed;
    assert.match(slow.text(), /^HTTP\/1\.1 200 [\s\S]*slow$/);
    await closing;
  });

  it('is not put off for ever by a call that does not end', async () => {
    const { app, port } = await bare(LIMITS, (service) => {
      service.get('/', () => new Promise(() => {}));
      restGently(service, 10, 200);
    });
    const one = client(port);
    one.socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await wait(50);
    await Promise.all([app.close(), one.closed]);
    assert.equal(one.text(), '');
  });
});

describe('service: HTTPS', () => {
  it('answers over TLS 1.2 and newer, and takes a new certificate into use while it runs', async () => {
    const authority = makeAuthority();
    const [first, second] = [authority.issue(['127.0.0.1']), authority.issue(['127.0.0.1'])];
    const store = { info: async () => ({ generation: 'g' }) } as unknown as BacklinkStore;
    const app = createApp({ store, log: silentLog, access: openAccess(), certificate: first });
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as { port: number };
    async function serial(): Promise<string> {
      const socket = connectSecurely({ port, host: '127.0.0.1', ca: authority.cert });
      await once(socket, 'secureConnect');
      const { serialNumber } = socket.getPeerCertificate();
      socket.write('GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n');
      let text = '';
      for await (const chunk of socket.setEncoding('utf8')) text += chunk;
      assert.match(text, /^HTTP\/1\.1 200 /);
      return serialNumber;
    }
    const before = await serial();
    renewCertificate(app, second);
    assert.notEqual(await serial(), before);
    const old = connectSecurely({
      port,
      host: '127.0.0.1',
      ca: authority.cert,
      maxVersion: 'TLSv1.1',
      minVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    const [error] = (await once(old, 'error')) as [Error];
    assert.match(error.message, /version|protocol|alert/i);
    await app.close();
  });
});
