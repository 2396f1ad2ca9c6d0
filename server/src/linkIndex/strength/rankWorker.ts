/**
 * Entry of one of the threads that rank a large graph together; bundled as dist/strengthWorker.cjs.
 * Threads take the next block of nodes that nobody has yet, and meet after each iteration.
 */
import { workerData } from 'node:worker_threads';
import { CONTROL, type RankState } from './rankState.ts';
import { endIteration, rankBlock } from './rankSteps.ts';

function work(state: RankState): void {
  const { control, threads } = state;
  const blocks = state.blockDelta.length;
  for (let iteration = 0; Atomics.load(control, CONTROL.finished) === 0; iteration++) {
    for (;;) {
      const block = Atomics.add(control, CONTROL.nextBlock, 1);
      if (block >= blocks) break;
      rankBlock(state, block, iteration);
    }
    if (Atomics.add(control, CONTROL.arrived, 1) === threads - 1) {
      endIteration(state);
      Atomics.notify(control, CONTROL.iterations);
    } else {
      while (Atomics.load(control, CONTROL.iterations) === iteration) Atomics.wait(control, CONTROL.iterations, iteration);
    }
  }
}

work(workerData as RankState);
