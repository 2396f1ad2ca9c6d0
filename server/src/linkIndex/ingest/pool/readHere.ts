/** Reads inputs one after the other in this process. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { lazyNetwork, type Network } from '../inputs/network.ts';
import { readInput } from '../inputs/readInput.ts';
import type { InputConsumer } from './consumer.ts';
import type { ReadTask } from './messages.ts';

/** Milliseconds of work before others have their turn: whoever wants to stop it, say. */
const TURN = 20;

/**
 * Reads every task to its end.
 *
 * @throws the signal's reason; whatever the consumer throws
 */
export async function readHere(tasks: readonly ReadTask[], consumer: InputConsumer, signal: AbortSignal): Promise<void> {
  const network = lazyNetwork(tasks[0]?.http);
  try {
    for (const [at, task] of tasks.entries()) await readOne(task, at, consumer, { network, signal });
  } finally {
    await network.close();
  }
}

export interface Surroundings {
  readonly network: Network;
  readonly signal: AbortSignal;
  /** Milliseconds of work before others have their turn. */
  readonly turn?: number;
  /** See ReadOptions. */
  readonly ahead?: boolean;
}

/** Reads one task to its end. */
export async function readOne(
  task: ReadTask,
  at: number,
  consumer: InputConsumer,
  { network, signal, turn = TURN, ahead }: Surroundings,
): Promise<void> {
  consumer.begin(task.input, at);
  const captures = readInput(task.input, {
    ...task.options,
    patience: task.patience,
    known: task.known,
    signal,
    ahead,
    http: network.open,
    onBytes: (bytes) => consumer.onBytes(bytes, at),
    onSize: (bytes) => consumer.onSize(bytes, at),
  });
  try {
    let began = performance.now();
    for (;;) {
      const next = await captures.next();
      if (next.done) return consumer.end(next.value, at);
      consumer.take(next.value, at);
      if (performance.now() - began < turn) continue;
      await nextTurn();
      signal.throwIfAborted();
      began = performance.now();
    }
  } finally {
    await captures.return({ problem: null, note: null, bytes: 0, hash: null });
  }
}
