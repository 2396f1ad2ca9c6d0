/** Runs a build in a process of its own, so that whoever asked stays responsive, and keeps its memory when it is over. */
import { type ChildProcess, fork } from 'node:child_process';
import { BacklinkLensError } from '../../util/errors.ts';
import { programFile } from '../programFile.ts';
import type { IngestOptions } from './options.ts';
import type { BuildResult } from './result.ts';
import type { FromBuilder, ToBuilder } from './workerMessages.ts';

export interface BuildWorkerOptions extends IngestOptions {
  /** The process's file; by default the one beside this program (`ingestWorker.cjs`, or `ingest/worker.ts` when run from sources). */
  readonly workerFile?: string | undefined;
}

/** As buildIndex, in a process of its own; progress and log lines come back as they happen. */
export async function buildIndexInWorker(options: BuildWorkerOptions): Promise<BuildResult> {
  return await runInWorker(options, false);
}

/** As addToIndex, in a process of its own. */
export async function addToIndexInWorker(options: BuildWorkerOptions): Promise<BuildResult> {
  return await runInWorker(options, true);
}

async function runInWorker(options: BuildWorkerOptions, addition: boolean): Promise<BuildResult> {
  const { workerFile, log: _log, onPlan: _onPlan, onProgress: _onProgress, signal, stop, ...task } = options;
  signal?.throwIfAborted();
  stop?.throwIfAborted();
  const file = workerFile ?? programFile(import.meta.url, './worker.ts', 'ingestWorker.cjs');
  const worker = fork(file, ['build'], { serialization: 'advanced', execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const abort = (): void => tell(worker, { kind: 'abort' });
  const stopReading = (): void => tell(worker, { kind: 'stop' });
  signal?.addEventListener('abort', abort);
  stop?.addEventListener('abort', stopReading);
  try {
    return await outcome(worker, { kind: 'build', task, addition }, options);
  } finally {
    signal?.removeEventListener('abort', abort);
    stop?.removeEventListener('abort', stopReading);
    worker.removeAllListeners();
    if (worker.connected) worker.disconnect();
  }
}

function tell(worker: ChildProcess, message: ToBuilder): void {
  if (worker.connected) worker.send(message);
}

function outcome(worker: ChildProcess, task: ToBuilder, { log, onPlan, onProgress, signal, stop }: BuildWorkerOptions): Promise<BuildResult> {
  return new Promise((resolve, reject) => {
    worker.on('message', (message: FromBuilder) => {
      if (message.kind === 'progress') onProgress?.(message.progress);
      else if (message.kind === 'plan') onPlan?.(message.inputs);
      else if (message.kind === 'log') log?.[message.level](message.message);
      else if (message.kind === 'done') resolve(message.result);
      else reject(failure(message, signal?.aborted ? signal : stop));
    });
    worker.on('error', (cause) => reject(stopped(cause.message, cause)));
    worker.on('exit', (code, killed) => reject(stopped(killed ?? `exit ${code}`)));
    tell(worker, task);
  });
}

function stopped(why: string, cause?: unknown): BacklinkLensError {
  return new BacklinkLensError('internal', `The build ended without a result (${why}). The old index is untouched.`, { cause });
}

function failure(message: Extract<FromBuilder, { kind: 'failed' }>, signal: AbortSignal | undefined): unknown {
  if (message.aborted) return signal?.reason ?? new DOMException('The build was aborted.', 'AbortError');
  return new BacklinkLensError(message.code ?? 'internal', message.message);
}
