/** Entry of the thread that reads an index; bundled as dist/indexWorker.cjs. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Target } from '../../../shared/backlinks.ts';
import { BacklinkLensError } from '../util/errors.ts';
import { OPENED, type ReadReply, type ReadRequest } from './readMessages.ts';
import { openIndex } from './sqlite/openIndex.ts';
import type { BacklinkStore, RowQuery } from './store.ts';

const post = (reply: ReadReply): void => parentPort?.postMessage(reply);
const running = new Map<number, AbortController>();

function failure(id: number, error: unknown): ReadReply {
  const code = BacklinkLensError.is(error) ? error.code : 'internal';
  return { id, ok: false, code, message: error instanceof Error ? error.message : String(error) };
}

async function call(store: BacklinkStore, request: Exclude<ReadRequest, { method: 'cancel' }>, signal: AbortSignal): Promise<unknown> {
  switch (request.method) {
    case 'rows':
      return await store.rows(request.argument as RowQuery, signal);
    case 'summaries':
      return await store.summaries(request.argument as readonly Target[], signal);
    case 'strength':
      return await store.strength(request.argument as Target, signal);
    case 'info':
      return await store.info(signal);
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
    post({ id: request.id, ok: true, value: await call(store, request, abort.signal) });
  } catch (error) {
    if (!abort.signal.aborted) post(failure(request.id, error));
  } finally {
    running.delete(request.id);
  }
}

try {
  const store = openIndex(workerData as string);
  parentPort?.on('message', (request: ReadRequest) => void serve(store, request));
  post({ id: OPENED, ok: true, value: null });
} catch (error) {
  post(failure(OPENED, error));
}
