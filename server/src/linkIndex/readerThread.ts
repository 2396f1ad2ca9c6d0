/** One thread that reads an index: started when it is asked first, and again after it died or was ended in the middle of a question. */
import { Worker } from 'node:worker_threads';
import { BacklinkLensError } from '../util/errors.ts';
import type { Log } from '../util/log.ts';
import { OPENED, type ReadArguments, type ReaderData, type ReadMethod, type ReadReply, type ReadRequest } from './readMessages.ts';

export interface ReaderParts extends ReaderData {
  /** The worker's file. */
  readonly workerFile: string;
  readonly log: Log;
  /**
   * True to end the thread when the question it works at is cancelled: a long statement cannot be stopped in any other way. Those who wait behind
   * it are asked anew, of the next thread.
   */
  readonly endsWhenCancelled: boolean;
}

/** The answer to a question that this thread leaves to another. */
export const TOO_HEAVY = Symbol('too heavy');

/** Threads that are being ended while the next one works already: each may be busy until its statement is done. */
const MOST_ENDING = 3;

interface Waiting {
  /** Null for the opening of the index. */
  readonly request: ReadRequest | null;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

export class ReaderThread {
  readonly #parts: ReaderParts;
  /** In the order of asking. */
  readonly #waiting = new Map<number, Waiting>();
  /** Questions that the thread has said to be working at. */
  readonly #begun = new Set<number>();
  readonly #ending = new Set<Promise<void>>();
  #starting: Promise<void> | null = null;
  #worker: Worker | null = null;
  #lastId = OPENED;
  #closed = false;

  constructor(parts: ReaderParts) {
    this.#parts = parts;
  }

  /** Starts the thread where there is none. */
  async start(): Promise<void> {
    if (this.#closed) throw new BacklinkLensError('internal', `The index ${this.#parts.file} was closed while somebody still asked it.`);
    this.#starting ??= this.#launch();
    await this.#starting;
  }

  /**
   * Asks once.
   *
   * @returns what the method of the store gives, or TOO_HEAVY
   */
  async ask(method: ReadMethod, parameters: ReadArguments, signal: AbortSignal): Promise<unknown> {
    signal.throwIfAborted();
    const request: ReadRequest = { id: ++this.#lastId, method, arguments: parameters };
    const cancel = (): void => this.#cancel(request.id, signal.reason);
    signal.addEventListener('abort', cancel, { once: true });
    try {
      return await new Promise((resolve, reject) => {
        this.#waiting.set(request.id, { request, resolve, reject });
        if (this.#worker !== null) post(this.#worker, request);
        else this.start().catch((error: unknown) => this.#settle(request.id)?.reject(error));
      });
    } finally {
      signal.removeEventListener('abort', cancel);
      this.#rest();
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#starting?.catch(() => {});
    this.#failAll(new BacklinkLensError('internal', `The index ${this.#parts.file} was closed before it answered.`));
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }

  /** When the index is open the thread is told of everything that has been asked until then. */
  async #launch(): Promise<void> {
    while (this.#ending.size >= MOST_ENDING) await Promise.race(this.#ending);
    const { file, mostLinks, keepsOld, memory, workerFile } = this.#parts;
    const worker = new Worker(workerFile, { workerData: { file, mostLinks, keepsOld, memory } satisfies ReaderData });
    const opened = new Promise((resolve, reject) => this.#waiting.set(OPENED, { request: null, resolve, reject }));
    worker.on('message', (replies: ReadReply | readonly ReadReply[]) => {
      if (!Array.isArray(replies)) this.#answer(replies as ReadReply);
      else for (const reply of replies as readonly ReadReply[]) this.#answer(reply);
    });
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
    } catch (error) {
      this.#starting = null;
      await worker.terminate();
      throw error;
    }
    this.#worker = worker;
    for (const { request } of this.#waiting.values()) if (request !== null) post(worker, request);
    this.#rest();
  }

  #cancel(id: number, reason: unknown): void {
    // What is answered in parts lets others in between, and those may be at work though they came later.
    const atWork = this.#begun.has(id) || this.#waiting.keys().next().value === id;
    this.#settle(id)?.reject(reason);
    if (this.#worker === null) return;
    if (atWork && this.#parts.endsWhenCancelled) this.#replace(this.#worker);
    else this.#worker.postMessage({ id, method: 'cancel' } satisfies ReadRequest);
  }

  /** The thread's place is free at once, whatever it is doing. */
  #replace(worker: Worker): void {
    this.#worker = null;
    this.#starting = null;
    this.#begun.clear();
    worker.removeAllListeners();
    // What dies while it is being ended has nothing to tell.
    worker.on('error', () => {});
    const ending = worker.terminate().then(() => {
      this.#ending.delete(ending);
    });
    this.#ending.add(ending);
    if (this.#waiting.size > 0) this.start().catch((error: unknown) => this.#failAll(error));
  }

  /** A question keeps the process alive until it is answered, an open index does not. */
  #rest(): void {
    if (this.#waiting.size === 0) this.#worker?.unref();
  }

  #answer(reply: ReadReply): void {
    if (reply.outcome === 'begun') {
      this.#hasBegun(reply.id);
      return;
    }
    const waiting = this.#settle(reply.id);
    if (reply.outcome === 'value') waiting?.resolve(reply.value);
    else if (reply.outcome === 'too-heavy') waiting?.resolve(TOO_HEAVY);
    else waiting?.reject(new BacklinkLensError(reply.code, reply.message));
  }

  /** One that was cancelled before this was heard would be worked at for nobody. */
  #hasBegun(id: number): void {
    if (this.#waiting.has(id)) this.#begun.add(id);
    else if (this.#parts.endsWhenCancelled && this.#worker !== null) this.#replace(this.#worker);
  }

  #died(why: string): void {
    if (this.#closed) return;
    this.#worker = null;
    this.#starting = null;
    this.#begun.clear();
    if (this.#waiting.size > 0) this.#parts.log.error(`the index reader stopped: ${why}`);
    this.#failAll(
      new BacklinkLensError('internal', `The process that reads the index ${this.#parts.file} stopped (${why}). Ask again; it is started anew.`),
    );
  }

  #settle(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    this.#begun.delete(id);
    return waiting;
  }

  #failAll(reason: unknown): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(reason);
  }
}

function post(worker: Worker, request: ReadRequest): void {
  worker.ref();
  worker.postMessage(request);
}
