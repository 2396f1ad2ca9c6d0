/** Looks at the index once in a while, so that a new build is taken over without anybody asking, and says what became of it. */
import type { BacklinkStore, IndexInfo } from '../../linkIndex/store.ts';
import type { Clock } from '../../util/clock.ts';
import { BacklinkLensError, type ErrorCode } from '../../util/errors.ts';
import type { Log } from '../../util/log.ts';

export interface IndexState {
  /** The generation that answers; null when none can. */
  readonly info: IndexInfo | null;
  /** Why none can, or, beside `info`, why a newer one that was put in its place does not. */
  readonly problem: { readonly code: ErrorCode; readonly message: string } | null;
}

export interface WatchParts {
  readonly store: Pick<BacklinkStore, 'info'>;
  readonly log: Log;
  readonly clock: Clock;
  /** Milliseconds between two looks; a second by default. */
  readonly every?: number;
}

/** Milliseconds. */
const PATIENCE = 5_000;
const FRESH = 200;

export class IndexWatch {
  readonly #parts: WatchParts;
  #state: IndexState = { info: null, problem: null };
  #lookedAt = Number.NEGATIVE_INFINITY;
  #looking: Promise<IndexState> | null = null;
  #cancel: (() => void) | null = null;
  #swaps = 0;
  #refusals = 0;
  #stopped = false;

  constructor(parts: WatchParts) {
    this.#parts = parts;
  }

  /** As of the last look. */
  get state(): IndexState {
    return this.#state;
  }

  /** Generations taken over since the start, and builds that could not be. */
  get counts(): { readonly swaps: number; readonly refusals: number } {
    return { swaps: this.#swaps, refusals: this.#refusals };
  }

  start(): void {
    if (this.#stopped) return;
    this.#cancel = this.#parts.clock.after(this.#parts.every ?? 1000, () => {
      void this.look().finally(() => this.start());
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }

  /** Looks now, unless somebody just did; never rejects. */
  async look(): Promise<IndexState> {
    if (this.#looking !== null) return this.#looking;
    if (this.#parts.clock.now() - this.#lookedAt < FRESH) return this.#state;
    this.#looking = this.#ask();
    try {
      const state = await this.#looking;
      this.#compare(state);
      this.#state = state;
      this.#lookedAt = this.#parts.clock.now();
      return state;
    } finally {
      this.#looking = null;
    }
  }

  async #ask(): Promise<IndexState> {
    try {
      const info = await this.#parts.store.info(AbortSignal.timeout(PATIENCE));
      return { info, problem: info.behind ?? null };
    } catch (error) {
      if (BacklinkLensError.is(error)) return { info: null, problem: { code: error.code, message: error.message } };
      return { info: null, problem: { code: 'internal', message: error instanceof Error ? error.message : String(error) } };
    }
  }

  #compare({ info, problem }: IndexState): void {
    const { log } = this.#parts;
    const { info: before, problem: known } = this.#state;
    if (info !== null && before !== null && info.generation !== before.generation) {
      this.#swaps++;
      log.info(
        `the index is now generation ${info.generation} of ${info.builtAt} (before: ${before.generation}): ${info.pages} pages, ${info.links} links`,
      );
    }
    if (problem !== null && problem.message !== known?.message) {
      this.#refusals++;
      const meanwhile = info === null ? 'Nothing can be answered from it' : `Generation ${info.generation} goes on answering`;
      log.warn(`${problem.message} [${problem.code}] ${meanwhile}; it is looked at again every second.`);
    }
    if (problem === null && known !== null) log.info(`the index can be read again: generation ${info?.generation ?? '?'}`);
  }
}
