/** Replies without end, of every shape: each ends with its reason, and the memory they take stays bounded. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { createServer as createTcpServer, type Socket } from 'node:net';
import type { Writable } from 'node:stream';
import { type BrotliCompress, createBrotliCompress, createGzip, type Gzip } from 'node:zlib';
import { createTransport, type TransportOptions } from '../../../server/src/sources/transport.ts';
import { BacklinkLensError } from '../../../server/src/util/errors.ts';
import type { FailureReason } from '../../../shared/backlinks.ts';
import { listen } from '../../support/listen.ts';

const MB = 1 << 20;
const GIGABYTE = 1 << 30;
const closing: (() => unknown)[] = [];

/** Writes a chunk over and over, as fast as it is taken, up to so many bytes. */
function pour(stream: Writable, chunk: Buffer, bytes: number, onBytes: (bytes: number) => void = () => {}): void {
  let left = bytes;
  const more = () => {
    while (!stream.destroyed && left > 0) {
      left -= chunk.length;
      onBytes(chunk.length);
      if (!stream.write(chunk)) return;
    }
    if (left <= 0 && !stream.writableEnded) stream.end();
  };
  stream.on('drain', more);
  stream.on('error', () => {});
  more();
}

/** A server that begins its reply with these words and then goes on and on with the chunk. */
async function endless(begin: string, chunk: string): Promise<{ readonly url: string; readonly sent: () => number }> {
  let sent = 0;
  const server = createTcpServer((socket: Socket) => {
    closing.push(() => socket.destroy());
    socket.on('error', () => {});
    socket.once('data', () => {
      socket.write(begin);
      pour(socket, Buffer.from(chunk.repeat(Math.ceil(65_536 / chunk.length))), GIGABYTE, (bytes) => {
        sent += bytes;
      });
    });
  });
  closing.push(() => server.close());
  return { url: `http://127.0.0.1:${await listen(server)}/`, sent: () => sent };
}

/** A server whose reply of zeros has a gigabyte unpacked. */
async function bomb(encoding: string, packer: () => BrotliCompress | Gzip): Promise<string> {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-encoding': encoding });
    const packed = packer();
    packed.pipe(response);
    response.on('close', () => packed.destroy());
    pour(packed, Buffer.alloc(MB), GIGABYTE);
  });
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${await listen(server)}/`;
}

/** How a call ends, and by how much the process grew at its peak. */
async function ending(url: string, options: TransportOptions): Promise<{ readonly error: BacklinkLensError; readonly grown: number }> {
  const transport = createTransport({ env: {}, ...options });
  closing.push(() => transport.close());
  const used = () => {
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = used();
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, used());
  }, 2);
  const error: unknown = await transport.request(url, { method: 'GET', signal: new AbortController().signal }).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  clearInterval(watch);
  assert.ok(BacklinkLensError.is(error), String(error));
  return { error, grown: Math.max(peak, used()) - before };
}

describe('replies without end', () => {
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  const OK = 'HTTP/1.1 200 OK\r\n';
  const SHAPES: readonly (readonly [what: string, begin: string, chunk: string, reason: FailureReason, says: RegExp])[] = [
    ['a body of a gigabyte', `${OK}content-length: ${GIGABYTE}\r\n\r\n`, 'x', 'bad-reply', /more than 1024 KB/],
    ['a body without a length', `${OK}connection: close\r\n\r\n`, 'x', 'bad-reply', /more than 1024 KB/],
    ['header fields', OK, 'x-more: y\r\n', 'bad-reply', /damaged/],
    ['one header field', `${OK}x-long: `, 'y', 'bad-reply', /damaged/],
    ['an extension of a chunk', `${OK}transfer-encoding: chunked\r\n\r\n1;`, 'x', 'timeout', /within 1 s/],
    ['trailer fields', `${OK}transfer-encoding: chunked\r\n\r\n0\r\n`, 'x-more: y\r\n', 'bad-reply', /damaged/],
    ['early hints', '', 'HTTP/1.1 103 Early Hints\r\nx: y\r\n\r\n', 'timeout', /within 1 s/],
  ];
  for (const [what, begin, chunk, reason, says] of SHAPES) {
    it(`${what}: ${reason}`, async () => {
      const { url, sent } = await endless(begin, chunk);
      const { error, grown } = await ending(url, { maxBody: MB, ...(reason === 'timeout' ? { totalTimeout: 200 } : {}) });
      assert.deepEqual([error.reason, says.test(error.message)], [reason, true], error.message);
      assert.ok(grown < 160 * MB, `grew by ${Math.round(grown / MB)} MB`);
      if (reason === 'bad-reply') assert.ok(sent() < 64 * MB, `${Math.round(sent() / MB)} MB were taken`);
    }).timeout(10_000);
  }

  it('a gigabyte is left at the largest reply that is taken', async () => {
    const { url, sent } = await endless(`${OK}content-length: ${GIGABYTE}\r\n\r\n`, 'x');
    const { error, grown } = await ending(url, {});
    assert.equal(error.reason, 'bad-reply', error.message);
    assert.ok(grown < 160 * MB, `grew by ${Math.round(grown / MB)} MB`);
    assert.ok(sent() < 100 * MB, `${Math.round(sent() / MB)} MB were taken`);
  }).timeout(10_000);

  it('a body in chunks of a byte takes hardly more memory than its size', async () => {
    const { url } = await endless(`${OK}transfer-encoding: chunked\r\n\r\n`, '1\r\nx\r\n');
    const { error, grown } = await ending(url, { maxBody: MB });
    assert.deepEqual([error.reason, /more than 1024 KB/.test(error.message)], ['bad-reply', true], error.message);
    assert.ok(grown < 96 * MB, `grew by ${Math.round(grown / MB)} MB`);
  }).timeout(20_000);

  for (const [encoding, packer] of [
    ['gzip', () => createGzip({ level: 1 })],
    ['br', () => createBrotliCompress({ params: { 1: 1 } })],
  ] as const) {
    it(`a gigabyte of ${encoding} is left as soon as it has unpacked to too much`, async () => {
      const { error, grown } = await ending(await bomb(encoding, packer), { maxBody: 8 * MB });
      assert.deepEqual([error.reason, /more than 8192 KB/.test(error.message)], ['bad-reply', true], error.message);
      assert.ok(grown < 96 * MB, `grew by ${Math.round(grown / MB)} MB`);
    }).timeout(10_000);
  }
});
