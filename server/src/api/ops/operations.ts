/** What operators see of a running service: its health, its figures and its log. Put together once a process. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { BacklinkStore } from '../../linkIndex/store.ts';
import { type Clock, systemClock } from '../../util/clock.ts';
import type { Log } from '../../util/log.ts';
import { version } from '../../util/version.ts';
import { EXPOSITION_TYPE, expose } from './exposition.ts';
import { type Readiness, readiness } from './health.ts';
import { indexFamilies } from './indexFigures.ts';
import { IndexWatch } from './indexWatch.ts';
import { processFigures } from './processFigures.ts';
import { keepFacts } from './requestFacts.ts';
import { CALLER_GONE, RequestFigures } from './requestFigures.ts';
import type { RequestLog } from './requestLog.ts';

export interface OperationsParts {
  readonly store: Pick<BacklinkStore, 'info'>;
  readonly log: Log;
  /** Absent: requests are counted, not logged one by one. */
  readonly requests?: RequestLog | undefined;
  readonly clock?: Clock;
}

export interface Operations {
  /** True where each request is logged, so that nobody else needs to. */
  readonly logsRequests: boolean;
  /** Counts and logs what the app answers, numbers its requests, and adds `/healthz` and `/readyz`. */
  register(app: FastifyInstance): void;
  /** Adds `/metrics`: for a service that answers its own machine only. */
  addMetrics(app: FastifyInstance): void;
  /** Counts what never became a request. */
  countUnreadable(status: number): void;
  ready(): Promise<Readiness>;
  /** The figures of now, as Prometheus reads them. */
  metrics(): { readonly type: string; readonly text: string };
  /** From here on `/readyz` sends callers elsewhere; what still comes is answered. */
  stopping(): void;
  stop(): void;
}

export function operations({ store, log, requests, clock = systemClock }: OperationsParts): Operations {
  const watch = new IndexWatch({ store, log, clock });
  const figures = new RequestFigures();
  const own = processFigures(version);
  let stopping = false;
  watch.start();
  void watch.look();
  const ready = async (): Promise<Readiness> => readiness(await watch.look(), stopping);
  const metrics = () => ({ type: EXPOSITION_TYPE, text: expose([...figures.families(), ...indexFamilies(watch), ...own.families()]) });
  return {
    logsRequests: requests !== undefined,
    register(app) {
      keepFacts(app);
      app.addHook('onRequest', (request, reply, done) => {
        figures.begin();
        void reply.header('x-request-id', request.id);
        reply.raw.once('close', () => ended(request, reply, figures, requests));
        done();
      });
      app.get('/healthz', { config: { call: 'healthz' } }, (_request, reply) => void reply.send({ status: 'ok' }));
      app.get('/readyz', { config: { call: 'readyz' } }, async (_request, reply) => {
        const { status, body } = await ready();
        return reply.code(status).send(body);
      });
    },
    addMetrics(app) {
      app.get('/metrics', { config: { call: 'metrics' } }, (_request, reply) => {
        const { type, text } = metrics();
        void reply.type(type).send(text);
      });
    },
    countUnreadable: (status) => figures.count('unreadable', status),
    ready,
    metrics,
    stopping() {
      stopping = true;
    },
    stop() {
      watch.stop();
      own.stop();
    },
  };
}

/** The connection's part in it is over: the reply is written, or nobody is there to read it. */
function ended(request: FastifyRequest, reply: FastifyReply, figures: RequestFigures, log: RequestLog | undefined): void {
  const status = reply.raw.writableFinished ? reply.statusCode : CALLER_GONE;
  const took = reply.elapsedTime;
  figures.end(request.facts, status, took);
  log?.request({ ...request.facts, id: request.id, method: request.method, status, took });
}
