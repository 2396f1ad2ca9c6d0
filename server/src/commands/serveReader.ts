/** Entry of the threads that read the service's index and make its rows into JSON; bundled as dist/serviceWorker.cjs. */
import { parentPort, workerData } from 'node:worker_threads';
import { toWirePage } from '../api/pages.ts';
import type { ReaderData } from '../linkIndex/readMessages.ts';
import { serveReads } from '../linkIndex/serveReads.ts';

serveReads(parentPort, workerData as ReaderData, toWirePage);
