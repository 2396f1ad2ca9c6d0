/** The thread that holds the cache's file, seen from the language server: started when it is first asked, and never missed when it is gone. */
import { Worker } from 'node:worker_threads';
import type { Log } from '../../util/log.ts';
import type { CacheReply, CacheRequest, CacheSays, WorkerData } from './messages.ts';

export interface CacheThread {
  /** Null where it could not be done. */
  ask(request: CacheRequest): Promise<unknown>;
  /** After all that was asked. */
  close(): Promise<void>;
}

export interface ThreadParts {
  readonly file: string;
  /** The worker's file. */
  readonly workerFile: string;
  readonly log: Log;
}

export function createCacheThread({ file, workerFile, log }: ThreadParts): CacheThread {
  const waiting = new Map<number, (value: unknown) => void>();
  let worker: Worker | null = null;
  let gone = false;
  let lastId = 0;

  function start(): Worker {
    const started = new Worker(workerFile, { workerData: { file } satisfies WorkerData });
    started.on('message', (message: CacheReply | CacheSays) => {
      if ('says' in message) return log.warn(message.says);
      answer(message.id, message.value);
    });
    started.on('error', (error) => lost(error.message));
    started.on('exit', () => lost(null));
    return started;
  }

  function answer(id: number, value: unknown): void {
    waiting.get(id)?.(value);
    waiting.delete(id);
    // A question keeps the process alive until it is answered, an open cache does not.
    if (waiting.size === 0) worker?.unref();
  }

  /** It is not started again: what killed it would do so once more. */
  function lost(why: string | null): void {
    if (!gone && why !== null) log.warn(`What is looked up is not kept any more until the next start: the cache stopped (${why}).`);
    gone = true;
    for (const resolve of waiting.values()) resolve(null);
    waiting.clear();
  }

  function post(request: CacheRequest | null): Promise<unknown> {
    if (gone) return Promise.resolve(null);
    const id = ++lastId;
    return new Promise((resolve) => {
      waiting.set(id, resolve);
      worker ??= start();
      worker.ref();
      worker.postMessage({ id, request });
    });
  }

  return {
    ask: post,
    async close() {
      if (worker !== null) await post(null);
      gone = true;
      await worker?.terminate();
    },
  };
}
