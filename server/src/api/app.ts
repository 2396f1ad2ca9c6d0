/** The HTTP service: the contract's calls on one index. It is put together here; the caller listens and closes. */
import Fastify, { type FastifyInstance } from 'fastify';
import type { BacklinkStore } from '../linkIndex/store.ts';
import type { Log } from '../util/log.ts';
import { addMeters, limitAddresses } from './access/rates.ts';
import type { Access } from './access.ts';
import { refuseUnreadable, sendFailure } from './failures.ts';
import { acceptForms } from './form.ts';
import { LIMITS, type Limits } from './limits.ts';
import { type Certificate, listenerFactory } from './listener.ts';
import { type Operations, operations } from './ops/operations.ts';
import { requestIds } from './ops/requestFacts.ts';
import { pagesOf, type WirePages } from './pages.ts';
import { addCalls } from './routes.ts';
import { addPage } from './web/pageRoutes.ts';

export interface AppParts {
  readonly store: BacklinkStore;
  /** Absent: made here, from the store. */
  readonly pages?: WirePages;
  readonly log: Log;
  /** Absent: nobody logs requests, and what is counted ends with the app. */
  readonly operations?: Operations;
  readonly access: Access;
  readonly limits?: Limits;
  /** HTTPS with this one; null for plain HTTP. */
  readonly certificate?: Certificate | null;
  /** Addresses or networks of proxies that may say for whom they ask (X-Forwarded-For); from everybody else that is ignored. */
  readonly proxies?: readonly string[];
  /** Folder of the page for people, as the build left it; null for none. */
  readonly page?: string | null;
}

/** Assembles the service. Every failure leaves in the contract's error shape. */
export function createApp(parts: AppParts): FastifyInstance {
  const { store, pages = pagesOf(store), log, access, limits = LIMITS, certificate = null, proxies = [], page = null } = parts;
  const ops = parts.operations ?? operations({ store, log });
  // What is logged of each request need not be said again of those that failed.
  const failures = ops.logsRequests ? { ...log, info() {} } : log;
  const app = Fastify({
    genReqId: requestIds(),
    bodyLimit: limits.body,
    serverFactory: listenerFactory(limits, certificate),
    trustProxy: proxies.length === 0 ? false : [...proxies],
    // An old client asks for `/v3/Service.json/?…`.
    routerOptions: { ignoreTrailingSlash: true },
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => ops.countUnreadable(sendFailure(error, request, reply, failures)),
    clientErrorHandler: (error, socket) => ops.countUnreadable(refuseUnreadable(error, socket)),
  });
  app.setErrorHandler((error, request, reply) => void sendFailure(error, request, reply, failures));
  ops.register(app);
  if (parts.operations === undefined) app.addHook('onClose', async () => ops.stop());
  acceptForms(app);
  const meters = addMeters(app);
  if (limits.perAddress !== null) limitAddresses(app, meters, limits.perAddress);
  access.register(app, meters);
  if (page !== null) addPage(app, page);
  addCalls(app, { store, pages, access, longest: limits.answer });
  return app;
}
