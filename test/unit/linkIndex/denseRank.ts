/** PageRank written down as its definition: a dense matrix, no tricks. The oracle for small graphs. */

/** Edges by source, as written: repeats and self links included. */
export type Edges = readonly (readonly [source: number, target: number])[];

/** @returns the ranks after `iterations` steps from the even start, and what an unlinked node gets */
export function denseRank(nodes: number, edges: Edges, iterations = 200, damping = 0.85): { rank: number[]; base: number } {
  const matrix = Array.from({ length: nodes }, () => filled(nodes, 0));
  for (const [source, target] of edges) if (source !== target) (matrix[target] as number[])[source] = 1;
  for (let source = 0; source < nodes; source++) {
    const degree = matrix.reduce((sum, row) => sum + (row[source] ?? 0), 0);
    for (const row of matrix) row[source] = degree === 0 ? 1 / nodes : (row[source] ?? 0) / degree;
  }
  const dangling = Array.from({ length: nodes }, (_, source) => !edges.some(([from, to]) => from === source && to !== source));
  let rank = filled(nodes, 1 / nodes);
  for (let step = 0; step < iterations; step++) {
    rank = matrix.map((row) => (1 - damping) / nodes + damping * row.reduce((sum, weight, source) => sum + weight * (rank[source] ?? 0), 0));
  }
  const mass = rank.reduce((sum, value, node) => sum + (dangling[node] ? value : 0), 0);
  return { rank, base: (1 - damping + damping * mass) / nodes };
}

/** Strength by the printed formula: 10 * ln(p / b) / ln(max(100, p_max / b)), one decimal. */
export function denseStrength({ rank, base }: { rank: readonly number[]; base: number }): number[] {
  const scale = Math.log(Math.max(100, Math.max(...rank) / base));
  // Rounding errors put an unlinked node a hair below the base.
  return rank.map((value) => Math.max(0, Math.round((100 * Math.log(value / base)) / scale)) / 10);
}

function filled(length: number, value: number): number[] {
  return Array.from({ length }, () => value);
}
