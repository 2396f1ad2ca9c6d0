/** Adds to an index that is there: every input in a transaction of its own, then the strengths anew, as a new generation. */
import { silentLog } from '../../util/log.ts';
import { openGeo } from '../geo.ts';
import { hasAdditions } from '../sqlite/add/additionFacts.ts';
import { type AddingWriter, startAdding } from '../sqlite/add/addWriter.ts';
import { regenerate } from '../sqlite/generationWriter.ts';
import { crawlFirst } from './crawlFirst.ts';
import type { PlannedInput } from './inputs/plan.ts';
import type { IngestOptions } from './options.ts';
import type { SkippedInput } from './progress.ts';
import { planTask, readInputs } from './readInputs.ts';
import type { BuildResult } from './result.ts';
import { WritingRun } from './writingRun.ts';

/**
 * Reads the inputs into the index `out`. After each of them the index is whole and holds it; what is in already is passed over. A stop or an
 * abort loses the one that was being read, and the same task goes on with it.
 *
 * @throws BacklinkLensError usage.invalid (no inputs, folder without a base URL), input.unreadable, input.not-an-archive (nothing readable at
 *   all), index.missing, index.damaged, index.newer-schema, index.not-writable, index.busy, index.no-sqlite; the reason of `signal`
 */
export async function addToIndex(options: IngestOptions): Promise<BuildResult> {
  const { out, log = silentLog, signal = new AbortController().signal, now = Date.now() } = options;
  const stop = AbortSignal.any([signal, ...(options.stop === undefined ? [] : [options.stop])]);
  const crawled = await crawlFirst(options, stop, log);
  const named = await planTask({ ...options, inputs: [...options.inputs, ...crawled.archives] }, stop);
  const writer = startAdding(out, openGeo(options.geoDatabase), { settle: options.strength === false });
  try {
    const inputs = named.filter((input) => !fetchedBefore(writer, input));
    options.onPlan?.(inputs);
    const run = new WritingRun(writer, inputs, options);
    const reading = { inOrder: true, signal: stop, known: (input: PlannedInput) => [...writer.hashesOfSize(input.bytes ?? -1)] };
    const stopped = await run.run(readInputs(inputs, { ...options, now }, run, reading), stop);
    signal.throwIfAborted();
    const skipped = [...named.filter((input) => !inputs.includes(input)), ...writer.alreadyIn.flatMap((at) => inputs[at] ?? [])].map(skip);
    if (skipped.length === 0) run.mustHaveGiven();
    const added = run.read - writer.alreadyIn.length;
    const current = await writer.finish({ signal, onPhase() {} });
    const anew = hasAdditions(current) && !stopped && options.strength !== false;
    const info = anew ? await regenerate(out, now, { signal, onPhase: (phase) => run.count.phase(phase) }, { threads: options.workers }) : current;
    if (!stopped) await crawled.indexed();
    log.info(`index ${info.generation}: ${added} inputs added, ${info.pages} pages, ${info.links} links`);
    return { file: out, generation: info.generation, info, problems: [...crawled.problems, ...run.problems()], skipped, added, stopped };
  } finally {
    writer.discard();
  }
}

/** What lies on the web is known by address and size: to find out by its content it would have to be fetched. */
function fetchedBefore(writer: AddingWriter, { kind, name, bytes }: PlannedInput): boolean {
  return kind === 'url' && bytes !== null && writer.holds(name, bytes);
}

function skip({ kind, name }: PlannedInput): SkippedInput {
  const how = kind === 'url' ? ' (the same address and size)' : '';
  return { input: name, message: `${name}: already in the index${how}, skipped.` };
}
