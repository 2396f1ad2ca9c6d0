/** Builds an index from archives and folders: a new generation beside the old one, then one atomic switch of the pointer. */
import { stat } from 'node:fs/promises';
import { BacklinkLensError, type ErrorCode } from '../../util/errors.ts';
import { type Log, silentLog } from '../../util/log.ts';
import { openGeo } from '../geo.ts';
import { startGeneration } from '../sqlite/generationWriter.ts';
import type { GenerationWriter, IndexInfo } from '../store.ts';
import type { CaptureReader } from './capture.ts';
import { readFolder } from './folder/captures.ts';
import { folderBytes } from './folder/pagePaths.ts';
import { fileSource } from './inputs/fileSource.ts';
import { readWarc } from './warc/captures.ts';

export interface BuildOptions {
  /** The index as the user names it (`web.db`). */
  readonly out: string;
  /** WARC files and folders of HTML and Markdown. */
  readonly inputs: readonly string[];
  /** Address of the site a folder holds; without it the folder's first level must be named by host. */
  readonly baseUrl?: string | undefined;
  /** An MMDB city or country database; by default the country database that comes along. */
  readonly geoDatabase?: string | undefined;
  readonly log?: Log | undefined;
  readonly onProgress?: ((progress: BuildProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Epoch milliseconds that count as the capture time of a folder's files and as the build's time; default now. */
  readonly now?: number | undefined;
}

export interface BuildProgress {
  readonly phase: 'reading' | 'strength' | 'writing';
  /** The input being read; empty in the later phases. */
  readonly input: string;
  readonly pages: number;
  readonly links: number;
  /** Bytes of the inputs read so far, and in all. */
  readonly bytes: number;
  readonly totalBytes: number;
}

/** An input that could not be read whole. What came before the damage is in the index. */
export interface BuildProblem {
  readonly input: string;
  readonly code: ErrorCode;
  readonly message: string;
}

export interface BuildResult {
  readonly file: string;
  readonly generation: string;
  readonly info: IndexInfo;
  readonly problems: readonly BuildProblem[];
}

/** Captures between two progress reports. */
const REPORT_EVERY = 20;

interface Input {
  readonly path: string;
  readonly folder: boolean;
  readonly bytes: number;
}

/**
 * Reads the inputs and switches `out` to a new generation. An abort or an error leaves the old index as it was.
 *
 * @throws BacklinkLensError usage.invalid (no inputs, folder without a base URL), input.unreadable, input.not-an-archive (nothing readable at
 *   all), index.not-writable, index.busy, index.no-sqlite
 */
export async function buildIndex(options: BuildOptions): Promise<BuildResult> {
  const { out, log = silentLog, signal = new AbortController().signal } = options;
  const now = options.now ?? Date.now();
  const inputs = await lookAt(options, signal);
  const locate = openGeo(options.geoDatabase);
  const writer = startGeneration(out, locate, now);
  try {
    const run = new BuildRun(writer, inputs, { ...options, log, signal, now });
    const problems = await run.readAll();
    const info = await writer.finish({ signal, onPhase: (phase) => run.report(phase, '') });
    log.info(`index ${info.generation}: ${info.pages} pages, ${info.links} links from ${inputs.length} inputs`);
    return { file: out, generation: info.generation, info, problems };
  } finally {
    writer.discard();
  }
}

async function lookAt({ inputs, baseUrl }: BuildOptions, signal: AbortSignal): Promise<Input[]> {
  if (inputs.length === 0) throw new BacklinkLensError('usage.invalid', 'Nothing to index: name WARC files or folders of HTML and Markdown.');
  const found: Input[] = [];
  for (const path of inputs) {
    signal.throwIfAborted();
    const status = await stat(path).catch((cause: unknown) => {
      throw new BacklinkLensError('input.unreadable', `${path} could not be found. Check the name of the input.`, { cause });
    });
    const folder = status.isDirectory();
    found.push({ path, folder, bytes: folder ? await folderBytes(path, baseUrl, signal) : status.size });
  }
  return found;
}

/** The reading half of a build: every input in its order, counted as it goes. */
class BuildRun {
  readonly #writer: GenerationWriter;
  readonly #inputs: readonly Input[];
  readonly #options: BuildOptions & { readonly log: Log; readonly signal: AbortSignal; readonly now: number };
  readonly #totalBytes: number;
  #pages = 0;
  #links = 0;
  #bytes = 0;

  constructor(writer: GenerationWriter, inputs: readonly Input[], options: BuildOptions & { log: Log; signal: AbortSignal; now: number }) {
    this.#writer = writer;
    this.#inputs = inputs;
    this.#options = options;
    this.#totalBytes = inputs.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** @throws BacklinkLensError the first problem, when no input gave anything */
  async readAll(): Promise<BuildProblem[]> {
    const problems: BuildProblem[] = [];
    let captures = 0;
    for (const input of this.#inputs) {
      const { count, problem } = await this.#read(input);
      captures += count;
      if (problem !== null) problems.push(problem);
    }
    const [first] = problems;
    if (captures === 0 && first !== undefined) throw new BacklinkLensError(first.code, first.message);
    return problems;
  }

  report(phase: BuildProgress['phase'], input: string): void {
    this.#options.onProgress?.({ phase, input, pages: this.#pages, links: this.#links, bytes: this.#bytes, totalBytes: this.#totalBytes });
  }

  async #read(input: Input): Promise<{ count: number; problem: BuildProblem | null }> {
    const number = this.#writer.beginInput(input.path, input.bytes);
    this.report('reading', input.path);
    const captures = this.#open(input);
    let count = 0;
    for (;;) {
      const next = await captures.next();
      if (next.done) return { count, problem: this.#end(input, number, next.value.problem) };
      this.#writer.add(next.value, number);
      if (next.value.kind === 'page') {
        this.#pages++;
        this.#links += next.value.page.links.length;
      }
      if (++count % REPORT_EVERY === 0) this.report('reading', input.path);
    }
  }

  #open(input: Input): CaptureReader {
    const { signal, baseUrl, now } = this.#options;
    const onBytes = (bytes: number): void => {
      this.#bytes += bytes;
    };
    return input.folder ? readFolder(input.path, { signal, onBytes, baseUrl, now }) : readWarc(fileSource(input.path), { signal, onBytes });
  }

  #end(input: Input, number: number, problem: { code: ErrorCode; message: string } | null): BuildProblem | null {
    this.#writer.endInput(number, { note: problem?.message ?? null, bytes: input.bytes, hash: null });
    this.report('reading', input.path);
    if (problem === null) return null;
    this.#options.log.warn(problem.message);
    return { input: input.path, ...problem };
  }
}
