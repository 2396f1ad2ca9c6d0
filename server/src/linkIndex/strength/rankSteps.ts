/** The steps of one PageRank iteration: what a thread does for a block of nodes, and what the last to finish does for all. */
import { CONTROL, FIGURE, NODES_A_BLOCK, type RankState } from './rankState.ts';

/**
 * New ranks of one block: base + damping * what the nodes that point to each give it. Notes how much they changed, what dangling nodes
 * hold, and what each node will give in the next iteration.
 */
export function rankBlock(state: RankState, block: number, iteration: number): void {
  const { offsets, sources, outDegree, rank, damping } = state;
  const from = state.passed[iteration % 2] as Float64Array;
  const to = state.passed[(iteration + 1) % 2] as Float64Array;
  const base = state.figures[FIGURE.base] as number;
  const last = Math.min(state.nodes, (block + 1) * NODES_A_BLOCK);
  let delta = 0;
  let dangling = 0;
  for (let node = block * NODES_A_BLOCK; node < last; node++) {
    const value = base + damping * gather(from, sources, offsets[node] as number, offsets[node + 1] as number);
    const degree = outDegree[node] as number;
    delta += Math.abs(value - (rank[node] as number));
    rank[node] = value;
    if (degree === 0) dangling += value;
    else to[node] = value / degree;
  }
  state.blockDelta[block] = delta;
  state.blockDangling[block] = dangling;
}

/** Four sums at a time: the loads of one do not wait for the additions of another. */
function gather(passed: Float64Array, sources: Uint32Array, start: number, end: number): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let edge = start;
  for (; edge + 3 < end; edge += 4) {
    a += passed[sources[edge] as number] as number;
    b += passed[sources[edge + 1] as number] as number;
    c += passed[sources[edge + 2] as number] as number;
    d += passed[sources[edge + 3] as number] as number;
  }
  for (; edge < end; edge++) a += passed[sources[edge] as number] as number;
  return a + b + (c + d);
}

/**
 * Ends an iteration when every block is done: sums up, sets the next base, sees whether it was the last.
 *
 * @returns whether it was
 */
export function endIteration(state: RankState): boolean {
  const { nodes, damping, tolerance, maxIterations, figures, control } = state;
  const delta = sum(state.blockDelta);
  const iterations = Atomics.load(control, CONTROL.iterations) + 1;
  const finished = delta <= tolerance || iterations >= maxIterations;
  figures[FIGURE.delta] = delta;
  // The base of the last iteration stays: it is what a node that nobody points to holds now.
  if (!finished) figures[FIGURE.base] = (1 - damping + damping * sum(state.blockDangling)) / nodes;
  Atomics.store(control, CONTROL.finished, finished ? 1 : 0);
  Atomics.store(control, CONTROL.nextBlock, 0);
  Atomics.store(control, CONTROL.arrived, 0);
  Atomics.store(control, CONTROL.iterations, iterations);
  return finished;
}

function sum(values: Float64Array): number {
  let total = 0;
  for (let at = 0; at < values.length; at++) total += values[at] as number;
  return total;
}
