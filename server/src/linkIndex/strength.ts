/**
 * Strength of pages and domains: PageRank over a graph, then a logarithmic scale from 0 to 10.
 * Source of the rank: S. Brin, L. Page, "The Anatomy of a Large-Scale Hypertextual Web Search Engine" (1998), in the form whose ranks sum
 * to 1, with the rank of dangling nodes spread evenly (A. Langville, C. Meyer, "Google's PageRank and Beyond", 2006, section 4.3).
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { BacklinkLensError } from '../util/errors.ts';
import { programFile } from './programFile.ts';
import type { Graph } from './strength/graph.ts';
import { CONTROL, FIGURE, type RankRules, type RankState, startRanks } from './strength/rankState.ts';
import { endIteration, rankBlock } from './strength/rankSteps.ts';

export interface RankOptions extends Partial<RankRules> {
  /** Threads that compute; by default one for a small graph, else one a core. The ranks are the same to the last bit. */
  readonly threads?: number | undefined;
  /** The threads' file; by default the one beside this program (`strengthWorker.cjs`, or `rankWorker.ts` when run from sources). */
  readonly workerFile?: string | undefined;
}

export interface Ranks {
  /** Rank of each node; they sum to 1. */
  readonly rank: Float64Array;
  /** What a node that nobody points to gets. */
  readonly base: number;
  readonly iterations: number;
  /** L1 change of the last iteration. */
  readonly delta: number;
  /** L1 change of each iteration. */
  readonly curve: Float64Array;
  readonly damping: number;
}

/** Edges from which threads pay for their start: below, all iterations together take less than half a second. */
const THREADED_FROM = 1_000_000;
/** More would only wait for the memory. */
const MOST_THREADS = 8;

/**
 * PageRank by power iteration in double precision, to 1e-9 (L1) or 100 iterations unless told otherwise. Takes 32 bytes a node beside the graph.
 *
 * @returns no ranks, base 0 and no iterations for a graph without nodes
 * @throws BacklinkLensError internal, when a thread dies; the signal's reason, when aborted
 */
export async function pageRank(graph: Graph, signal: AbortSignal, options: RankOptions = {}): Promise<Ranks> {
  const { damping = 0.85, tolerance = 1e-9, maxIterations = 100, threads = usefulThreads(graph), workerFile } = options;
  signal.throwIfAborted();
  if (graph.nodes === 0) return { rank: new Float64Array(0), base: 0, iterations: 0, delta: 0, curve: new Float64Array(0), damping };
  const state = startRanks(graph, { damping, tolerance, maxIterations }, threads);
  if (maxIterations > 0) {
    if (threads > 1) await rankOnThreads(state, workerFile ?? programFile(import.meta.url, './strength/rankWorker.ts', 'strengthWorker.cjs'), signal);
    else await rankHere(state, signal);
  }
  const { rank, figures, control, deltas } = state;
  const iterations = control[CONTROL.iterations] as number;
  return {
    rank,
    base: figures[FIGURE.base] as number,
    iterations,
    delta: figures[FIGURE.delta] as number,
    curve: deltas.slice(0, iterations),
    damping,
  };
}

function usefulThreads({ sources }: Graph): number {
  return sources.length < THREADED_FROM ? 1 : Math.min(MOST_THREADS, availableParallelism());
}

async function rankHere(state: RankState, signal: AbortSignal): Promise<void> {
  for (let iteration = 0; ; iteration++) {
    for (let block = 0; block < state.blockDelta.length; block++) rankBlock(state, block, iteration);
    if (endIteration(state)) return;
    await new Promise<void>((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
  }
}

/** Threads end by themselves when the ranks stand still; at the first that fails, or an abort, all are ended. */
async function rankOnThreads(state: RankState, workerFile: string, signal: AbortSignal): Promise<void> {
  const workers = Array.from({ length: state.threads }, () => new Worker(workerFile, { workerData: state }));
  const ending = Promise.withResolvers<never>();
  const stop = (): void => ending.reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  try {
    await Promise.race([Promise.all(workers.map(ended)), ending.promise]);
  } finally {
    signal.removeEventListener('abort', stop);
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function ended(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => reject(new BacklinkLensError('internal', `A thread that computes strength stopped: ${why}.`));
    worker.on('error', (error) => fail(error.message));
    worker.on('exit', (code) => (code === 0 ? resolve() : fail(`exit ${code}`)));
  });
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
  const tenths = new Uint8Array(rank.length);
  for (let node = 0; node < rank.length; node++) tenths[node] = Math.max(0, Math.round(scale * Math.log((rank[node] as number) / base)));
  return tenths;
}
