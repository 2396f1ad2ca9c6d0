/** Ranks and strengths, against published graphs, the definition as a dense matrix, and scipy where it is installed. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { buildGraph, type Graph } from '../../../server/src/linkIndex/strength/graph.ts';
import { pageRank, type RankOptions, type Ranks, strengthTenths } from '../../../server/src/linkIndex/strength.ts';
import { denseRank, denseStrength, type Edges } from './denseRank.ts';
import { powerLaw } from './powerLaw.ts';

function graphOf(nodes: number, edges: Edges): Graph {
  return buildGraph(nodes, (visit) => {
    for (const [source, target] of edges) visit(source, target);
  });
}

function assertClose(actual: Iterable<number>, expected: readonly number[], relative: number): void {
  for (const [at, value] of [...actual].entries()) {
    const wanted = expected[at] ?? Number.NaN;
    assert.ok(Math.abs(value - wanted) <= relative * Math.abs(wanted), `node ${at}: ${value}, expected ${wanted}`);
  }
}

const { signal } = new AbortController();

function rankOf(nodes: number, edges: Edges, options?: RankOptions): Promise<Ranks> {
  return pageRank(graphOf(nodes, edges), signal, options);
}

const exact = { tolerance: 1e-15, maxIterations: 1000 };

const anyGraph = fc.integer({ min: 1, max: 25 }).chain((nodes) =>
  fc.record({
    nodes: fc.constant(nodes),
    edges: fc.array(fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1)), { maxLength: 80 }),
  }),
);

/** Five shapes that have gone wrong for somebody. */
const SHAPES: readonly { name: string; nodes: number; edges: Edges }[] = [
  { name: 'one page', nodes: 1, edges: [] },
  { name: 'no links', nodes: 5, edges: [] },
  {
    name: 'only self links',
    nodes: 3,
    edges: [
      [0, 0],
      [1, 1],
      [2, 2],
    ],
  },
  {
    name: 'all dangle but one',
    nodes: 6,
    edges: [
      [0, 1],
      [0, 2],
      [0, 3],
      [0, 4],
      [0, 5],
    ],
  },
  {
    name: 'a cycle',
    nodes: 4,
    edges: [
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 0],
    ],
  },
  {
    name: 'repeats',
    nodes: 3,
    edges: [
      [0, 1],
      [0, 1],
      [0, 1],
      [0, 2],
      [1, 2],
    ],
  },
];

