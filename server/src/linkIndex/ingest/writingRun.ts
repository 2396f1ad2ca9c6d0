/** Takes what is read into a generation, counts it, and keeps what went wrong. */
import { BacklinkLensError, isAbort } from '../../util/errors.ts';
import type { Capture, GenerationWriter } from '../store.ts';
import type { PlannedInput } from './inputs/plan.ts';
import type { InputOutcome } from './inputs/readInput.ts';
import type { IngestOptions } from './options.ts';
import type { InputConsumer } from './pool/consumer.ts';
import { type BuildProblem, ProgressCount } from './progress.ts';

export class WritingRun implements InputConsumer {
  readonly count: ProgressCount;
  readonly #writer: GenerationWriter;
  readonly #inputs: readonly PlannedInput[];
  readonly #problems = new Map<number, BuildProblem>();
  /** Numbers of inputs at the writer, by their place; open ones only. */
  readonly #open = new Map<number, number>();
  /** Places of the inputs that gave something, whole or not. */
  readonly #gave = new Set<number>();

  constructor(writer: GenerationWriter, inputs: readonly PlannedInput[], options: IngestOptions) {
    this.#writer = writer;
    this.#inputs = inputs;
    this.count = new ProgressCount(
      inputs.map(({ bytes }) => bytes),
      (progress) => options.onProgress?.(progress),
    );
  }

  /** @returns true when reading was stopped before its end; the inputs that were open then stay open */
  async run(reading: Promise<void>, stop: AbortSignal): Promise<boolean> {
    try {
      await reading;
      return false;
    } catch (error) {
      if (stop.aborted && (isAbort(error) || error === stop.reason)) return true;
      throw error;
    }
  }

  /** Ends what a stop left open. */
  endOpen(): void {
    for (const number of this.#open.values()) this.#writer.endInput(number, { note: 'stopped before its end', bytes: 0, hash: null });
    this.#open.clear();
  }

  begin(input: PlannedInput, at: number): void {
    this.#open.set(at, this.#writer.beginInput(input.name, input.bytes ?? 0));
    this.count.begin(input.name);
  }

  take(capture: Capture, at: number): void {
    this.#writer.add(capture, this.#open.get(at) ?? 0);
    this.count.take(capture);
    this.#gave.add(at);
  }

  end({ problem, note, bytes, hash }: InputOutcome, at: number): void {
    this.#writer.endInput(this.#open.get(at) ?? 0, { note: problem?.message ?? note, bytes, hash });
    this.#open.delete(at);
    this.count.end();
    if (problem === null) this.#gave.add(at);
    else this.#problems.set(at, { input: this.#inputs[at]?.name ?? '', ...problem });
  }

  /** Inputs that were read, even if to nothing, and those that were damaged behind what they gave. */
  get read(): number {
    return [...this.#gave].filter((at) => !this.#open.has(at)).length;
  }

  onBytes(bytes: number): void {
    this.count.onBytes(bytes);
  }

  onSize(bytes: number, at: number): void {
    this.count.onSize(bytes, at);
  }

  /** What went wrong, in the order of the inputs. */
  problems(): BuildProblem[] {
    return [...this.#problems].sort(([a], [b]) => a - b).map(([, problem]) => problem);
  }

  /** @throws BacklinkLensError the first problem, when no input gave anything */
  mustHaveGiven(): void {
    const [first] = this.problems();
    if (this.#gave.size === 0 && first !== undefined) throw new BacklinkLensError(first.code, first.message);
  }
}
