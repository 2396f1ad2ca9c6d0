/** Reads inputs in several processes side by side, this one among them where no core would be idle; one input is read by one process at a time. */
import { type ChildProcess, fork } from 'node:child_process';
import { abortReason } from '../../../util/abortable.ts';
import { lazyNetwork } from '../inputs/network.ts';
import { BatchDecoder } from './batch.ts';
import type { InputConsumer } from './consumer.ts';
import type { FromScanner, ReadTask, ToScanner } from './messages.ts';
import { readOne } from './readHere.ts';

export interface PoolOptions {
  readonly workers: number;
  /** True where this process reads, too: it is one of the workers then. Not for inputs in order. */
  readonly alsoHere?: boolean | undefined;
  /** The program that scans. */
  readonly workerFile: string;
  /** True where the consumer takes one input at a time: what others have read meanwhile waits, up to some 8 MB an input. */
  readonly inOrder: boolean;
  readonly signal: AbortSignal;
}

/** Batches that may be on their way from one process. */
const WINDOW = 16;
const WINDOW_IN_ORDER = 64;
/** Milliseconds this process reads before it looks at what others have read: a pipe holds little more than one batch, and whoever fills it waits. */
const OWN_TURN = 4;

/**
 * Reads every task to its end; the consumer is called in this process. A process that dies takes only its input with it.
 *
 * @throws the signal's reason; whatever the consumer throws
 */
export async function readInProcesses(tasks: readonly ReadTask[], consumer: InputConsumer, options: PoolOptions): Promise<void> {
  options.signal.throwIfAborted();
  const pool = new Pool(tasks, consumer, options);
  const stop = (): void => pool.fail(abortReason(options.signal));
  options.signal.addEventListener('abort', stop, { once: true });
  try {
    await pool.run();
  } finally {
    options.signal.removeEventListener('abort', stop);
    await pool.close();
  }
}

interface Job {
  readonly at: number;
  readonly child: ChildProcess;
  readonly decoder: BatchDecoder;
  /** What came before its turn. */
  readonly waiting: FromScanner[];
  ended: boolean;
}

class Pool {
  readonly #tasks: readonly ReadTask[];
  readonly #consumer: InputConsumer;
  readonly #options: PoolOptions;
  readonly #jobs = new Map<number, Job>();
  readonly #children = new Set<ChildProcess>();
  readonly #idle: ChildProcess[] = [];
  readonly #done = Promise.withResolvers<void>();
  /** The next input to give out, and the one whose turn it is where they are taken in order. */
  #next = 0;
  #turn = 0;
  #finished = 0;
  /** What this process reads itself, and how it is told to stop. */
  #own: Promise<void> | null = null;
  readonly #stopOwn = new AbortController();

  constructor(tasks: readonly ReadTask[], consumer: InputConsumer, options: PoolOptions) {
    this.#tasks = tasks;
    this.#consumer = consumer;
    this.#options = options;
  }