describe('strength: ranks', () => {
  it('equals the eleven-page example of the Wikipedia article on PageRank (percent, one decimal)', async () => {
    const [A, B, C, D, E, F] = [0, 1, 2, 3, 4, 5] as const;
    const others: Edges = [6, 7, 8]
      .flatMap(
        (page) =>
          [
            [page, B],
            [page, E],
          ] as const,
      )
      .concat([
        [9, E],
        [10, E],
      ]);
    const { rank } = await rankOf(11, [[B, C], [C, B], [D, A], [D, B], [E, B], [E, D], [E, F], [F, B], [F, E], ...others], exact);
    assert.deepEqual(
      Array.from(rank, (value) => Math.round(value * 1000) / 10),
      [3.3, 38.4, 34.3, 3.9, 8.1, 3.9, 1.6, 1.6, 1.6, 1.6, 1.6],
    );
  });

  it('equals the six-page example of Langville and Meyer, damping 0.9', async () => {
    const edges: Edges = [
      [0, 1],
      [0, 2],
      [2, 0],
      [2, 1],
      [2, 4],
      [3, 4],
      [3, 5],
      [4, 3],
      [4, 5],
      [5, 3],
    ];
    const { rank } = await rankOf(6, edges, { ...exact, damping: 0.9 });
    assertClose(rank, [0.03721, 0.05396, 0.04151, 0.3751, 0.206, 0.2862], 2e-4);
  });

  it('equals the definition on made-up graphs, and sums to 1', async () => {
    await fc.assert(
      fc.asyncProperty(anyGraph, async ({ nodes, edges }) => {
        const { rank, base } = await rankOf(nodes, edges, exact);
        const dense = denseRank(nodes, edges);
        assertClose(rank, dense.rank, 1e-9);
        assertClose([base], [dense.base], 1e-9);
        assertClose([rank.reduce((sum, value) => sum + value, 0)], [1], 1e-12);
      }),
      { numRuns: 300 },
    );
  });

  for (const { name, nodes, edges } of SHAPES) {
    it(`equals the definition: ${name}`, async () => {
      for (const threads of [1, 2]) assertClose((await rankOf(nodes, edges, { ...exact, threads })).rank, denseRank(nodes, edges).rank, 1e-12);
    });
  }

  it('stops at the tolerance, or at the limit of iterations', async () => {
    const edges: Edges = [
      [0, 1],
      [1, 2],
      [2, 0],
      [3, 0],
    ];
    for (const threads of [1, 2]) {
      const close = await rankOf(4, edges, { maxIterations: 200, threads });
      assert.ok(close.delta <= 1e-9 && close.iterations < 200);
      const cut = await rankOf(4, edges, { maxIterations: 3, threads });
      assert.equal(cut.iterations, 3);
      assert.deepEqual(Array.from(cut.curve), Array.from(close.curve.subarray(0, 3)));
      assert.equal(cut.curve[2], cut.delta);
    }
  });

  it('has nothing to say about no pages', async () => {
    assert.deepEqual(await rankOf(0, []), { rank: new Float64Array(0), base: 0, iterations: 0, delta: 0, curve: new Float64Array(0), damping: 0.85 });
  });

  it('equals scipy to 1e-6 relative, where scipy is', async function () {
    this.timeout(60_000);
    const python = ['python3', '/usr/bin/python3'].find((name) => spawnSync(name, ['-c', 'import scipy.sparse']).status === 0);
    const cases = [...SHAPES.filter(({ nodes }) => nodes > 0), { name: 'power law', nodes: 2000, edges: powerLaw(2000, 16_000) }];
    const theirs = python === undefined ? [] : scipyRanks(python, cases);
    for (const [at, { nodes, edges }] of cases.entries()) {
      const { rank } = await rankOf(nodes, edges, exact);
      if (nodes <= 100) assertClose(rank, denseRank(nodes, edges).rank, 1e-9);
      if (python !== undefined) assertClose(rank, theirs[at] ?? [], 1e-6);
      else if (nodes > 100) assertClose([rank.reduce((sum, value) => sum + value, 0)], [1], 1e-9);
    }
    console.log(`      ${cases.length} graphs against ${python === undefined ? 'the dense definition (no scipy here)' : 'scipy'}`);
  });
});

describe('strength: the scale', () => {
  it('is the printed formula', async () => {
    await fc.assert(
      fc.asyncProperty(anyGraph, async ({ nodes, edges }) => {
        const tenths = strengthTenths(await rankOf(nodes, edges, exact));
        assert.deepEqual(
          Array.from(tenths, (value) => value / 10),
          denseStrength(denseRank(nodes, edges)),
        );
      }),
    );
  });

  it('is 0 for a page nobody links to, and 10 for the strongest of a large index', () => {
    assert.deepEqual(strengthTenths({ rank: Float64Array.of(1e-6, 1e-6 * 500, 1e-6 * Math.sqrt(500)), base: 1e-6 }), Uint8Array.of(0, 100, 50));
  });

  it('stays low where a few links are all there is: 5.4 times the base is 3.7', () => {
    assert.deepEqual(strengthTenths({ rank: Float64Array.of(1, 5.4), base: 1 }), Uint8Array.of(0, 37));
  });
});

const SCIPY = `
import json, sys
import numpy as np
from scipy.sparse import csr_matrix
def ranks(n, edges):
    pairs = sorted({(t, s) for s, t in edges if s != t})
    rows = [t for t, s in pairs]; cols = [s for t, s in pairs]
    degree = np.bincount(cols, minlength=n) if cols else np.zeros(n)
    weights = [1.0 / degree[s] for s in cols]
    matrix = csr_matrix((weights, (rows, cols)), shape=(n, n))
    p = np.full(n, 1.0 / n)
    for _ in range(1000):
        q = 0.15 / n + 0.85 * (matrix @ p + p[degree == 0].sum() / n)
        if abs(q - p).sum() < 1e-15: break
        p = q
    return list(p)
print(json.dumps([ranks(graph['nodes'], graph['edges']) for graph in json.load(sys.stdin)]))
`;

function scipyRanks(python: string, graphs: readonly { nodes: number; edges: Edges }[]): number[][] {
  const { stdout, stderr } = spawnSync(python, ['-c', SCIPY], { input: JSON.stringify(graphs), maxBuffer: 1 << 28 });
  assert.equal(String(stderr), '');
  return JSON.parse(String(stdout)) as number[][];
}
