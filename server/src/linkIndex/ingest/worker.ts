/** Entry of the thread that builds an index; bundled as dist/ingestWorker.cjs. */
import { parentPort, workerData } from 'node:worker_threads';
import { BacklinkLensError, isAbort } from '../../util/errors.ts';
import type { Log } from '../../util/log.ts';
import { buildIndex } from './build.ts';
import { ABORT_MESSAGE, type BuildMessage, type BuildTask } from './workerMessages.ts';

const post = (message: BuildMessage): void => parentPort?.postMessage(message);
const logTo = (level: keyof Log) => (message: string) => post({ kind: 'log', level, message });
const abort = new AbortController();

parentPort?.on('message', (message: unknown) => {
  if (message === ABORT_MESSAGE) abort.abort();
});

async function run(): Promise<BuildMessage> {
  try {
    const result = await buildIndex({
      ...(workerData as BuildTask),
      signal: abort.signal,
      log: { debug: logTo('debug'), info: logTo('info'), warn: logTo('warn'), error: logTo('error') },
      onProgress: (progress) => post({ kind: 'progress', progress }),
    });
    return { kind: 'done', result };
  } catch (error) {
    const code = BacklinkLensError.is(error) ? error.code : null;
    return { kind: 'failed', code, message: error instanceof Error ? error.message : String(error), aborted: isAbort(error) };
  }
}

// Not awaited at the top level: the bundle is CommonJS.
void run().then((message) => {
  post(message);
  parentPort?.close();
});
