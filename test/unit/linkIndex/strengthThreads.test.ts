/** Ranks on threads: the same numbers as on one, an end at an abort, a clear error when a thread dies. */
import assert from 'node:assert/strict';
import { buildGraph } from '../../../server/src/linkIndex/strength/graph.ts';
import { pageRank } from '../../../server/src/linkIndex/strength.ts';
import { BacklinkLensError } from '../../../server/src/util/errors.ts';
import { powerLaw } from './powerLaw.ts';

const NODES = 20_000;
const edges = powerLaw(NODES, 100_000);
const graph = buildGraph(NODES, (visit) => {
  for (const [source, target] of edges) visit(source, target);
});
const never = new AbortController().signal;

describe('strength: threads', () => {
  it('give the same ranks to the last bit, however many', async () => {
    const alone = await pageRank(graph, never, { threads: 1 });
    assert.ok(alone.iterations > 10);
    for (const threads of [2, 3, 8]) assert.deepEqual(await pageRank(graph, never, { threads }), alone, `${threads} threads`);
  });

  for (const threads of [1, 2]) {
    it(`end at an abort: ${threads}`, async () => {
      const abort = new AbortController();
      const ranks = pageRank(graph, abort.signal, { threads, tolerance: -1, maxIterations: 1e9 });
      setTimeout(() => abort.abort(new Error('enough')), 100);
      await assert.rejects(ranks, /enough/);
    });
  }

  it('do not start once aborted', async () => {
    await assert.rejects(pageRank(graph, AbortSignal.abort(new Error('enough')), { threads: 2 }), /enough/);
  });

  it('that die are an error, and the others are ended', async () => {
    const workerFile = new URL('no-such-file.ts', import.meta.url).pathname;
    await assert.rejects(
      pageRank(graph, never, { threads: 2, workerFile }),
      (error) => BacklinkLensError.is(error) && error.code === 'internal' && /strength/.test(error.message),
    );
  });
});

describe('strength: the graph', () => {
  it('groups sources by target, ascending, each once, without self links', () => {
    const pairs = [
      [3, 1],
      [0, 1],
      [3, 1],
      [1, 1],
      [2, 0],
    ] as const;
    const { offsets, sources } = buildGraph(4, (visit) => {
      for (const [source, target] of pairs) visit(source, target);
    });
    assert.deepEqual(Array.from(offsets), [0, 1, 3, 3, 3]);
    assert.deepEqual(Array.from(sources), [2, 0, 3]);
  });

  it('equals sets of sources, for groups of all sizes', () => {
    const wanted = Array.from({ length: NODES }, () => new Set<number>());
    for (const [source, target] of edges) if (source !== target) wanted[target]?.add(source);
    assert.equal(graph.offsets.at(-1), graph.sources.length);
    for (const [node, sources] of wanted.entries()) {
      const group = Array.from(graph.sources.subarray(graph.offsets[node], graph.offsets[node + 1]));
      assert.deepEqual(
        group,
        [...sources].toSorted((a, b) => a - b),
      );
    }
  });
});
