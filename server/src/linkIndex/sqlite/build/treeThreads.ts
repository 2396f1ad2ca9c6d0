/** The threads that help to write the trees of a large generation. */
import { Worker } from 'node:worker_threads';
import { BacklinkLensError } from '../../../util/errors.ts';
import { programFile } from '../../programFile.ts';
import type { LinkTask } from './linkTask.ts';

export class TreeThreads {
  readonly #workers: readonly Worker[];
  readonly #left: Promise<readonly number[]>[];

  /**
   * Starts them, while there is something else to do.
   *
   * @param count threads beside this one
   * @param workerFile by default the one beside this program (`treeWorker.cjs`, or `treeWorker.ts` when run from sources)
   */
  constructor(count: number, workerFile?: string) {
    const file = workerFile ?? programFile(import.meta.url, './treeWorker.ts', 'treeWorker.cjs');
    this.#workers = Array.from({ length: count }, () => new Worker(file));
    this.#left = this.#workers.map(leftOver);
    // Whoever waits for it is told; until then it is nobody's error.
    for (const left of this.#left) left.catch(() => {});
  }

  begin(task: LinkTask): void {
    for (const worker of this.#workers) worker.postMessage(task);
  }

  /**
   * Waits until every thread has nothing left to do.
   *
   * @returns pages they took for nothing
   * @throws BacklinkLensError internal, when one of them dies
   */
  async ended(): Promise<readonly number[]> {
    return (await Promise.all(this.#left)).flat();
  }

  /** Ends the threads, wherever they are: they write no more. */
  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}

function leftOver(worker: Worker): Promise<readonly number[]> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new BacklinkLensError('internal', `A thread that writes the index stopped: exit ${code}.`)));
  });
}
