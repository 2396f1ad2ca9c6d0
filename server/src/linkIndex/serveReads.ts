/** What a thread that reads an index does with the questions it is sent. */
import type { MessagePort } from 'node:worker_threads';
import type { RowPage, Target } from '../../../shared/backlinks.ts';
import { BacklinkLensError } from '../util/errors.ts';
import { yieldAsThread } from '../util/priority.ts';
import { OPENED, type ReaderData, type ReadReply, type ReadRequest } from './readMessages.ts';
import { type OpenIndex, openIndex } from './sqlite/openIndex.ts';
import { TooHeavy } from './sqlite/readState.ts';
import type { IntersectionQuery, LinksFromQuery, ListQuery, RowQuery, StatedQuery, SummaryOptions } from './store.ts';

/**
 * Makes of a page of rows what `renderedRows` answers.
 *
 * @param current false while the page is of a generation that something else lies in the place of
 */
export type Render = (page: RowPage, current: boolean) => unknown;

type Question = Exclude<ReadRequest, { method: 'cancel' }>;

/** Milliseconds. */
const LOOK_EVERY = 1000;
/** Questions that are answered from one state of the data without a look at what was sent meanwhile. */
const AT_ONCE = 8;

/**
 * Opens the index and answers until the thread ends. Questions that came together are answered together, so that what each of them needs is
 * looked up once: whether the index is still the same, and a state of the data.
 */
export function serveReads(port: MessagePort | null, data: ReaderData, render?: Render): void {
  const post = (reply: ReadReply | readonly ReadReply[]): void => port?.postMessage(reply);
  try {
    const { file, mostLinks, keepsOld, memory } = data;
    if (mostLinks === null) yieldAsThread();
    const store = openIndex(file, { mostLinks: mostLinks ?? undefined, keepsOld, memory: memory ?? undefined });
    const reader = new Reader(store, post, mostLinks === null, render);
    port?.on('message', (request: ReadRequest) => reader.take(request));
    const never = new AbortController().signal;
    if (keepsOld) setInterval(() => void store.info(never).catch(() => {}), LOOK_EVERY).unref();
    post({ id: OPENED, outcome: 'value', value: null });
  } catch (error) {
    post(failure(OPENED, error));
  }
}

class Reader {
  readonly #store: OpenIndex;
  readonly #post: (reply: ReadReply | readonly ReadReply[]) => void;
  /** Answers to be sent together: each message wakes the other thread. */
  #ready: ReadReply[] = [];
  /** True to answer one after the other, and to say which is begun. */
  readonly #heavy: boolean;
  readonly #render: Render | undefined;
  /** In the order of asking. */
  readonly #waiting = new Map<number, Question>();
  readonly #running = new Map<number, AbortController>();
  #scheduled = false;

  constructor(store: OpenIndex, post: (reply: ReadReply | readonly ReadReply[]) => void, heavy: boolean, render: Render | undefined) {
    this.#store = store;
    this.#post = post;
    this.#heavy = heavy;
    this.#render = render;
  }

  /** A turn of the loop later, so that a cancellation sent right behind a question is seen before the work. */
  take(request: ReadRequest): void {
    if (request.method === 'cancel') {
      this.#waiting.delete(request.id);
      this.#running.get(request.id)?.abort();
      return;
    }
    this.#waiting.set(request.id, request);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled || this.#waiting.size === 0) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#work();
    });
  }

  #work(): void {
    const questions: Question[] = [];
    for (const question of this.#waiting.values()) {
      questions.push(question);
      if (this.#heavy || questions.length === AT_ONCE) break;
    }
    for (const { id } of questions) this.#waiting.delete(id);
    const answerAll = (): void => {
      for (const question of questions) this.#begin(question);
      if (this.#ready.length > 0) this.#post(this.#ready);
      this.#ready = [];
    };
    try {
      if (questions.length > 1) this.#store.together(answerAll);
      else answerAll();
    } catch (error) {
      // The index could not be read at all; who was answered nevertheless hears no second answer.
      this.#ready = [];
      for (const { id } of questions) this.#post(failure(id, error));
    }
    this.#schedule();
  }

  #begin(question: Question): void {
    if (question.method !== 'renderedRows') {
      void this.#answer(question);
      return;
    }
    if (this.#heavy) this.#post({ id: question.id, outcome: 'begun' });
    this.#ready.push(this.#rendered(question));
  }

  #rendered({ id, arguments: [query] }: Question): ReadReply {
    try {
      const page = this.#store.rowsNow(query as RowQuery);
      return { id, outcome: 'value', value: this.#render?.(page, this.#store.current) ?? page };
    } catch (error) {
      return failure(id, error);
    }
  }

  async #answer(question: Question): Promise<void> {
    const { id } = question;
    const abort = new AbortController();
    this.#running.set(id, abort);
    try {
      if (this.#heavy) this.#post({ id, outcome: 'begun' });
      this.#post({ id, outcome: 'value', value: await this.#call(question, abort.signal) });
    } catch (error) {
      if (!abort.signal.aborted) this.#post(failure(id, error));
    } finally {
      this.#running.delete(id);
    }
  }

  #call({ method, arguments: [question, options] }: Question, signal: AbortSignal): Promise<unknown> {
    const store = this.#store;
    switch (method) {
      case 'rows':
      case 'renderedRows':
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
}

function failure(id: number, error: unknown): ReadReply {
  if (error instanceof TooHeavy) return { id, outcome: 'too-heavy' };
  const code = BacklinkLensError.is(error) ? error.code : 'internal';
  return { id, outcome: 'error', code, message: error instanceof Error ? error.message : String(error) };
}
