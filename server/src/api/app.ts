/** The HTTP service: the contract's calls on one index. It is put together here; the caller listens and closes. */
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { BacklinkStore } from '../linkIndex/store.ts';
import type { Log } from '../util/log.ts';
import { type Access, paying } from './access.ts';
import { GENERATION_HEADER, WIRE_ERRORS } from './contract.ts';
import { pathOf, refuseUnreadable, sendFailure } from './failures.ts';
import { acceptForms } from './form.ts';
import { LISTS } from './lists/lists.ts';
import { RefusedRequest } from './refused.ts';
import type { Service } from './service.ts';
import { SERVICES } from './services.ts';
import { readBatch, summariesReply } from './summaries.ts';

export interface AppParts {
  readonly store: BacklinkStore;
  readonly log: Log;
  readonly access: Access;
}

/** Bytes: 1,000 targets of the longest permitted URL. */
const LARGEST_BATCH = 5 * 1024 * 1024;

/** Assembles the service. Every failure leaves in the contract's error shape. */
export function createApp({ store, log, access }: AppParts): FastifyInstance {
  const app = Fastify({
    bodyLimit: 64 * 1024,
    requestTimeout: 30_000,
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: 'idle',
    frameworkErrors: (error, request, reply) => sendFailure(error, request, reply, log),
    clientErrorHandler: refuseUnreadable,
  });
  app.setErrorHandler((error, request, reply) => sendFailure(error, request, reply, log));
  app.setNotFoundHandler((request) => {
    throw unknownService(pathOf(request.url));
  });
  acceptForms(app);
  access.register(app);
  app.get('/healthz', async () => ({ status: 'ok', generation: (await store.info(AbortSignal.timeout(5_000))).generation }));
  app.post('/v3/links/summaries', { bodyLimit: LARGEST_BATCH }, async (request, reply) => {
    const batch = readBatch(request.body);
    return paying(access, request, batch.credits, async ({ balance }) => ({ ...(await summariesReply(store, batch, gone(reply))), balance }));
  });
  const answer = async (service: Service, request: Asked, reply: FastifyReply) => {
    const { name, credits = 1 } = service;
    return paying(access, request, credits, async ({ balance }) => {
      const before = balance === null ? null : balance + credits;
      const { body, generation } = await service.answer({ service: name, parameters: request.query, store, balance: before, signal: gone(reply) });
      if (generation !== null) reply.header(GENERATION_HEADER, generation);
      return { ...body, balance };
    });
  };
  for (const [prefix, services] of [
    ['', SERVICES],
    ['links/', LISTS],
  ] as const) {
    app.all<Asking>(`/v3/${prefix}:service`, async (request, reply) => answer(serviceOf(services, prefix, request, reply), request, reply));
  }
  return app;
}

interface Asking {
  readonly Params: { service: string };
  readonly Querystring: Record<string, unknown>;
}

type Asked = FastifyRequest<Asking>;

function serviceOf(services: ReadonlyMap<string, Service>, prefix: string, request: Asked, reply: FastifyReply): Service {
  const name = request.params.service.replace(/\.json$/, '');
  const service = services.get(name);
  if (service === undefined) throw unknownService(`${prefix}${name}`);
  if (request.method === service.method) return service;
  reply.header('allow', service.method);
  throw new RefusedRequest(405, WIRE_ERRORS.methodNotAllowed, `Service "${prefix}${name}" is called by ${service.method}`);
}

function unknownService(name: string): RefusedRequest {
  return new RefusedRequest(404, WIRE_ERRORS.unknownService, `Unknown Service "${name}"`);
}

/** Aborts when the caller has gone, so that nobody waits for rows that nobody reads. */
function gone(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => controller.abort());
  return controller.signal;
}
