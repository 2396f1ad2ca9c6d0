/** Runs a build in a thread of its own, so that whoever asked stays responsive. */
import { Worker } from 'node:worker_threads';
import { BacklinkLensError } from '../../util/errors.ts';
import { programFile } from '../programFile.ts';
import type { BuildOptions, BuildResult } from './build.ts';
import { ABORT_MESSAGE, type BuildMessage, type BuildTask } from './workerMessages.ts';

export interface BuildWorkerOptions extends BuildOptions {
  /** The worker's file; by default the one beside this program (`ingestWorker.cjs`, or `ingest/worker.ts` when run from sources). */
  readonly workerFile?: string | undefined;
}

/** As buildIndex, in a worker thread; progress and log lines come back as they happen. */
export async function buildIndexInWorker(options: BuildWorkerOptions): Promise<BuildResult> {
  const { out, inputs, baseUrl, geoDatabase, now, workerFile, signal } = options;
  signal?.throwIfAborted();
  const task: BuildTask = { out, inputs, baseUrl, geoDatabase, now };
  const worker = new Worker(workerFile ?? programFile(import.meta.url, './worker.ts', 'ingestWorker.cjs'), { workerData: task });
  const stop = (): void => worker.postMessage(ABORT_MESSAGE);
  signal?.addEventListener('abort', stop);
  try {
    return await outcome(worker, options);
  } finally {
    signal?.removeEventListener('abort', stop);
    await worker.terminate();
  }
}

function outcome(worker: Worker, { log, onProgress, signal }: BuildWorkerOptions): Promise<BuildResult> {
  return new Promise((resolve, reject) => {
    worker.on('message', (message: BuildMessage) => {
      if (message.kind === 'progress') onProgress?.(message.progress);
      else if (message.kind === 'log') log?.[message.level](message.message);
      else if (message.kind === 'done') resolve(message.result);
      else reject(failure(message, signal));
    });
    worker.on('error', (cause) =>
      reject(new BacklinkLensError('internal', `The build stopped: ${messageOf(cause)}. The old index is untouched.`, { cause })),
    );
    worker.on('exit', (code) =>
      reject(new BacklinkLensError('internal', `The build ended without a result (exit ${code}). The old index is untouched.`)),
    );
  });
}

function failure(message: Extract<BuildMessage, { kind: 'failed' }>, signal: AbortSignal | undefined): unknown {
  if (message.aborted) return signal?.reason ?? new DOMException('The build was aborted.', 'AbortError');
  return new BacklinkLensError(message.code ?? 'internal', message.message);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