  async run(): Promise<void> {
    if (this.#tasks.length === 0) return;
    this.#guarded(() => {
      const { workers, alsoHere = false } = this.#options;
      // Few inputs are read elsewhere, while they are taken in here.
      const own = alsoHere && this.#tasks.length >= workers;
      for (let at = Math.min(own ? workers - 1 : workers, this.#tasks.length); at > 0; at--) this.#idle.push(this.#start());
      this.#assign();
      if (own) this.#own = this.#readOwn();
    });
    await this.#done.promise;
  }

  fail(error: unknown): void {
    this.#done.reject(error);
  }

  /** Ends the processes: they hold nothing that could be lost. */
  async close(): Promise<void> {
    this.#stopOwn.abort();
    for (const child of this.#children) child.removeAllListeners().kill('SIGKILL');
    this.#children.clear();
    await this.#own;
  }

  #start(): ChildProcess {
    const child = fork(this.#options.workerFile, ['scan'], {
      serialization: 'advanced',
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#children.add(child);
    return child;
  }

  /** Gives inputs to whoever is idle, not too far ahead of the one whose turn it is. */
  #assign(): void {
    const last = this.#options.inOrder ? this.#turn + 2 * this.#options.workers : this.#tasks.length;
    while (this.#idle.length > 0 && this.#next < Math.min(last, this.#tasks.length)) {
      const child = this.#idle.pop();
      if (child !== undefined) this.#give(child, this.#next++);
    }
  }

  #give(child: ChildProcess, at: number): void {
    const task = this.#tasks[at];
    if (task === undefined) return;
    const job: Job = { at, child, decoder: new BatchDecoder(), waiting: [], ended: false };
    this.#jobs.set(at, job);
    child.removeAllListeners();
    child.on('message', (message: FromScanner) => this.#guarded(() => this.#receive(job, message)));
    child.on('error', (error) => this.#guarded(() => this.#died(job, error.message)));
    child.on('exit', (code, signal) => this.#guarded(() => this.#died(job, signal ?? `exit ${code}`)));
    if (!this.#options.inOrder || at === this.#turn) this.#consumer.begin(task.input, at);
    const window = this.#options.inOrder ? WINDOW_IN_ORDER : WINDOW;
    child.send({ kind: 'read', task, window } satisfies ToScanner);
  }

  #receive(job: Job, message: FromScanner): void {
    if (message.kind === 'bytes') this.#consumer.onBytes(message.bytes, job.at);
    else if (message.kind === 'size') this.#consumer.onSize(message.bytes, job.at);
    else {
      if (this.#options.inOrder && job.at !== this.#turn) job.waiting.push(message);
      else this.#take(job, message);
      if (message.kind === 'end') this.#freed(job);
    }
  }

  /** What came is taken in, and where inputs have their turns, the next one has its. */
  #take(job: Job, message: FromScanner): void {
    if (message.kind === 'batch') {
      for (const capture of job.decoder.capturesOf(message.batch)) this.#consumer.take(capture, job.at);
      // To a process that has died there is nothing to say.
      if (job.child.connected) job.child.send({ kind: 'taken' } satisfies ToScanner);
    } else if (message.kind === 'end') {
      this.#consumer.end(message.outcome, job.at);
      this.#jobs.delete(job.at);
      this.#finish();
      if (this.#options.inOrder && this.#finished < this.#tasks.length) this.#nextTurn();
    }
  }

  #finish(): void {
    this.#finished++;
    if (this.#finished === this.#tasks.length) this.#done.resolve();
  }

  /** Takes one input after the other, as another process would, and what those send in between. */
  async #readOwn(): Promise<void> {
    const network = lazyNetwork(this.#tasks[0]?.http);
    try {
      for (let task = this.#tasks[this.#next]; task !== undefined; task = this.#tasks[this.#next]) {
        await readOne(task, this.#next++, this.#consumer, { network, signal: this.#stopOwn.signal, turn: OWN_TURN, ahead: true });
        this.#finish();
      }
    } catch (error) {
      // Told once: of what stops it the caller knows.
      this.#done.reject(error);
    } finally {
      await network.close();
    }
  }

  #nextTurn(): void {
    this.#turn++;
    const job = this.#jobs.get(this.#turn);
    const task = this.#tasks[this.#turn];
    if (job !== undefined && task !== undefined) {
      this.#consumer.begin(task.input, job.at);
      for (const message of job.waiting.splice(0)) this.#take(job, message);
    }
    this.#assign();
  }

  #freed(job: Job): void {
    job.ended = true;
    if (this.#children.has(job.child)) this.#idle.push(job.child);
    this.#assign();
  }

  #died(job: Job, why: string): void {
    this.#children.delete(job.child);
    const idle = this.#idle.indexOf(job.child);
    if (idle >= 0) this.#idle.splice(idle, 1);
    if (job.ended || idle >= 0) return;
    this.#idle.push(this.#start());
    const { name } = this.#tasks[job.at]?.input ?? { name: '' };
    const message = `The process that read ${name} stopped (${why}). What came before is in the index; add it again for the rest.`;
    this.#receive(job, { kind: 'end', outcome: { problem: { code: 'internal', message }, note: null, bytes: 0, hash: null } });
  }

  #guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#done.reject(error);
    }
  }
}
