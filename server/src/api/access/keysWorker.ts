/** Entry of the thread that holds the keys file of a service; bundled as dist/keysWorker.cjs. SQLite waits inside its calls, and nobody waits here. */
import { parentPort, workerData } from 'node:worker_threads';
import { BacklinkLensError } from '../../util/errors.ts';
import { type Ledger, openLedger } from './ledger.ts';
import type { Batch, BatchReply, Failure, WorkerData } from './messages.ts';

const post = (reply: BatchReply): void => parentPort?.postMessage(reply);
const held = hold((workerData as WorkerData).file);

parentPort?.on('message', (batch: Batch | null) => {
  if (batch !== null) return post(held.reply(batch));
  try {
    held.close();
  } finally {
    parentPort?.close();
  }
});

function hold(file: string): { reply(batch: Batch): BatchReply; close(): void } {
  let ledger: Ledger | null = null;
  return {
    /** No requests: the file is opened, or found to be usable. */
    reply({ id, requests }) {
      try {
        ledger ??= openLedger(file);
        return { id, values: requests.length === 0 ? [] : ledger.run(requests) };
      } catch (error) {
        return { id, failed: toFailure(error) };
      }
    },
    close: () => ledger?.close(),
  };
}

function toFailure(error: unknown): Failure {
  return { code: BacklinkLensError.is(error) ? error.code : null, message: error instanceof Error ? error.message : String(error) };
}
