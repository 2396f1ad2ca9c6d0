/**
 * Strength of pages and domains: PageRank over a graph, then a logarithmic scale from 0 to 10.
 * Source of the rank: S. Brin, L. Page, "The Anatomy of a Large-Scale Hypertextual Web Search Engine" (1998), in the form whose ranks sum
 * to 1, with the rank of dangling nodes spread evenly (A. Langville, C. Meyer, "Google's PageRank and Beyond", 2006, section 4.3).
 */

/** Edges grouped by the node they point to. Each edge stands once; no node points to itself. */
export interface Graph {
  readonly nodes: number;
  /** Sources of node v's incoming edges are `sources[offsets[v]]` up to `sources[offsets[v + 1] - 1]`. */
  readonly offsets: Uint32Array;
  readonly sources: Uint32Array;
}

export interface RankOptions {
  readonly damping?: number | undefined;
  /** Ends when the ranks change by less than this in all (L1). */
  readonly tolerance?: number | undefined;
  readonly maxIterations?: number | undefined;
}

export interface Ranks {
  /** Rank of each node; they sum to 1. */
  readonly rank: Float64Array;
  /** What a node that nobody points to gets. */
  readonly base: number;
  readonly iterations: number;
  /** L1 change of the last iteration. */
  readonly delta: number;
  readonly damping: number;
}

/**
 * PageRank by power iteration in double precision.
 *
 * @returns no ranks, base 0 and no iterations for a graph without nodes
 */
export function pageRank(graph: Graph, options: RankOptions = {}): Ranks {
  const { damping = 0.85, tolerance = 1e-9, maxIterations = 100 } = options;
  const { nodes } = graph;
  if (nodes === 0) return { rank: new Float64Array(0), base: 0, iterations: 0, delta: 0, damping };
  const share = outShares(graph);
  let rank = new Float64Array(nodes).fill(1 / nodes);
  let next = new Float64Array(nodes);
  const passed = new Float64Array(nodes);
  let iterations = 0;
  let delta = Number.POSITIVE_INFINITY;
  let base = 0;
  while (iterations < maxIterations && delta > tolerance) {
    base = (1 - damping + damping * pass(rank, share, passed)) / nodes;
    delta = gather(graph, passed, damping, base, rank, next);
    [rank, next] = [next, rank];
    iterations++;
  }
  return { rank, base, iterations, delta, damping };
}

/** One over each node's number of outgoing edges; 0 for a dangling node. */
function outShares(graph: Graph): Float64Array {
  const share = new Float64Array(graph.nodes);
  for (const source of graph.sources) share[source] = (share[source] ?? 0) + 1;
  for (let node = 0; node < graph.nodes; node++) {
    const degree = share[node] ?? 0;
    if (degree > 0) share[node] = 1 / degree;
  }
  return share;
}

/** Fills in what each node gives to every node it points to; returns the rank that dangling nodes hold. */
function pass(rank: Float64Array, share: Float64Array, passed: Float64Array): number {
  let dangling = 0;
  for (let node = 0; node < rank.length; node++) {
    const portion = share[node] as number;
    const held = rank[node] as number;
    if (portion === 0) dangling += held;
    passed[node] = held * portion;
  }
  return dangling;
}

function gather(graph: Graph, passed: Float64Array, damping: number, base: number, rank: Float64Array, next: Float64Array): number {
  const { nodes, offsets, sources } = graph;
  let delta = 0;
  let edge = 0;
  for (let node = 0; node < nodes; node++) {
    const end = offsets[node + 1] as number;
    let sum = 0;
    for (; edge < end; edge++) sum += passed[sources[edge] as number] as number;
    const value = base + damping * sum;
    delta += Math.abs(value - (rank[node] as number));
    next[node] = value;
  }
  return delta;
}

/**
 * Ranks on the scale people see: 10 * ln(p / b) / ln(max(100, p_max / b)), in tenths. b is what an unlinked node gets, so nobody's links
 * are 0 and the strongest of a large graph is 10; the floor of 100 keeps a few links of a small graph a low number.
 *
 * @returns whole tenths, 0 to 100, one a node
 */
export function strengthTenths({ rank, base }: Pick<Ranks, 'rank' | 'base'>): Uint8Array {
  let strongest = 0;
  for (const value of rank) if (value > strongest) strongest = value;
  const scale = 100 / Math.log(Math.max(100, strongest / base));
  return Uint8Array.from(rank, (value) => Math.max(0, Math.round(scale * Math.log(value / base))));
}

/**
 * Groups edges by target, drops repeats and self links.
 *
 * @param edges calls back with every edge (source, target), in any order, the same ones each time it is called
 */
export function buildGraph(nodes: number, edges: (visit: (source: number, target: number) => void) => void): Graph {
  const offsets = new Uint32Array(nodes + 1);
  edges((source, target) => {
    if (source !== target) offsets[target + 1] = (offsets[target + 1] ?? 0) + 1;
  });
  for (let node = 0; node < nodes; node++) offsets[node + 1] = (offsets[node + 1] ?? 0) + (offsets[node] ?? 0);
  const sources = new Uint32Array(offsets[nodes] ?? 0);
  const cursor = offsets.slice(0, nodes);
  edges((source, target) => {
    if (source === target) return;
    const at = cursor[target] ?? 0;
    sources[at] = source;
    cursor[target] = at + 1;
  });
  return withoutRepeats(nodes, offsets, sources);
}

/** Sorts each node's sources and keeps one of each, in place. */
function withoutRepeats(nodes: number, offsets: Uint32Array, sources: Uint32Array): Graph {
  const kept = new Uint32Array(nodes + 1);
  let write = 0;
  for (let node = 0; node < nodes; node++) {
    const group = sources.subarray(offsets[node], offsets[node + 1]).sort();
    let last = -1;
    for (const source of group) {
      if (source === last) continue;
      last = source;
      sources[write++] = source;
    }
    kept[node + 1] = write;
  }
  return { nodes, offsets: kept, sources: sources.slice(0, write) };
}
