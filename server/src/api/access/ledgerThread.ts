/**
 * The thread that holds the keys file, seen from the service. Requests that come while a transaction is under way wait for each other and make
 * the next one together: with many callers at once a call costs a few microseconds, and none is answered before its credits are in the file.
 */
import { Worker } from 'node:worker_threads';
import { BacklinkLensError, type ErrorCode } from '../../util/errors.ts';
import type { Batch, BatchReply, Failure, LedgerAnswers, LedgerRequest, WorkerData } from './messages.ts';

export interface LedgerThread {
  /** Rejects with BacklinkLensError keys.busy, keys.damaged or keys.not-writable, or whatever ended the thread. */
  ask<M extends LedgerRequest['method']>(request: Extract<LedgerRequest, { readonly method: M }>): Promise<LedgerAnswers[M]>;
  /** After all that was asked. */
  close(): Promise<void>;
}

interface Waiting {
  readonly request: LedgerRequest;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Opens a keys file in a thread of its own. Should the thread die, the open calls fail, and the next one starts another.
 *
 * @param workerFile `keysWorker.ts`, or its bundle
 * @throws BacklinkLensError as openKeys
 */
export async function openLedgerInThread(file: string, workerFile: string): Promise<LedgerThread> {
  const thread = new Thread({ file }, workerFile);
  try {
    await thread.opened();
  } catch (error) {
    await thread.close();
    throw error;
  }
  return thread;
}

class Thread implements LedgerThread {
  readonly #data: WorkerData;
  readonly #workerFile: string;
  #worker: Worker | null = null;
  #queue: Waiting[] = [];
  /** The batch that is under way. */
  #sent: readonly Waiting[] | null = null;
  #lastId = 0;
  #idle: (() => void) | null = null;

  constructor(data: WorkerData, workerFile: string) {
    this.#data = data;
    this.#workerFile = workerFile;
  }

  ask<M extends LedgerRequest['method']>(request: Extract<LedgerRequest, { readonly method: M }>): Promise<LedgerAnswers[M]> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ request, resolve: resolve as (value: unknown) => void, reject });
      // What the same turn of the event loop brings goes together.
      if (this.#queue.length === 1 && this.#sent === null) setImmediate(() => this.#send());
    });
  }

  /** An empty batch opens the file. */
  opened(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#sent = [{ request: { method: 'find', id: '' }, resolve: () => resolve(), reject }];
      this.#post([]);
    });
  }

  async close(): Promise<void> {
    if (this.#sent !== null || this.#queue.length > 0)
      await new Promise<void>((resolve) => {
        this.#idle = resolve;
      });
    const worker = this.#worker;
    if (worker === null) return;
    await new Promise<void>((resolve) => {
      worker
        .removeAllListeners('error')
        .once('error', () => resolve())
        .once('exit', () => resolve());
      worker.postMessage(null);
    });
  }

  #send(): void {
    if (this.#sent !== null) return;
    if (this.#queue.length === 0) {
      this.#idle?.();
      return;
    }
    this.#sent = this.#queue;
    this.#queue = [];
    this.#post(this.#sent.map(({ request }) => request));
  }

  #post(requests: readonly LedgerRequest[]): void {
    this.#worker ??= this.#start();
    this.#worker.postMessage({ id: ++this.#lastId, requests } satisfies Batch);
  }

  #start(): Worker {
    const worker = new Worker(this.#workerFile, { workerData: this.#data });
    worker.on('message', (reply: BatchReply) => this.#settle(reply));
    worker.on('error', (error) => this.#lost(worker, error));
    worker.on('exit', () => this.#lost(worker, new Error('the thread that holds the keys has ended')));
    return worker;
  }

  #settle(reply: BatchReply): void {
    const sent = this.#sent ?? [];
    this.#sent = null;
    this.#send();
    if ('failed' in reply) for (const { reject } of sent) reject(toError(reply.failed));
    else for (const [index, { resolve }] of sent.entries()) resolve(reply.values[index]);
  }

  #lost(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    const sent = this.#sent ?? [];
    this.#sent = null;
    for (const { reject } of sent) reject(error);
    this.#send();
  }
}

function toError({ code, message }: Failure): Error {
  return code === null ? new Error(message) : new BacklinkLensError(code as ErrorCode, message);
}
