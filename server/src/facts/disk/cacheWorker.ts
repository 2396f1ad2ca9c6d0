/** Entry of the thread that holds the cache's file; bundled as dist/cacheWorker.cjs. SQLite waits inside its calls, and nobody waits here. */
import { parentPort, workerData } from 'node:worker_threads';
import { createGuardedCache } from './guarded.ts';
import type { CacheReply, CacheRequest, CacheSays, WorkerData } from './messages.ts';

const post = (message: CacheReply | CacheSays): void => parentPort?.postMessage(message);
const cache = createGuardedCache((workerData as WorkerData).file, Date.now, (says) => post({ says }));

parentPort?.on('message', ({ id, request }: { id: number; request: CacheRequest | null }) => {
  if (request === null) cache.close();
  post({ id, value: request === null ? null : cache.answer(request) });
});
