/** The graph that strength is computed over: who points to each node, in memory that threads share. */

/** Edges grouped by the node they point to. Each edge stands once; no node points to itself. */
export interface Graph {
  readonly nodes: number;
  /** Sources of node v's incoming edges are `sources[offsets[v]]` up to `sources[offsets[v + 1] - 1]`, ascending. */
  readonly offsets: Uint32Array<SharedArrayBuffer>;
  readonly sources: Uint32Array<SharedArrayBuffer>;
}

/** Calls back with every edge (source, target), in any order, the same ones each time it is called. */
export type VisitEdges = (visit: (source: number, target: number) => void) => void;

/** Groups up to this long are sorted in place by insertion: a call of the library's sort would cost more. */
const SMALL_GROUP = 24;

/**
 * Groups edges by target, drops repeats and self links. Takes 4 bytes an edge and 4 a node, and twice walks the edges.
 *
 * @param nodes how many; they are numbered from 0
 */
export function buildGraph(nodes: number, edges: VisitEdges): Graph {
  const offsets = new Uint32Array(new SharedArrayBuffer((nodes + 1) * 4));
  edges((source, target) => {
    if (source !== target) offsets[target] = (offsets[target] as number) + 1;
  });
  const sources = new Uint32Array(new SharedArrayBuffer(toEnds(offsets) * 4));
  // Each group is filled from its end, which leaves the offset at its beginning.
  edges((source, target) => {
    if (source === target) return;
    const at = (offsets[target] as number) - 1;
    sources[at] = source;
    offsets[target] = at;
  });
  const kept = dropRepeats(offsets, sources);
  return { nodes, offsets, sources: sources.subarray(0, kept) };
}

/**
 * Visits a graph's edges as edges between groups of its nodes; those within a group stay, as self links.
 *
 * @param groupOf number of each node's group
 */
export function visitGrouped(
  { nodes, offsets, sources }: Graph,
  groupOf: Uint32Array | readonly number[],
  visit: (source: number, target: number) => void,
): void {
  for (let node = 0, edge = 0; node < nodes; node++) {
    const target = groupOf[node] as number;
    const end = offsets[node + 1] as number;
    for (; edge < end; edge++) visit(groupOf[sources[edge] as number] as number, target);
  }
}

/** Turns the sizes of groups into their ends; returns the last end. */
function toEnds(offsets: Uint32Array): number {
  let end = 0;
  for (let node = 0; node < offsets.length; node++) {
    end += offsets[node] as number;
    offsets[node] = end;
  }
  return end;
}

/** Sorts each node's sources and keeps one of each, in place; returns how many remain. */
function dropRepeats(offsets: Uint32Array, sources: Uint32Array): number {
  let write = 0;
  let start = 0;
  for (let node = 0; node + 1 < offsets.length; node++) {
    const end = offsets[node + 1] as number;
    sortRange(sources, start, end);
    offsets[node] = write;
    let last = -1;
    for (let at = start; at < end; at++) {
      const source = sources[at] as number;
      if (source === last) continue;
      last = source;
      sources[write++] = source;
    }
    start = end;
  }
  offsets[offsets.length - 1] = write;
  return write;
}

function sortRange(values: Uint32Array, start: number, end: number): void {
  if (end - start > SMALL_GROUP) {
    values.subarray(start, end).sort();
    return;
  }
  for (let at = start + 1; at < end; at++) {
    const value = values[at] as number;
    let hole = at;
    for (; hole > start && (values[hole - 1] as number) > value; hole--) values[hole] = values[hole - 1] as number;
    values[hole] = value;
  }
}
