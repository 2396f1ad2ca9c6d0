/**
 * What the threads of one PageRank run share: 4 bytes an edge and 36 a node.
 * Everything lies in SharedArrayBuffers, so it crosses to a thread without a copy.
 */
import type { Graph } from './graph.ts';

export interface RankRules {
  readonly damping: number;
  /** Ends when the ranks change by less than this in all (L1). */
  readonly tolerance: number;
  readonly maxIterations: number;
}

export interface RankState extends Graph, RankRules {
  /** How many threads meet at the end of each iteration. */
  readonly threads: number;
  /** One over the number of nodes that each node points to; 0 for a dangling one. */
  readonly share: Float64Array;
  readonly rank: Float64Array;
  /** What each node gives to every node it points to: read from one array, written to the other, by turns. */
  readonly passed: readonly [Float64Array, Float64Array];
  /** Sums of each block of nodes. Added up in the blocks' order, so the result does not depend on the number of threads. */
  readonly blockDelta: Float64Array;
  readonly blockDangling: Float64Array;
  /** L1 change of each iteration, as many as are kept. */
  readonly deltas: Float64Array;
  /** By FIGURE. */
  readonly figures: Float64Array;
  /** By CONTROL. */
  readonly control: Int32Array<SharedArrayBuffer>;
}

/** Nodes a thread takes at a time: many blocks in a small graph's iteration, and few calls for them. */
export const NODES_A_BLOCK = 4096;

/** Of how many iterations the change is kept: the curve that `index info` and benches may draw. */
const KEPT_DELTAS = 1000;

export const FIGURE = { base: 0, delta: 1 } as const;
export const CONTROL = { nextBlock: 0, arrived: 1, iterations: 2, finished: 3 } as const;

/** The state before the first iteration: every node of a graph that has some holds the same rank. */
export function startRanks(graph: Graph, rules: RankRules, threads: number): RankState {
  const { nodes, offsets, sources } = graph;
  const blocks = Math.ceil(nodes / NODES_A_BLOCK);
  const state: RankState = {
    nodes,
    offsets,
    sources,
    ...rules,
    threads,
    share: shares(graph),
    rank: floats(nodes).fill(1 / nodes),
    passed: [floats(nodes), floats(nodes)],
    blockDelta: floats(blocks),
    blockDangling: floats(blocks),
    deltas: floats(Math.min(rules.maxIterations, KEPT_DELTAS)),
    figures: floats(Object.keys(FIGURE).length),
    control: new Int32Array(new SharedArrayBuffer(Object.keys(CONTROL).length * 4)),
  };
  passFirst(state);
  return state;
}

function shares({ nodes, sources }: Graph): Float64Array {
  const share = floats(nodes);
  for (let edge = 0; edge < sources.length; edge++) {
    const source = sources[edge] as number;
    share[source] = (share[source] as number) + 1;
  }
  for (let node = 0; node < nodes; node++) if (share[node] !== 0) share[node] = 1 / (share[node] as number);
  return share;
}

function passFirst({ nodes, damping, share, rank, passed: [first], figures }: RankState): void {
  let dangling = 0;
  for (let node = 0; node < nodes; node++) {
    const held = rank[node] as number;
    const portion = share[node] as number;
    if (portion === 0) dangling += held;
    first[node] = held * portion;
  }
  figures[FIGURE.base] = (1 - damping + damping * dangling) / nodes;
  figures[FIGURE.delta] = Number.POSITIVE_INFINITY;
}

function floats(length: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(length * 8));
}
