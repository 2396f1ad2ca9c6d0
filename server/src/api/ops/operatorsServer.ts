/** A listener of its own for those who run the service: figures name keys and their credits, which callers must not see of each other. */
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import { BacklinkLensError } from '../../util/errors.ts';
import type { Operations } from './operations.ts';

/** Milliseconds. */
const PATIENCE = 10_000;
const CONNECTIONS = 50;

export interface OperatorsListener {
  /** As `http://HOST:PORT`. */
  readonly address: string;
  close(): Promise<void>;
}

/**
 * Answers GET `/metrics`, `/healthz` and `/readyz` of whoever reaches the address.
 *
 * @throws BacklinkLensError usage.invalid where it cannot listen there
 */
export async function listenForOperators(
  operations: Pick<Operations, 'metrics' | 'ready'>,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<OperatorsListener> {
  const server = operatorsServer(operations);
  const named = isIP(host) === 6 ? `[${host}]` : host;
  try {
    server.listen({ host, port });
    await once(server, 'listening');
  } catch (cause) {
    throw new BacklinkLensError('usage.invalid', `Could not listen on ${named}:${port}: ${String(cause)}. Choose another --metrics-address.`, {
      cause,
    });
  }
  const bound = server.address();
  return {
    address: `http://${named}:${typeof bound === 'object' && bound !== null ? bound.port : port}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function operatorsServer(operations: Pick<Operations, 'metrics' | 'ready'>): Server {
  const options = { requestTimeout: PATIENCE, headersTimeout: PATIENCE, keepAliveTimeout: PATIENCE };
  const server = createServer(options, (request, reply) => {
    request.resume();
    const [path] = (request.url ?? '').split('?', 1);
    if (request.method !== 'GET' && request.method !== 'HEAD') send(reply, 405, 'text/plain', 'Only GET is answered here.\n', { allow: 'GET, HEAD' });
    else if (path === '/metrics') {
      const { type, text } = operations.metrics();
      send(reply, 200, type, text);
    } else if (path === '/healthz') send(reply, 200, 'application/json', '{"status":"ok"}');
    else if (path === '/readyz') {
      void operations.ready().then(({ status, body }) => send(reply, status, 'application/json', JSON.stringify(body)));
    } else send(reply, 404, 'text/plain', 'There are /metrics, /healthz and /readyz.\n');
  });
  server.maxConnections = CONNECTIONS;
  return server;
}

function send(reply: ServerResponse, status: number, type: string, text: string, headers: Readonly<Record<string, string>> = {}): void {
  reply.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', 'content-length': Buffer.byteLength(text), ...headers }).end(text);
}
