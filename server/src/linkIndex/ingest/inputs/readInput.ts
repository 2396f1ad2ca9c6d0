/** Reads one planned input to captures, whatever it is: recognises it, counts and hashes its bytes on the way. */
import { createHash, type Hash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { Dispatchers } from '../../../http/dispatchers.ts';
import { BacklinkLensError } from '../../../util/errors.ts';
import type { Capture } from '../../store.ts';
import type { ReadOptions, ReadProblem } from '../capture.ts';
import { readFolder } from '../folder/captures.ts';
import { hashOf } from './copies.ts';
import { download } from './download.ts';
import { fileSource } from './fileSource.ts';
import type { InputSource, KindOptions } from './inputReader.ts';
import type { PlannedInput } from './plan.ts';
import { READERS } from './readers.ts';
import { HEAD_BYTES, recognise } from './recognise.ts';
import { displayUrl, isWebInput } from './webInput.ts';

/** What became of an input. */
export interface InputOutcome {
  /** Null when all of it was read. */
  readonly problem: ReadProblem | null;
  /** What else a person should know of it. */
  readonly note: string | null;
  /** Stored bytes that were read. */
  readonly bytes: number;
  /** SHA-256 of all stored bytes, hex; null for folders and for what was not read to its end. */
  readonly hash: string | null;
}

export type InputCaptures = AsyncGenerator<Capture, InputOutcome, void>;

export interface ReadInputOptions extends KindOptions, ReadOptions {
  /** Opened at the first address. */
  readonly http: () => Promise<Dispatchers>;
  /** See DownloadOptions. */
  readonly patience?: number | undefined;
  /** Hashes of inputs that are in the index already: a file with one of these is not read into captures. */
  readonly known?: readonly string[] | undefined;
}

/**
 * Yields the captures of an input and returns how it ended.
 *
 * @throws the signal's reason
 */
export async function* readInput(input: PlannedInput, options: ReadInputOptions): InputCaptures {
  try {
    if (input.kind === 'folder') return yield* folderCaptures(input, options);
    return yield* fileCaptures(input, options);
  } catch (error) {
    options.signal.throwIfAborted();
    return { problem: problemOf(input.name, error), note: null, bytes: 0, hash: null };
  }
}

async function* fileCaptures(input: PlannedInput, options: ReadInputOptions): InputCaptures {
  const { known = [], signal } = options;
  const hash = input.kind === 'file' && known.length > 0 ? await hashOf(input.at, signal) : null;
  if (hash !== null && known.includes(hash)) return { problem: null, note: null, bytes: input.bytes ?? 0, hash };
  const stream = new HashedStream(await sourceOf(input, options), input.kind === 'file');
  try {
    return yield* streamCaptures(stream, options);
  } finally {
    await stream.close();
  }
}

async function* folderCaptures(input: PlannedInput, options: ReadInputOptions): InputCaptures {
  let bytes = 0;
  const onBytes = (read: number): void => {
    bytes += read;
    options.onBytes(read);
  };
  const { problem, note = null } = yield* readFolder(input.at, { ...options, baseUrl: options.baseUrl, onBytes });
  return { problem, note, bytes, hash: null };
}

async function* streamCaptures(stream: HashedStream, options: ReadInputOptions): InputCaptures {
  const reader = await stream.recognise(options.signal);
  if (reader === null) return { problem: unknownKind(stream.name), note: null, bytes: stream.bytes, hash: null };
  const { problem, note = null } = yield* reader.read(stream.source, { ...options, open: (at) => openCompanion(at, options) });
  return { problem, note, bytes: stream.bytes, hash: await stream.digest(problem !== null, options.signal) };
}

async function sourceOf(input: PlannedInput, options: ReadInputOptions): Promise<InputSource> {
  if (input.kind === 'file') return fileSource(input.at, input.bytes, input.modified);
  const { patience, onSize } = options;
  const http = await options.http();
  return { name: input.name, size: input.bytes, bytes: (signal) => download(input.at, signal, { http, patience, onSize }) };
}

/** Another file that an input is read with. */
async function openCompanion(at: string, { http, patience }: ReadInputOptions): Promise<InputSource> {
  if (isWebInput(at)) {
    const dispatchers = await http();
    return { name: displayUrl(at), size: null, bytes: (signal) => download(at, signal, { http: dispatchers, patience }) };
  }
  const found = await stat(at).catch((cause: unknown) => {
    throw new BacklinkLensError('input.unreadable', `needs ${at}, which could not be found`, { cause });
  });
  return fileSource(at, found.size, Math.floor(found.mtimeMs));
}

function unknownKind(name: string): ReadProblem {
  const kinds = READERS.map(({ label }) => label).join(', ');
  return {
    code: 'input.not-an-archive',
    message: `${name} is nothing that can be read: neither ${kinds} nor a folder. Check that it is the file you mean.`,
  };
}

function problemOf(name: string, error: unknown): ReadProblem {
  if (BacklinkLensError.is(error)) return { code: error.code, message: error.message };
  return { code: 'input.unreadable', message: `${name} could not be read: ${error instanceof Error ? error.message : String(error)}.` };
}

/** A source that is read once: looked at by its first bytes, then handed on whole, hashed as it goes. */
class HashedStream {
  readonly name: string;
  readonly source: InputSource;
  bytes = 0;
  readonly #origin: InputSource;
  readonly #local: boolean;
  readonly #hash: Hash = createHash('sha256');
  readonly #head: Buffer[] = [];
  #pieces: AsyncIterator<Buffer> | null = null;
  #ended = false;
  #handedOn = false;

  constructor(origin: InputSource, local: boolean) {
    this.#origin = origin;
    this.#local = local;
    this.name = origin.name;
    this.source = { name: origin.name, size: origin.size, modified: origin.modified ?? null, bytes: (signal) => this.#all(signal) };
  }

  async recognise(signal: AbortSignal): Promise<ReturnType<typeof recognise>> {
    let length = 0;
    while (length < HEAD_BYTES) {
      const piece = await this.#next(signal);
      if (piece === null) break;
      length += piece.length;
      this.#head.push(piece);
    }
    return recognise(Buffer.concat(this.#head).subarray(0, HEAD_BYTES), this.name);
  }

  /**
   * The hash of the whole; null where it was not read to its end.
   *
   * @param readOn reads the rest that the reader gave up on, where that costs no more than a file's reading
   */
  async digest(readOn: boolean, signal: AbortSignal): Promise<string | null> {
    try {
      while (readOn && this.#local && (await this.#next(signal)) !== null);
    } catch {
      signal.throwIfAborted();
    }
    return this.#ended ? this.#hash.digest('hex') : null;
  }

  async close(): Promise<void> {
    await this.#pieces?.return?.();
  }

  /** The first reading is the one that is hashed; whoever reads again starts anew. */
  async *#all(signal: AbortSignal): AsyncGenerator<Buffer, void, void> {
    if (this.#handedOn) return yield* this.#origin.bytes(signal);
    this.#handedOn = true;
    yield* this.#head.splice(0);
    for (;;) {
      const piece = await this.#next(signal);
      if (piece === null) return;
      yield piece;
    }
  }

  async #next(signal: AbortSignal): Promise<Buffer | null> {
    this.#pieces ??= this.#origin.bytes(signal)[Symbol.asyncIterator]();
    const next = await this.#pieces.next();
    if (next.done) {
      this.#ended = true;
      return null;
    }
    this.bytes += next.value.length;
    this.#hash.update(next.value);
    return next.value;
  }
}
