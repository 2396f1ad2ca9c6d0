/**
 * The HTTP service: the contract's calls on one index. For now it is open, that is without keys, and so it listens on loopback only and
 * answers only requests that name a loopback host (a web page must not reach it by pointing its own name at 127.0.0.1).
 */
import type { Socket } from 'node:net';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { isLoopbackHost } from '../../../shared/loopback.ts';
import type { BacklinkStore } from '../linkIndex/store.ts';
import type { Log } from '../util/log.ts';
import { GENERATION_HEADER, toWireList, toWireValue, WIRE_ERRORS, type WireError } from './contract.ts';
import { RefusedRequest, readListParameters, readTarget } from './parameters.ts';
import { summariesReply } from './summaries.ts';

export interface AppParts {
  readonly store: BacklinkStore;
  readonly log: Log;
}

interface Call {
  readonly service: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal;
  readonly reply: FastifyReply;
}

/** Bytes: 1,000 targets of the longest permitted URL. */
const LARGEST_BATCH = 5 * 1024 * 1024;

type Service = (store: BacklinkStore, call: Call) => Promise<unknown>;

const SERVICES: Readonly<Record<string, Service>> = { ResearchLinksGetListBacklinks: listBacklinks, ResearchLinksGetValuePageStrength: pageStrength };

/** Assembles the service; the caller listens and closes. Every failure leaves in the contract's error shape. */
export function createApp({ store, log }: AppParts): FastifyInstance {
  const app = Fastify({
    bodyLimit: 64 * 1024,
    requestTimeout: 30_000,
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: 'idle',
    frameworkErrors: (error, request, reply) => sendError(error, request, reply, log),
    clientErrorHandler: refuseUnreadable,
  });
  app.addHook('onRequest', async (request) => refuseForeignHosts(request.headers.host));
  app.setErrorHandler((error, request, reply) => sendError(error, request, reply, log));
  app.setNotFoundHandler((request) => {
    throw new RefusedRequest(404, WIRE_ERRORS.unknownService, `Unknown Service "${pathOf(request.url)}"`);
  });
  app.get('/healthz', async () => ({ status: 'ok', generation: (await store.info(AbortSignal.timeout(5_000))).generation }));
  app.post('/v3/links/summaries', { bodyLimit: LARGEST_BATCH }, async (request, reply) => summariesReply(store, request.body, gone(reply)));
  app.all<{ Params: { service: string }; Querystring: Record<string, unknown> }>('/v3/:service', async (request, reply) => {
    const service = request.params.service.replace(/\.json$/, '');
    const run = Object.hasOwn(SERVICES, service) ? SERVICES[service] : undefined;
    if (run === undefined) throw new RefusedRequest(404, WIRE_ERRORS.unknownService, `Unknown Service "${service}"`);
    if (request.method !== 'GET') throw methodNotAllowed(service, reply);
    return run(store, { service, query: request.query, signal: gone(reply), reply });
  });
  return app;
}

async function listBacklinks(store: BacklinkStore, { service, query, signal, reply }: Call): Promise<unknown> {
  const started = performance.now();
  const page = await store.rows(readListParameters(service, query), signal);
  if (page.generation !== null) reply.header(GENERATION_HEADER, page.generation);
  return toWireList(page.rows, page.total, performance.now() - started);
}

async function pageStrength(store: BacklinkStore, { service, query, signal }: Call): Promise<unknown> {
  const value = await store.strength(readTarget(service, query), signal);
  return toWireValue(value);
}

function methodNotAllowed(service: string, reply: FastifyReply): RefusedRequest {
  reply.header('allow', 'GET');
  return new RefusedRequest(405, WIRE_ERRORS.methodNotAllowed, `Service "${service}" is called by GET`);
}

function refuseForeignHosts(host: string | undefined): void {
  if (host !== undefined && isLoopbackHost(host.replace(/:\d+$/, '').toLowerCase())) return;
  throw new RefusedRequest(
    403,
    WIRE_ERRORS.badRequest,
    'This service is open and answers on the loopback address only; call it as http://127.0.0.1:PORT',
  );
}

/** The status and code are logged for everybody, what was asked only at debug level: it may hold a URL. */
function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply, log: Log): void {
  const { status, body } = toWireError(error);
  const line = `${request.method} ${pathOf(request.url)} ${status} ${body.error}`;
  if (status < 500) log.info(line);
  else log.error(`${line}: ${error instanceof Error ? error.message : String(error)}`);
  log.debug(`${line}: ${body.error_message}`);
  void reply.code(status).send(body);
}

/** What is no HTTP, or has headers of more than Node's 16 KB, never becomes a request: it is answered on the bare socket. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  const [status, body] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? ['431 Request Header Fields Too Large', toWireError({ statusCode: 413 }).body]
      : ['400 Bad Request', toWireError({ statusCode: 400 }).body];
  const text = JSON.stringify(body);
  if (socket.writable)
    socket.end(`HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${text.length}\r\nconnection: close\r\n\r\n${text}`);
}

function toWireError(error: unknown): { status: number; body: WireError } {
  if (error instanceof RefusedRequest) return { status: error.status, body: { error: error.code, error_message: error.message } };
  const status =
    typeof error === 'object' && error !== null && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
  if (status === 413) return { status, body: { error: WIRE_ERRORS.tooLarge, error_message: 'The request is too large.' } };
  if (status < 500) return { status, body: { error: WIRE_ERRORS.badRequest, error_message: 'The request could not be read.' } };
  return { status: 503, body: { error: WIRE_ERRORS.unavailable, error_message: 'The index could not be read; the log of this service tells why.' } };
}

/** Aborts when the caller has gone, so that nobody waits for rows that nobody reads. */
function gone(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => controller.abort());
  return controller.signal;
}

function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? '';
}
