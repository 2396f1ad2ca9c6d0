/** Downloads: whole files in one piece and in many, from servers that know ranges and from those that do not, and from those that fail. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { download, sizeOnTheWeb } from '../../../../server/src/linkIndex/ingest/inputs/download.ts';
import { lazyNetwork } from '../../../../server/src/linkIndex/ingest/inputs/network.ts';
import { BacklinkLensError } from '../../../../server/src/util/errors.ts';
import { listen } from '../../../support/listen.ts';

const BODY = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * 7919) % 251));
type Answer = (request: IncomingMessage, response: ServerResponse, attempt: number) => void;

/** Sends some bytes and breaks the connection. */
function cut(response: ServerResponse, status: number, headers: Readonly<Record<string, string | number>>, bytes: Buffer): void {
  response.writeHead(status, headers);
  response.write(bytes, () => setTimeout(() => response.destroy(), 20));
}

function rangeStart(request: IncomingMessage): number {
  return Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
}

/** Sends the file in pieces of 100,000 bytes, each ended by a broken connection, to whoever asks for the rest. */
const withRanges: Answer = (request, response) => {
  const start = rangeStart(request);
  const headers = { etag: '"v1"', 'content-length': BODY.length - start };
  const range = start > 0 ? { 'content-range': `bytes ${start}-${BODY.length - 1}/${BODY.length}` } : {};
  cut(response, start > 0 ? 206 : 200, { ...headers, ...range }, BODY.subarray(start, start + 100_000));
};

