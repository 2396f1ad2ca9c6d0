/** Builds an index: a new generation beside the old one, then one atomic switch of the pointer. */
import { existsSync } from 'node:fs';
import { abortReason } from '../../util/abortable.ts';
import { BacklinkLensError, isAbort } from '../../util/errors.ts';
import { silentLog } from '../../util/log.ts';
import { openGeo } from '../geo.ts';
import { startGeneration } from '../sqlite/generationWriter.ts';
import type { Capture, GenerationWriter, IndexInfo } from '../store.ts';
import { crawlFirst } from './crawlFirst.ts';
import type { PlannedInput } from './inputs/plan.ts';
import type { InputOutcome } from './inputs/readInput.ts';
import type { IngestOptions } from './options.ts';
import type { InputConsumer } from './pool/consumer.ts';
import { type BuildProblem, ProgressCount, type SkippedInput } from './progress.ts';
import { planTask, readInputs } from './readInputs.ts';

export interface BuildResult {
  readonly file: string;
  readonly generation: string;
  readonly info: IndexInfo;
  readonly problems: readonly BuildProblem[];
  readonly skipped: readonly SkippedInput[];
  /** True when reading was stopped before the last input was read. */
  readonly stopped: boolean;
}

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
  const inputs = await planTask({ ...options, inputs: [...options.inputs, ...crawled.archives] }, stop);
  options.onPlan?.(inputs);
  const replaces = existsSync(out);
  const writer = startGeneration(out, openGeo(options.geoDatabase), now);
  try {
    const run = new BuildRun(writer, inputs, options);
    const stopped = await run.read(readInputs(inputs, { ...options, now }, run, { inOrder: false, signal: stop }), stop);
    if (stopped && (replaces || signal.aborted || run.count.captures === 0)) throw abortReason(stop);
    const problems = [...crawled.problems, ...run.problems()];
    const info = await writer.finish({ signal, onPhase: (phase) => run.count.phase(phase) });
    await crawled.indexed();
    log.info(`index ${info.generation}: ${info.pages} pages, ${info.links} links from ${inputs.length} inputs`);
    return { file: out, generation: info.generation, info, problems, skipped: [], stopped };
  } finally {
    writer.discard();
  }
}

/** Takes what is read into a generation. */
class BuildRun implements InputConsumer {
  readonly count: ProgressCount;
  readonly #writer: GenerationWriter;
  readonly #inputs: readonly PlannedInput[];
  readonly #problems = new Map<number, BuildProblem>();
  /** Numbers of open inputs at the writer, by their place. */
  readonly #open = new Map<number, number>();

  constructor(writer: GenerationWriter, inputs: readonly PlannedInput[], options: IngestOptions) {
    this.#writer = writer;
    this.#inputs = inputs;
    this.count = new ProgressCount(
      inputs.map(({ bytes }) => bytes),
      (progress) => options.onProgress?.(progress),
    );
  }

  /** @returns true when it was stopped before its end */
  async read(reading: Promise<void>, stop: AbortSignal): Promise<boolean> {
    try {
      await reading;
      return false;
    } catch (error) {
      if (!stop.aborted || !(isAbort(error) || error === stop.reason)) throw error;
      for (const number of this.#open.values()) this.#writer.endInput(number, { note: 'stopped before its end', bytes: 0, hash: null });
      return true;
    }
  }

  begin(input: PlannedInput, at: number): void {
    this.#open.set(at, this.#writer.beginInput(input.name, input.bytes ?? 0));
    this.count.begin(input.name);
  }

  take(capture: Capture, at: number): void {
    this.#writer.add(capture, this.#open.get(at) ?? 0);
    this.count.take(capture);
  }

  end({ problem, note, bytes, hash }: InputOutcome, at: number): void {
    this.#writer.endInput(this.#open.get(at) ?? 0, { note: problem?.message ?? note, bytes, hash });
    this.#open.delete(at);
    this.count.end();
    if (problem === null) return;
    this.#problems.set(at, { input: this.#inputs[at]?.name ?? '', ...problem });
  }

  onBytes(bytes: number): void {
    this.count.onBytes(bytes);
  }

  onSize(bytes: number, at: number): void {
    this.count.onSize(bytes, at);
  }

  /**
   * What went wrong, in the order of the inputs.
   *
   * @throws BacklinkLensError the first of them, when no input gave anything
   */
  problems(): BuildProblem[] {
    const problems = [...this.#problems].sort(([a], [b]) => a - b).map(([, problem]) => problem);
    const [first] = problems;
    if (this.count.captures === 0 && first !== undefined) throw new BacklinkLensError(first.code, first.message);
    return problems;
  }
}
