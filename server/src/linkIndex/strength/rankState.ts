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
  const outDegree = countOut(graph);
  const state: RankState = {
    nodes,
    offsets,
    sources,
    ...rules,
    threads,
    share: floats(nodes),
    rank: floats(nodes),
    passed: [floats(nodes), floats(nodes)],
    blockDelta: floats(blocks),
    blockDangling: floats(blocks),
    deltas: floats(Math.min(rules.maxIterations, KEPT_DELTAS)),
    figures: floats(Object.keys(FIGURE).length),
    control: new Int32Array(new SharedArrayBuffer(Object.keys(CONTROL).length * 4)),
  };
  fillFirst(state, outDegree);
  return state;
}

/** How many nodes each node points to. */
function countOut({ nodes, sources }: Graph): Uint32Array {
  const outDegree = new Uint32Array(nodes);
  for (let edge = 0; edge < sources.length; edge++) {
    const source = sources[edge] as number;
    outDegree[source] = (outDegree[source] as number) + 1;
  }
  return outDegree;
}

function fillFirst({ nodes, damping, share, rank, passed: [first], figures }: RankState, outDegree: Uint32Array): void {
  const held = 1 / nodes;
  let dangling = 0;
  for (let node = 0; node < nodes; node++) {
    const degree = outDegree[node] as number;
    rank[node] = held;
    if (degree === 0) {
      dangling += held;
      continue;
    }
    share[node] = 1 / degree;
    first[node] = held / degree;
  }
  figures[FIGURE.base] = (1 - damping + damping * dangling) / nodes;
  figures[FIGURE.delta] = Number.POSITIVE_INFINITY;
}

function floats(length: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(length * 8));
}
