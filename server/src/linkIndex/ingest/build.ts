/** Builds an index: a new generation beside the old one, then one atomic switch of the pointer. */
import { existsSync } from 'node:fs';
import { abortReason } from '../../util/abortable.ts';
import { silentLog } from '../../util/log.ts';
import { openGeo } from '../geo.ts';
import { startGeneration } from '../sqlite/generationWriter.ts';
import { crawlFirst } from './crawlFirst.ts';
import { withoutCopies } from './inputs/copies.ts';
import type { IngestOptions } from './options.ts';
import { planTask, readInputs } from './readInputs.ts';
import type { BuildResult } from './result.ts';
import { WritingRun } from './writingRun.ts';

/**
 * Reads the inputs and switches `out` to a new generation. An abort or an error leaves the old index as it was. A stop before the last input
 * leaves an old index as it was too; where there was none, what was read until then becomes the index.
 *
 * @throws BacklinkLensError usage.invalid (no inputs, folder without a base URL), input.unreadable, input.not-an-archive (nothing readable at
 *   all), index.not-writable, index.busy, index.no-sqlite; the reason of `signal`, and of `stop` where nothing is kept
 */
export async function buildIndex(options: IngestOptions): Promise<BuildResult> {
  const { out, log = silentLog, signal = new AbortController().signal, now = Date.now() } = options;
  const stop = AbortSignal.any([signal, ...(options.stop === undefined ? [] : [options.stop])]);
  const crawled = await crawlFirst(options, stop, log);
  const named = await planTask({ ...options, inputs: [...options.inputs, ...crawled.archives] }, stop);
  const { inputs, copies } = await withoutCopies(named, stop);
  options.onPlan?.(inputs);
  const replaces = existsSync(out);
  const writer = startGeneration(out, openGeo(options.geoDatabase), now, { threads: options.workers });
  try {
    const run = new WritingRun(writer, inputs, options);
    const stopped = await run.run(readInputs(inputs, { ...options, now }, run, { inOrder: false, signal: stop }), stop);
    if (stopped && (replaces || signal.aborted || run.count.captures === 0)) throw abortReason(stop);
    run.endOpen();
    run.mustHaveGiven();
    const problems = [...crawled.problems, ...run.problems()];
    const info = await writer.finish({ signal, onPhase: (phase) => run.count.phase(phase) });
    await crawled.indexed();
    const skipped = copies.map(({ input: { name }, of }) => ({ input: name, message: `${name}: the same as ${of.name}, skipped.` }));
    log.info(`index ${info.generation}: ${info.pages} pages, ${info.links} links from ${inputs.length} inputs`);
    return { file: out, generation: info.generation, info, problems, skipped, added: run.read, stopped };
  } finally {
    writer.discard();
  }
}
