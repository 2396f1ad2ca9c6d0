/** Two ways from a source to the same stand-in: undici's MockAgent, and a real server on this machine. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { MockAgent } from 'undici';
import type { TransportOptions } from '../../server/src/sources/transport.ts';
import { listen } from '../support/listen.ts';
import type { Handler, WireReply, WireRequest } from './world.ts';

/** What the stand-in does: `drips` sends a body a few bytes at a time, `stalls` and `breaks` end in the middle of one. MockAgent has no bodies to cut. */
export type Behaviour = 'answers' | 'drips' | 'hangs' | 'stalls' | 'breaks' | 'endless' | 'down';

export interface Wire {
  /** Base address of the stand-in; over MockAgent every other one is answered, too. */
  readonly address: string;
  /** For the transport that shall reach it. */
  readonly options: TransportOptions;
  /** Everything that was asked, in order. */
  readonly requests: readonly WireRequest[];
  close(): Promise<void>;
}

export type OpenWire = (handler: Handler, behaviour?: Behaviour) => Promise<Wire>;

/** No machine has it: everything is answered in this process, whichever origin is asked. It counts as remote. */
export async function mockWire(handler: Handler, behaviour: Behaviour = 'answers'): Promise<Wire> {
  const address = 'https://api.links-service.com';
  const agent = new MockAgent();
  agent.disableNetConnect();
  const pool = agent.get(() => true);
  const requests: WireRequest[] = [];
  for (const method of ['GET', 'POST']) {
    const intercepted = pool.intercept({ path: () => true, method });
    if (behaviour === 'down' || behaviour === 'breaks') {
      const code = behaviour === 'down' ? 'ECONNREFUSED' : 'ECONNRESET';
      intercepted.replyWithError(Object.assign(new Error(code), { code })).persist();
      continue;
    }
    const scope = intercepted.reply(({ path, headers, body, origin }) => {
      const request = { method, origin: String(origin), path, headers: lowerCase(headers), body: typeof body === 'string' ? body : '' };
      requests.push(request);
      const reply = handler(request);
      const data = behaviour === 'endless' ? 'x'.repeat(2_000_000) : reply.body;
      return { statusCode: reply.status, data, responseOptions: { headers: { ...reply.headers } } };
    });
    if (behaviour === 'hangs' || behaviour === 'stalls') scope.delay(60_000);
    scope.persist();
  }
  return { address, options: { dispatcher: agent, maxBody: 1_000_000 }, requests, close: () => agent.close() };
}

/** A server on a port of its own: on loopback, so it counts as local. */
export async function httpWire(handler: Handler, behaviour: Behaviour = 'answers'): Promise<Wire> {
  const requests: WireRequest[] = [];
  const server = createServer((incoming, response) => {
    void respond(incoming, response, handler, behaviour, requests);
  });
  const port = await listen(server);
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  // The port of a server that was there a moment ago: nothing listens on it.
  if (behaviour === 'down') await close();
  return { address: `http://127.0.0.1:${port}`, options: { maxBody: 1_000_000 }, requests, close };
}

async function respond(
  incoming: IncomingMessage,
  response: ServerResponse,
  handler: Handler,
  behaviour: Behaviour,
  requests: WireRequest[],
): Promise<void> {
  const body = await text(incoming);
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
  const origin = `http://${incoming.headers.host ?? ''}`;
  const request = { method: incoming.method ?? '', origin, path: incoming.url ?? '', headers, body };
  requests.push(request);
  if (behaviour === 'hangs') return;
  const reply = handler(request);
  if (behaviour === 'drips') return drip(response, reply);
  if (behaviour === 'stalls' || behaviour === 'breaks') return sendHalf(response, reply, behaviour);
  response.writeHead(reply.status, reply.headers);
  if (behaviour !== 'endless') response.end(reply.body);
  else pour(response);
}

/** Pieces of seven bytes: none ends where a field, a line or a letter of two bytes has to. */
function drip(response: ServerResponse, reply: WireReply): void {
  const body = Buffer.from(reply.body, 'utf8');
  response.writeHead(reply.status, reply.headers);
  const send = (from: number) => {
    if (from >= body.length) response.end();
    else response.write(body.subarray(from, from + 7), () => setImmediate(send, from + 7));
  };
  send(0);
}

/** Promises the whole body, and goes quiet or away in its middle. */
function sendHalf(response: ServerResponse, reply: WireReply, then: 'stalls' | 'breaks'): void {
  const body = Buffer.from(reply.body, 'utf8');
  response.writeHead(reply.status, { ...reply.headers, 'content-length': String(body.length) });
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => {
    if (then === 'breaks') response.destroy();
  });
}

/** Writes until the other side hangs up. */
function pour(response: ServerResponse): void {
  const chunk = Buffer.alloc(65_536, 120);
  const more = () => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', more);
  response.on('error', () => {});
  more();
}

function lowerCase(headers: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries((headers ?? {}) as Record<string, unknown>).map(([name, value]) => [name.toLowerCase(), String(value)]));
}