describe('inputs: downloads', function () {
  this.timeout(20_000);
  const network = lazyNetwork(undefined);
  const closing: (() => void)[] = [];
  after(async () => {
    for (const close of closing) close();
    await network.close();
  });

  async function serve(answer: Answer): Promise<{ url: string; requests: IncomingMessage[] }> {
    const requests: IncomingMessage[] = [];
    const server = createServer((request, response) => answer(request, response, requests.push(request)));
    const port = await listen(server);
    closing.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return { url: `http://127.0.0.1:${port}/x.warc.gz`, requests };
  }

  async function fetched(url: string, signal = new AbortController().signal): Promise<{ bytes: Buffer; sizes: number[] }> {
    const sizes: number[] = [];
    const pieces: Buffer[] = [];
    for await (const piece of download(url, signal, { http: await network.open(), patience: 1, onSize: (size) => sizes.push(size) }))
      pieces.push(piece);
    return { bytes: Buffer.concat(pieces), sizes };
  }

  const served: readonly (readonly [what: string, answer: Answer, requests: number])[] = [
    ['in one piece', (_, response) => response.writeHead(200, { 'content-length': BODY.length }).end(BODY), 1],
    ['of a size that nobody says', (_, response) => response.writeHead(200).end(BODY), 1],
    ['from where the connection broke, again and again', withRanges, 3],
    [
      'from a server without ranges: again from the start, each byte once',
      (_, response, attempt) =>
        attempt < 3
          ? cut(response, 200, { 'content-length': BODY.length, etag: '"v1"' }, BODY.subarray(0, 90_000 * attempt))
          : response.writeHead(200, { 'content-length': BODY.length, etag: '"v1"' }).end(BODY),
      3,
    ],
    [
      'from a server that is busy at first',
      (_, response, attempt) =>
        attempt < 3
          ? response.writeHead(503, { 'retry-after': '0' }).end('busy')
          : response.writeHead(200, { 'content-length': BODY.length }).end(BODY),
      3,
    ],
    [
      'through redirects',
      (request, response) =>
        request.url === '/there'
          ? response.writeHead(200, { 'content-length': BODY.length }).end(BODY)
          : response.writeHead(302, { location: '/there' }).end(),
      2,
    ],
  ];
  for (const [what, answer, count] of served) {
    it(`gets a file ${what}`, async () => {
      const { url, requests } = await serve(answer);
      const { bytes, sizes } = await fetched(url);
      assert.equal(createHash('sha256').update(bytes).digest('hex'), createHash('sha256').update(BODY).digest('hex'));
      assert.equal(requests.length, count);
      assert.deepEqual(sizes, what.includes('nobody says') ? [] : [BODY.length]);
    });
  }

  it('asks for the rest of the version it began with', async () => {
    const { url, requests } = await serve(withRanges);
    await fetched(url);
    assert.deepEqual(
      requests.map(({ headers }) => [headers.range, headers['if-range'], headers['accept-encoding']]),
      [
        [undefined, undefined, 'identity'],
        ['bytes=100000-', '"v1"', 'identity'],
        ['bytes=200000-', '"v1"', 'identity'],
      ],
    );
  });

  const failing: readonly (readonly [what: string, answer: Answer, message: RegExp])[] = [
    ['is not there', (_, response) => response.writeHead(404).end(), /x\.warc\.gz could not be fetched: the server answered 404/],
    ['is forbidden', (_, response) => response.writeHead(403).end(), /answered 403/],
    [
      'becomes another one on the way',
      (_, response, attempt) => cut(response, 200, { 'content-length': BODY.length, etag: `"v${attempt}"` }, BODY.subarray(0, 1000)),
      /changed on the server/,
    ],
    [
      'becomes shorter on the way',
      (request, response) =>
        rangeStart(request) > 0
          ? response.writeHead(416, { 'content-range': 'bytes */500' }).end()
          : cut(response, 200, { 'content-length': BODY.length }, BODY.subarray(0, 1000)),
      /changed on the server/,
    ],
    [
      'comes from another place than asked for',
      (request, response) =>
        rangeStart(request) > 0
          ? response.writeHead(206, { 'content-range': `bytes 5-10/${BODY.length}` }).end('wrong!')
          : cut(response, 200, { 'content-length': BODY.length }, BODY.subarray(0, 1000)),
      /changed on the server/,
    ],
    [
      'never goes on',
      (request, response) =>
        rangeStart(request) > 0 ? response.destroy() : cut(response, 200, { 'content-length': BODY.length }, BODY.subarray(0, 1000)),
      /could not be fetched: .*after 1,000 bytes/,
    ],
    ['comes from a server that stays busy', (_, response) => response.writeHead(500, { 'retry-after': '0' }).end(), /the server answered 500/],
  ];
  for (const [what, answer, message] of failing) {
    it(`says that a file ${what}`, async () => {
      const { url } = await serve(answer);
      await assert.rejects(fetched(url), (error) => {
        assert.ok(BacklinkLensError.is(error, 'input.unreadable'), String(error));
        assert.match(error.message, message);
        return true;
      });
    });
  }

  it('stops at an abort, while bytes come and while it waits for them', async () => {
    for (const answer of [withRanges, (_: IncomingMessage, response: ServerResponse) => void response.writeHead(200).write('x')] as const) {
      const { url } = await serve(answer);
      const abort = new AbortController();
      const reading = fetched(url, abort.signal);
      setTimeout(() => abort.abort(), 30);
      await assert.rejects(reading, { name: 'AbortError' });
    }
  });

  it('stops at an abort while the connection does not stand yet', async () => {
    const silent = createTcpServer((socket) => {
      socket.on('error', () => {});
      closing.push(() => socket.destroy());
    });
    const url = `https://127.0.0.1:${await listen(silent)}/x.warc.gz`;
    closing.push(() => silent.close());
    const abort = new AbortController();
    const asked = [fetched(url, abort.signal), sizeOnTheWeb(url, abort.signal, await network.open())];
    setTimeout(() => abort.abort(), 30);
    for (const call of asked) await assert.rejects(call, { name: 'AbortError' });
  }).timeout(5_000);

  it('ends the connection when whoever reads has enough', async () => {
    let closed = false;
    const { url } = await serve((_, response) => {
      response.on('close', () => {
        closed = true;
      });
      response.writeHead(200).write(BODY);
    });
    for await (const _ of download(url, new AbortController().signal, { http: await network.open() })) break;
    while (!closed) await new Promise((resolve) => setTimeout(resolve, 5));
  });

  it('sends user and password to the server they belong to, and nowhere else', async () => {
    const other = await serve((_, response) => response.end('x'));
    const { url, requests } = await serve((_, response) => response.writeHead(302, { location: other.url.replace('127.0.0.1', 'localhost') }).end());
    await fetched(url.replace('http://', 'http://ada:love%20lace@'));
    assert.equal(requests[0]?.headers.authorization, `Basic ${Buffer.from('ada:love lace').toString('base64')}`);
    assert.equal(other.requests[0]?.headers.authorization, undefined);
  });

  it('asks for a size without fetching', async () => {
    const { url, requests } = await serve((request, response) =>
      request.url === '/none' ? response.writeHead(404).end() : response.writeHead(200, { 'content-length': BODY.length }).end(),
    );
    const http = await network.open();
    const { signal } = new AbortController();
    assert.equal(await sizeOnTheWeb(url, signal, http), BODY.length);
    assert.equal(await sizeOnTheWeb(new URL('/none', url).href, signal, http), null);
    assert.equal(await sizeOnTheWeb('http://127.0.0.1:9/x', signal, http), null);
    assert.deepEqual(
      requests.map(({ method }) => method),
      ['HEAD', 'HEAD'],
    );
  });
});
