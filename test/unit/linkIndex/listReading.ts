/** Reads an input from memory, as a build would: for the tests of lists, ranks and graphs. */
import type { CaptureReader, ReadOptions, ReadOutcome } from '../../../server/src/linkIndex/ingest/capture.ts';
import type { InputReader, InputSource, KindOptions } from '../../../server/src/linkIndex/ingest/inputs/inputReader.ts';
import type { Capture, ListedLink } from '../../../server/src/linkIndex/store.ts';

/** Noon of the day of these tests. */
export const NOW = Date.UTC(2026, 10, 23, 12);

/** Bytes as an input, in pieces of `step`. */
export function memorySource(bytes: Uint8Array, name = 'list.csv', step = 7919): InputSource {
  return {
    name,
    size: bytes.length,
    async *bytes(signal) {
      for (let at = 0; at < bytes.length; at += step) {
        signal.throwIfAborted();
        yield Buffer.from(bytes.subarray(at, at + step));
      }
    },
  };
}

export interface Read extends ReadOutcome {
  readonly captures: readonly Capture[];
  readonly bytes: number;
}

export async function readInput(reader: InputReader, source: InputSource, options: Partial<KindOptions & ReadOptions> = {}): Promise<Read> {
  let bytes = 0;
  const reading: CaptureReader = reader.read(source, {
    now: NOW,
    signal: new AbortController().signal,
    onBytes: (count) => {
      bytes += count;
    },
    ...options,
  });
  const captures: Capture[] = [];
  for (;;) {
    const next = await reading.next();
    if (next.done) return { captures, bytes, ...next.value };
    captures.push(next.value);
  }
}

export function listedOf(captures: readonly Capture[]): ListedLink[] {
  return captures.flatMap((capture) => (capture.kind === 'listed' ? [capture.listed] : []));
}

/** ISO day of a time. */
export function day(time: number | null | undefined): string | null {
  return time == null ? null : new Date(time).toISOString().slice(0, 10);
}

/** Text that is made piece by piece, as an input of unknown size. */
export function madeSource(pieces: Iterable<string>, name: string): InputSource {
  return {
    name,
    size: null,
    async *bytes(signal) {
      for (const piece of pieces) {
        signal.throwIfAborted();
        yield Buffer.from(piece);
      }
    },
  };
}

/** Reads and counts without keeping anything; with the most bytes that the process grew by meanwhile. */
export async function readThrough(
  reader: InputReader,
  source: InputSource,
  options: Partial<KindOptions & ReadOptions>,
  count: (capture: Capture) => number,
): Promise<ReadOutcome & { readonly counted: number; readonly grown: number }> {
  const reading = reader.read(source, { now: NOW, signal: new AbortController().signal, onBytes() {}, ...options });
  const before = process.memoryUsage().rss;
  let grown = 0;
  let counted = 0;
  for (let captures = 0; ; captures++) {
    const next = await reading.next();
    if (captures % 1000 === 0 || next.done) grown = Math.max(grown, process.memoryUsage().rss - before);
    if (next.done) return { ...next.value, counted, grown };
    counted += count(next.value);
  }
}
