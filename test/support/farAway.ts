/**
 * A vendor's stand-in under the vendor's own name: HTTPS by an authority of ours, behind a proxy on this machine. To the program it is as far away
 * as the real one, and its network can be pulled.
 */
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { text } from 'node:stream/consumers';
import type { Handler, WireRequest } from '../source/world.ts';
import { makeAuthority } from './certificates.ts';
import { listen } from './listen.ts';

export interface FarAway {
  /** Everything that was asked, in order. */
  readonly asked: WireRequest[];
  /** Address of the proxy that leads there, and nowhere else. */
  readonly proxy: string;
  /** PEM of the authority that has to be trusted. */
  readonly authority: string;
  /** From now on nothing gets through, and what stood is cut. */
  pull(): void;
  plug(): void;
  close(): void;
}

/** @param host whose place is taken */
export async function farAway(host: string, handler: Handler): Promise<FarAway> {
  const asked: WireRequest[] = [];
  const authority = makeAuthority();
  const server = https.createServer(authority.issue([host]), (incoming, response) => {
    void text(incoming).then((body) => {
      const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
      const request = { method: incoming.method ?? '', origin: `https://${host}`, path: incoming.url ?? '', headers, body };
      asked.push(request);
      const reply = handler(request);
      response.writeHead(reply.status, reply.headers).end(reply.body);
    });
  });
  const port = await listen(server);
  const open = new Set<net.Socket>();
  let pulled = false;
  const proxy = http.createServer((_request, response) => response.writeHead(502).end());
  proxy.on('connect', (request: http.IncomingMessage, socket: net.Socket, head: Buffer) => {
    if (pulled) return void socket.destroy();
    if (request.url !== `${host}:443`) return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    open.add(socket);
    const onward = net.connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
    socket.on('close', () => {
      open.delete(socket);
      onward.destroy();
    });
  });
  const proxyPort = await listen(proxy);
  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    asked,
    proxy: `http://127.0.0.1:${proxyPort}`,
    authority: authority.cert,
    pull() {
      pulled = true;
      cut();
    },
    plug() {
      pulled = false;
    },
    close() {
      cut();
      for (const one of [proxy, server]) {
        one.closeAllConnections();
        one.close();
      }
    },
  };
}
