/** Entry of the threads that help to write the trees of a large generation; bundled as dist/treeWorker.cjs. Each waits for its one task. */
import { parentPort } from 'node:worker_threads';
import { type LinkTask, writeTreesApart } from './linkTask.ts';

parentPort?.once('message', (task: LinkTask) => {
  void writeTreesApart(task).then((left) => parentPort?.postMessage(left));
});
