/** Entry of a thread that reads an index; bundled as dist/indexWorker.cjs. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ReaderData } from './readMessages.ts';
import { serveReads } from './serveReads.ts';

serveReads(parentPort, workerData as ReaderData);
