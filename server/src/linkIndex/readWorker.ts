/** Entry of a thread that reads an index; bundled as dist/indexWorker.cjs. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Target } from '../../../shared/backlinks.ts';
import { BacklinkLensError } from '../util/errors.ts';
import { yieldAsThread } from '../util/priority.ts';
import { OPENED, type ReaderData, type ReadReply, type ReadRequest } from './readMessages.ts';
import { openIndex } from './sqlite/openIndex.ts';
import { TooHeavy } from './sqlite/readState.ts';
import type { BacklinkStore, IntersectionQuery, LinksFromQuery, ListQuery, RowQuery, StatedQuery, SummaryOptions } from './store.ts';

type Question = Exclude<ReadRequest, { method: 'cancel' }>;

/** Milliseconds. */
const LOOK_EVERY = 1000;
const never = new AbortController().signal;

const post = (reply: ReadReply): void => parentPort?.postMessage(reply);
const data = workerData as ReaderData;
const running = new Map<number, AbortController>();

function failure(id: number, error: unknown): ReadReply {
  if (error instanceof TooHeavy) return { id, outcome: 'too-heavy' };
  const code = BacklinkLensError.is(error) ? error.code : 'internal';
  return { id, outcome: 'error', code, message: error instanceof Error ? error.message : String(error) };
}

function call(store: BacklinkStore, { method, arguments: [question, options] }: Question, signal: AbortSignal): Promise<unknown> {
  switch (method) {
    case 'rows':
      return store.rows(question as RowQuery, signal);
    case 'summaries':
      return store.summaries(question as readonly Target[], signal, options as SummaryOptions | undefined);
    case 'strength':
    case 'strengthSpread':
    case 'networks':
    case 'eduGov':
    case 'statements':
      return store[method](question as Target, signal);
    case 'anchors':
    case 'referringDomains':
    case 'linkedPages':
    case 'changes':
      return store[method](question as ListQuery, signal);
    case 'intersection':
      return store.intersection(question as IntersectionQuery, signal);
    case 'linksFrom':
      return store.linksFrom(question as LinksFromQuery, signal);
    case 'statedDomains':
      return store.statedDomains(question as StatedQuery, signal);
    case 'info':
      return store.info(signal);
  }
}

async function serve(store: BacklinkStore, request: ReadRequest): Promise<void> {
  if (request.method === 'cancel') {
    running.get(request.id)?.abort();
    return;
  }
  const abort = new AbortController();
  running.set(request.id, abort);
  try {
    // One turn of the loop, so that a cancellation sent right behind the request is seen before the work.
    await new Promise((resolve) => setImmediate(resolve));
    abort.signal.throwIfAborted();
    if (data.mostLinks === null) post({ id: request.id, outcome: 'begun' });
    post({ id: request.id, outcome: 'value', value: await call(store, request, abort.signal) });
  } catch (error) {
    if (!abort.signal.aborted) post(failure(request.id, error));
  } finally {
    running.delete(request.id);
  }
}

try {
  if (data.mostLinks === null) yieldAsThread();
  const { file, mostLinks, keepsOld } = data;
  const store = openIndex(file, { mostLinks: mostLinks ?? undefined, keepsOld });
  if (keepsOld) setInterval(() => void store.info(never).catch(() => {}), LOOK_EVERY).unref();
  parentPort?.on('message', (request: ReadRequest) => void serve(store, request));
  post({ id: OPENED, outcome: 'value', value: null });
} catch (error) {
  post(failure(OPENED, error));
}
