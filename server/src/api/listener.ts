/** The HTTP or HTTPS server under the service, with its limits, and how it comes to rest. */
import { createServer as createHttp, type IncomingMessage } from 'node:http';
import { createServer as createHttps, type Server as SecureServer } from 'node:https';
import { Server as NetServer, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyServerFactory } from 'fastify';
import type { Limits } from './limits.ts';

/** PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** @param certificate null for plain HTTP */
export function listenerFactory(limits: Limits, certificate: Certificate | null): FastifyServerFactory {
  const options = {
    headersTimeout: limits.headers,
    requestTimeout: limits.request,
    keepAliveTimeout: limits.keepAlive,
    connectionsCheckingInterval: limits.check,
  };
  return (handler) => {
    const server =
      certificate === null
        ? createHttp(options, handler)
        : createHttps({ ...options, ...certificate, minVersion: 'TLSv1.2', handshakeTimeout: limits.headers }, handler);
    server.maxConnections = limits.connections;
    server.setTimeout(limits.silence);
    return server;
  };
}

/** Takes a new certificate into use for connections to come; those that are open keep theirs. */
export function renewCertificate(app: FastifyInstance, certificate: Certificate): void {
  (app.server as unknown as SecureServer).setSecureContext({ ...certificate, minVersion: 'TLSv1.2' });
}

/**
 * Makes `app.close()` lose no answer. First nobody new is let in, and each answer says that its connection ends with it: clients that send one
 * request after the other hear it before they are cut off. Then what is idle is closed, and what is in flight is waited for.
 *
 * @param grace milliseconds for clients to hear it
 * @param longest milliseconds after which whatever is left is cut off
 */
export function restGently(app: FastifyInstance, grace: number, longest: number): void {
  const { server } = app;
  const open = new Set<Socket>();
  /** Those that have asked nothing yet: Node takes them for busy. */
  const silent = new Set<Socket>();
  server.on('setSecureContext' in server ? 'secureConnection' : 'connection', (socket: Socket) => {
    open.add(socket);
    silent.add(socket);
    socket.once('close', () => {
      open.delete(socket);
      silent.delete(socket);
    });
  });
  server.on('request', ({ socket }: IncomingMessage) => void silent.delete(socket));
  app.addHook('preClose', async () => {
    if (!server.listening) return;
    const cut = setTimeout(() => server.closeAllConnections(), longest);
    server.once('close', () => clearTimeout(cut));
    // The HTTP server's own close would end idle connections at once, and with them the requests that are just being sent.
    NetServer.prototype.close.call(server);
    const until = performance.now() + grace;
    while (open.size > 0 && performance.now() < until) await wait(10);
    for (const socket of silent) socket.destroy();
  });
}
