/** A listener of its own for those who run the service: figures name keys and their credits, which callers must not see of each other. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { Operations } from './operations.ts';

/** Milliseconds. */
const PATIENCE = 10_000;

/** Answers GET `/metrics`, `/healthz` and `/readyz`; the caller listens and closes. */
export function operatorsServer(operations: Pick<Operations, 'metrics' | 'ready'>): Server {
  const server = createServer({ requestTimeout: PATIENCE, headersTimeout: PATIENCE, keepAliveTimeout: PATIENCE }, (request, reply) => {
    request.resume();
    const [path] = (request.url ?? '').split('?', 1);
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return send(reply, 405, 'text/plain', 'Only GET is answered here.\n', { allow: 'GET' });
    if (path === '/metrics') {
      const { type, text } = operations.metrics();
      return send(reply, 200, type, text);
    }
    if (path === '/healthz') return send(reply, 200, 'application/json', '{"status":"ok"}');
    if (path !== '/readyz') return send(reply, 404, 'text/plain', 'There are /metrics, /healthz and /readyz.\n');
    void operations.ready().then(({ status, body }) => send(reply, status, 'application/json', JSON.stringify(body)));
  });
  server.maxConnections = 50;
  return server;
}

function send(reply: ServerResponse, status: number, type: string, text: string, headers: Readonly<Record<string, string>> = {}): void {
  reply.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', 'content-length': Buffer.byteLength(text), ...headers }).end(text);
}
