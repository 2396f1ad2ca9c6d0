/** Reads an index in a worker thread: SQLite is synchronous, and the language server's event loop must stay free. */
import { Worker } from 'node:worker_threads';
import type { RowPage, Summary, Target } from '../../../shared/backlinks.ts';
import { BacklinkLensError } from '../util/errors.ts';
import { type Log, silentLog } from '../util/log.ts';
import { programFile } from './programFile.ts';
import { OPENED, type ReadMethod, type ReadReply, type ReadRequest } from './readMessages.ts';
import type { BacklinkStore, IndexInfo, RowQuery } from './store.ts';

export interface WorkerOptions {
  readonly log?: Log | undefined;
  /** The worker's file; by default the one beside this program (`indexWorker.cjs`, or `readWorker.ts` when run from sources). */
  readonly workerFile?: string | undefined;
}

/**
 * Opens an index in a worker thread of its own. Should the thread die, every open call fails, and the next one starts another.
 *
 * @throws BacklinkLensError as openIndex
 */
export async function openIndexInWorker(file: string, options: WorkerOptions = {}): Promise<BacklinkStore> {
  const store = new WorkerStore(file, options);
  await store.start();
  return store;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

class WorkerStore implements BacklinkStore {
  readonly #file: string;
  readonly #workerFile: string;
  readonly #log: Log;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Promise<Worker> | null = null;
  #lastId = OPENED;
  #closed = false;

  constructor(file: string, { log = silentLog, workerFile }: WorkerOptions) {
    this.#file = file;
    this.#log = log;
    this.#workerFile = workerFile ?? programFile(import.meta.url, './readWorker.ts', 'indexWorker.cjs');
  }

  /** The running thread, started when there is none. */
  async start(): Promise<Worker> {
    if (this.#closed) throw new BacklinkLensError('internal', `The index ${this.#file} was closed while somebody still asked it.`);
    this.#worker ??= this.#launch();
    return await this.#worker;
  }

  async rows(query: RowQuery, signal: AbortSignal): Promise<RowPage> {
    return (await this.#ask('rows', query, signal)) as RowPage;
  }

  async summaries(targets: readonly Target[], signal: AbortSignal): Promise<readonly Summary[]> {
    return (await this.#ask('summaries', targets, signal)) as readonly Summary[];
  }

  async strength(target: Target, signal: AbortSignal): Promise<number | null> {
    return (await this.#ask('strength', target, signal)) as number | null;
  }

  async info(signal: AbortSignal): Promise<IndexInfo> {
    return (await this.#ask('info', null, signal)) as IndexInfo;
  }

  async close(): Promise<void> {
    this.#closed = true;
    const worker = await this.#worker?.catch(() => null);
    this.#failAll(new BacklinkLensError('internal', `The index ${this.#file} was closed before it answered.`));
    await worker?.terminate();
  }

  async #ask(method: ReadMethod, argument: unknown, signal: AbortSignal): Promise<unknown> {
    signal.throwIfAborted();
    const worker = await this.start();
    signal.throwIfAborted();
    const id = ++this.#lastId;
    const cancel = (): void => {
      worker.postMessage({ id, method: 'cancel' } satisfies ReadRequest);
      this.#settle(id)?.reject(signal.reason);
    };
    signal.addEventListener('abort', cancel, { once: true });
    try {
      return await new Promise((resolve, reject) => {
        this.#waiting.set(id, { resolve, reject });
        worker.ref();
        worker.postMessage({ id, method, argument } satisfies ReadRequest);
      });
    } finally {
      signal.removeEventListener('abort', cancel);
      this.#settled(worker);
    }
  }

  async #launch(): Promise<Worker> {
    const worker = new Worker(this.#workerFile, { workerData: this.#file });
    const opened = new Promise((resolve, reject) => this.#waiting.set(OPENED, { resolve, reject }));
    worker.on('message', (reply: ReadReply) => this.#answer(reply));
    // An error is followed by an exit, and by then another thread may be at work.
    let dead = false;
    const died = (why: string): void => {
      if (!dead) this.#died(why);
      dead = true;
    };
    worker.on('error', (error) => died(error.message));
    worker.on('exit', (code) => died(`exit ${code}`));
    try {
      await opened;
      this.#settled(worker);
      return worker;
    } catch (error) {
      this.#worker = null;
      await worker.terminate();
      throw error;
    }
  }

  /** A question keeps the process alive until it is answered, an open index does not. */
  #settled(worker: Worker): void {
    if (this.#waiting.size === 0) worker.unref();
  }

  #answer(reply: ReadReply): void {
    const waiting = this.#settle(reply.id);
    if (reply.ok) waiting?.resolve(reply.value);
    else waiting?.reject(new BacklinkLensError(reply.code, reply.message));
  }

  #died(why: string): void {
    if (this.#closed) return;
    this.#worker = null;
    if (this.#waiting.size > 0) this.#log.error(`the index reader stopped: ${why}`);
    this.#failAll(
      new BacklinkLensError('internal', `The process that reads the index ${this.#file} stopped (${why}). Ask again; it is started anew.`),
    );
  }

  #settle(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  #failAll(reason: BacklinkLensError): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(reason);
  }
}
