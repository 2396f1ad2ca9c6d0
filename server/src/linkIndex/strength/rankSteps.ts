/** The steps of one PageRank iteration: what a thread does for a block of nodes, and what the last to finish does for all. */
import { CONTROL, FIGURE, NODES_A_BLOCK, type RankState } from './rankState.ts';

/**
 * New ranks of one block: base + damping * what the nodes that point to each give it. Notes how much they changed, what dangling nodes
 * hold, and what each node will give in the next iteration.
 *
 * Two passes, over views that begin at the block and indexes told to be whole (`| 0`): the engine then keeps both loops in integers, and the
 * ranks half as long as in one pass over the whole arrays.
 */
export function rankBlock(state: RankState, block: number, iteration: number): void {
  const first = block * NODES_A_BLOCK;
  const last = Math.min(state.nodes, first + NODES_A_BLOCK);
  const from = state.passed[iteration % 2] as Float64Array;
  const to = (state.passed[(iteration + 1) % 2] as Float64Array).subarray(first, last);
  gather(from, state.offsets.subarray(first, last + 1), state.sources, to);
  finishBlock(state, block, to);
}

/** Sums what is passed to each node of a block. */
function gather(from: Float64Array, offsets: Uint32Array, allSources: Uint32Array, sums: Float64Array): void {
  const start = offsets[0] as number;
  const sources = allSources.subarray(start, offsets[sums.length]);
  for (let node = 0, edge = 0; node < sums.length; node = (node + 1) | 0) {
    const end = ((offsets[(node + 1) | 0] as number) - start) | 0;
    let sum = 0;
    for (; edge < end; edge = (edge + 1) | 0) sum += from[sources[edge] as number] as number;
    sums[node] = sum;
  }
}

/** @param to sums of the block's nodes, which become what they pass on */
function finishBlock(state: RankState, block: number, to: Float64Array): void {
  const { damping } = state;
  const base = state.figures[FIGURE.base] as number;
  const first = block * NODES_A_BLOCK;
  const rank = state.rank.subarray(first, first + to.length);
  const share = state.share.subarray(first, first + to.length);
  let delta = 0;
  let dangling = 0;
  for (let node = 0; node < to.length; node = (node + 1) | 0) {
    const value = base + damping * (to[node] as number);
    const portion = share[node] as number;
    delta += Math.abs(value - (rank[node] as number));
    rank[node] = value;
    if (portion === 0) dangling += value;
    to[node] = value * portion;
  }
  state.blockDelta[block] = delta;
  state.blockDangling[block] = dangling;
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
  state.deltas[iterations - 1] = delta;
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
