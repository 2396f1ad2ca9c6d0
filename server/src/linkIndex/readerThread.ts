/** One thread that reads an index: started when it is asked first, and again after it died. */
import { Worker } from 'node:worker_threads';
import { BacklinkLensError } from '../util/errors.ts';
import type { Log } from '../util/log.ts';
import { OPENED, type ReadArguments, type ReaderData, type ReadMethod, type ReadReply, type ReadRequest } from './readMessages.ts';

export interface ReaderParts extends ReaderData {
  /** The worker's file. */
  readonly workerFile: string;
  readonly log: Log;
  /** True to end the thread when the last question it works at is cancelled: a long statement cannot be stopped in any other way. */
  readonly endsWhenCancelled: boolean;
}

/** The answer to a question that this thread leaves to another. */
export const TOO_HEAVY = Symbol('too heavy');

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

export class ReaderThread {
  readonly #parts: ReaderParts;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Promise<Worker> | null = null;
  #lastId = OPENED;
  #closed = false;

  constructor(parts: ReaderParts) {
    this.#parts = parts;
  }

  /** The running thread, started when there is none. */
  async start(): Promise<Worker> {
    if (this.#closed) throw new BacklinkLensError('internal', `The index ${this.#parts.file} was closed while somebody still asked it.`);
    this.#worker ??= this.#launch();
    return await this.#worker;
  }

  /**
   * Asks once.
   *
   * @returns what the method of the store gives, or TOO_HEAVY
   */
  async ask(method: ReadMethod, parameters: ReadArguments, signal: AbortSignal): Promise<unknown> {
    signal.throwIfAborted();
    const worker = await this.start();
    signal.throwIfAborted();
    const id = ++this.#lastId;
    const cancel = (): void => {
      worker.postMessage({ id, method: 'cancel' } satisfies ReadRequest);
      this.#settle(id)?.reject(signal.reason);
      if (this.#parts.endsWhenCancelled && this.#waiting.size === 0) this.#end(worker);
    };
    signal.addEventListener('abort', cancel, { once: true });
    try {
      return await new Promise((resolve, reject) => {
        this.#waiting.set(id, { resolve, reject });
        worker.ref();
        worker.postMessage({ id, method, arguments: parameters } satisfies ReadRequest);
      });
    } finally {
      signal.removeEventListener('abort', cancel);
      this.#settled(worker);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    const worker = await this.#worker?.catch(() => null);
    this.#failAll(new BacklinkLensError('internal', `The index ${this.#parts.file} was closed before it answered.`));
    await worker?.terminate();
  }

  async #launch(): Promise<Worker> {
    const { file, mostLinks, workerFile } = this.#parts;
    const worker = new Worker(workerFile, { workerData: { file, mostLinks } satisfies ReaderData });
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

  /** Its place is free at once: the next question starts another. */
  #end(worker: Worker): void {
    this.#worker = null;
    worker.removeAllListeners();
    // What dies while it is being ended has nothing to tell.
    worker.on('error', () => {});
    void worker.terminate();
  }

  /** A question keeps the process alive until it is answered, an open index does not. */
  #settled(worker: Worker): void {
    if (this.#waiting.size === 0) worker.unref();
  }

  #answer(reply: ReadReply): void {
    const waiting = this.#settle(reply.id);
    if (reply.outcome === 'value') waiting?.resolve(reply.value);
    else if (reply.outcome === 'too-heavy') waiting?.resolve(TOO_HEAVY);
    else waiting?.reject(new BacklinkLensError(reply.code, reply.message));
  }

  #died(why: string): void {
    if (this.#closed) return;
    this.#worker = null;
    if (this.#waiting.size > 0) this.#parts.log.error(`the index reader stopped: ${why}`);
    this.#failAll(
      new BacklinkLensError('internal', `The process that reads the index ${this.#parts.file} stopped (${why}). Ask again; it is started anew.`),
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
