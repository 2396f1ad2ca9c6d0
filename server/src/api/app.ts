/** The HTTP service: the contract's calls on one index. It is put together here; the caller listens and closes. */
import Fastify, { type FastifyInstance } from 'fastify';
import type { BacklinkStore } from '../linkIndex/store.ts';
import type { Log } from '../util/log.ts';
import type { Access } from './access.ts';
import { refuseUnreadable, sendFailure } from './failures.ts';
import { acceptForms } from './form.ts';
import { addCalls } from './routes.ts';
import { addPage } from './web/pageRoutes.ts';

export interface AppParts {
  readonly store: BacklinkStore;
  readonly log: Log;
  readonly access: Access;
  /** Folder of the page for people, as the build left it; null for none. */
  readonly page?: string | null;
}

/** Assembles the service. Every failure leaves in the contract's error shape. */
export function createApp({ store, log, access, page = null }: AppParts): FastifyInstance {
  const app = Fastify({
    bodyLimit: 64 * 1024,
    requestTimeout: 30_000,
    // An old client asks for `/v3/Service.json/?…`.
    routerOptions: { ignoreTrailingSlash: true },
    forceCloseConnections: 'idle',
    frameworkErrors: (error, request, reply) => sendFailure(error, request, reply, log),
    clientErrorHandler: refuseUnreadable,
  });
  app.setErrorHandler((error, request, reply) => sendFailure(error, request, reply, log));
  acceptForms(app);
  access.register(app);
  app.get('/healthz', async () => ({ status: 'ok', generation: (await store.info(AbortSignal.timeout(5_000))).generation }));
  if (page !== null) addPage(app, page);
  addCalls(app, { store, access });
  return app;
}
