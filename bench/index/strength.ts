/**
 * PageRank of 1,000,000 pages with 10,000,000 links (`--pages=1000000`) by 2 threads: an iteration beside one product of scipy's sparse matrix
 * with a vector (Debian's python3-scipy, where it is), the largest relative difference of the ranks, and the memory taken.
 * `--curve` goes from 1,000,000 links up to `--pages`, 10,000,000 of them being 100 M links, and prints time and memory of each size and the
 * change of each iteration.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildGraph, type Graph } from '../../server/src/linkIndex/strength/graph.ts';
import { pageRank, type Ranks } from '../../server/src/linkIndex/strength.ts';
import { inFolder, median, option, type Timing, timed, verdict } from './measure.ts';
import { SyntheticWeb } from './syntheticWeb.ts';

const THREADS = option('threads', 2);
const PRODUCTS = 20;
const signal = new AbortController().signal;
const pages = option('pages', 1_000_000);
const rounds = option('rounds', 5);

const SCIPY = `
import sys, time
import numpy as np
from scipy.sparse import csr_matrix
folder, out = sys.argv[1], sys.argv[2]
offsets = np.fromfile(folder + '/offsets', dtype=np.uint32).astype(np.int32)
sources = np.fromfile(folder + '/sources', dtype=np.uint32).astype(np.int32)
n = len(offsets) - 1
degree = np.bincount(sources, minlength=n)
matrix = csr_matrix((1.0 / degree[sources], sources, offsets), shape=(n, n))
p = np.full(n, 1.0 / n)
times = []
for _ in range(${PRODUCTS}):
    started, used = time.perf_counter(), time.process_time()
    matrix @ p
    times.append((time.perf_counter() - started, time.process_time() - used))
for figure in zip(*times): print(sorted(figure)[len(times) // 2] * 1000)
if out:
    for _ in range(100):
        q = 0.15 / n + 0.85 * (matrix @ p + p[degree == 0].sum() / n)
        delta = abs(q - p).sum(); p = q
        if delta <= 1e-9: break
    p.tofile(folder + '/' + out)
`;

if (process.argv.includes('--curve')) await curve();
else await compare();

async function compare(): Promise<void> {
  const graph = graphOf(pages);
  const python = ['python3', '/usr/bin/python3'].find((name) => spawnSync(name, ['-c', 'import scipy.sparse']).status === 0);
  await inFolder(async (folder) => {
    writeFileSync(path.join(folder, 'offsets'), graph.offsets);
    writeFileSync(path.join(folder, 'sources'), graph.sources);
    const ours: Timing[] = [];
    const alone: number[] = [];
    const products: Timing[] = [];
    let ranks = await pageRank(graph, signal, { threads: THREADS });
    for (let round = 0; round < rounds; round++) {
      const together = await timed(async () => {
        ranks = await pageRank(graph, signal, { threads: THREADS });
      });
      ours.push({ wall: together.wall / ranks.iterations, cpu: together.cpu / ranks.iterations });
      const single = await timed(() => pageRank(graph, signal, { threads: 1 }));
      alone.push(single.wall / ranks.iterations);
      if (python !== undefined) products.push(scipyProduct(python, folder, ''));
    }
    const iteration = median(ours.map(({ wall }) => wall));
    const figure = `${iteration.toFixed(1)} ms by ${THREADS} threads, ${median(alone).toFixed(1)} by one; ${ranks.iterations} iterations`;
    if (python === undefined) console.log(`${figure} (no scipy here)`);
    else {
      const product = median(products.map(({ wall }) => wall));
      verdict("an iteration beside scipy's sparse product", `${figure}; scipy ${product.toFixed(1)} ms`, iteration / product, { most: 1.1 });
      const busy = median(ours.map(({ cpu }) => cpu)) / THREADS / median(products.map(({ cpu }) => cpu));
      verdict('the same by CPU time of one thread', '', busy, { most: 1.1 });
      scipyProduct(python, folder, 'ranks');
      const theirs = new Float64Array(readFileSync(path.join(folder, 'ranks')).buffer);
      verdict('largest relative difference from scipy, in 1e-6', '', largestDifference(ranks.rank, theirs) / 1e-6, { most: 1 });
    }
    const { beyondLinks } = memoryOf(graph);
    verdict('bytes a page beside 4 a link', '', beyondLinks, { most: 40 });
  });
}

async function curve(): Promise<void> {
  let last: Ranks | null = null;
  for (let size = Math.min(100_000, pages); size <= pages; size *= 10) {
    const graph = graphOf(size);
    const { wall } = await timed(async () => {
      last = await pageRank(graph, signal, { threads: THREADS });
    });
    const { iterations } = last as unknown as Ranks;
    const edges = graph.sources.length;
    const each = wall / iterations;
    console.log(
      `${size} pages, ${edges} links: ${iterations} iterations in ${(wall / 1000).toFixed(1)} s, ${each.toFixed(1)} ms each, ` +
        `${((each * 1e6) / edges).toFixed(1)} ns a link; ${(memoryOf(graph).all / 2 ** 20).toFixed(0)} MB`,
    );
  }
  console.log('L1 change by iteration:');
  for (const [at, delta] of (last as unknown as Ranks).curve.entries())
    console.log(`${String(at + 1).padStart(4)}  ${delta.toExponential(2)}  ${'#'.repeat(Math.round(Math.max(0, 9 + Math.log10(delta)) * 6))}`);
}

/** The graph of the made-up web's followed links, as a build sees it. */
function graphOf(size: number): Graph {
  const web = new SyntheticWeb(size);
  let [sources, targets] = [new Uint32Array(size * 11), new Uint32Array(size * 11)];
  let count = 0;
  for (let page = 0; page < size; page++) {
    for (const { target } of web.links(page)) {
      sources[count] = page;
      targets[count++] = target;
    }
  }
  const graph = buildGraph(size, (visit) => {
    for (let at = 0; at < count; at++) visit(sources[at] as number, targets[at] as number);
  });
  [sources, targets] = [new Uint32Array(0), new Uint32Array(0)];
  return graph;
}

/** What a run holds: the graph, and 32 bytes a page of its own. */
function memoryOf({ nodes, sources, offsets }: Graph): { readonly all: number; readonly beyondLinks: number } {
  const beyondLinks = offsets.byteLength / nodes + 32;
  return { all: sources.byteLength + beyondLinks * nodes, beyondLinks };
}

function scipyProduct(python: string, folder: string, out: string): Timing {
  const { stdout, stderr, status } = spawnSync(python, ['-c', SCIPY, folder, out], { encoding: 'utf8' });
  if (status !== 0) throw new TypeError(`scipy: ${stderr}`);
  const [wall = Number.NaN, cpu = Number.NaN] = stdout.trim().split('\n').map(Number);
  return { wall, cpu };
}

function largestDifference(ours: Float64Array, theirs: Float64Array): number {
  let largest = 0;
  for (const [at, rank] of ours.entries()) largest = Math.max(largest, Math.abs(rank / (theirs[at] ?? Number.NaN) - 1));
  return largest;
}
