/** A server on this machine that can be unplugged and plugged in again, and counts; a source asks it under an address that no machine has. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { createTransport, type Transport } from '../../server/src/sources/transport.ts';
import { listen } from '../support/listen.ts';
import type { Handler, WireRequest } from './world.ts';

/** Where the source believes it sends to: another machine. */
export const FAR = 'https://api.links-service.com';

export interface Plug {
  readonly transport: Transport;
  /** Everything that was answered. */
  readonly answered: readonly WireRequest[];
  /** Bytes of the answered requests: path and query, and body. */
  bytes(): number;
  /** Nobody listens any more; what is under way breaks. */
  pull(): Promise<void>;
  restore(): Promise<void>;
  close(): Promise<void>;
}

/** @param before called with each request, before it is answered; what it gives is waited for, and false leaves the request without an answer */
export async function plugIn(handler: Handler, before: (request: WireRequest) => Promise<boolean> | boolean = () => true): Promise<Plug> {
  const answered: WireRequest[] = [];
  async function respond(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(incoming);
    const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
    const request: WireRequest = { method: incoming.method ?? '', origin: FAR, path: incoming.url ?? '', headers, body };
    if (!(await before(request))) {
      response.destroy();
      return;
    }
    const reply = handler(request);
    answered.push(request);
    response.writeHead(reply.status, reply.headers).end(reply.body);
  }

  const make = (): Server => createServer((incoming, response) => void respond(incoming, response));
  let server = make();
  const port = await listen(server);
  const inner = createTransport({ env: {} });
  const pull = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return {
    transport: {
      request: (url, request) => inner.request(url.replace(FAR, `http://127.0.0.1:${port}`), request),
      close: () => inner.close(),
    },
    answered,
    bytes: () => answered.reduce((sum, { path, body }) => sum + Buffer.byteLength(path) + Buffer.byteLength(body), 0),
    pull,
    restore: () =>
      new Promise<void>((resolve) => {
        server = make();
        server.listen(port, '127.0.0.1', resolve);
      }),
    async close() {
      await pull();
      await inner.close();
    },
  };
}
