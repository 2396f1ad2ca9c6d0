/** Reads a whole archive, for tests. */
import type { ReadProblem } from '../../../server/src/linkIndex/ingest/capture.ts';
import { fileSource } from '../../../server/src/linkIndex/ingest/inputs/fileSource.ts';
import { readWarc } from '../../../server/src/linkIndex/ingest/warc/captures.ts';
import type { Capture, CrawledPage } from '../../../server/src/linkIndex/store.ts';

const signal = new AbortController().signal;

export interface WholeArchive {
  readonly captures: readonly Capture[];
  readonly problem: ReadProblem | null;
  readonly note: string | null;
  /** Stored bytes that were counted. */
  readonly bytes: number;
}

/** Every capture of a file, and how it ended. */
export async function readAll(file: string): Promise<WholeArchive> {
  let bytes = 0;
  const reader = readWarc(fileSource(file), {
    signal,
    onBytes: (read) => {
      bytes += read;
    },
  });
  const captures: Capture[] = [];
  for (;;) {
    const next = await reader.next();
    if (next.done) return { captures, problem: next.value.problem, note: next.value.note ?? null, bytes };
    captures.push(next.value);
  }
}

/** The pages among captures. */
export function pages(captures: readonly Capture[]): CrawledPage[] {
  return captures.flatMap((capture) => (capture.kind === 'page' ? [capture.page] : []));
}

export function hrefsOf(page: CrawledPage): string[] {
  return page.links.map(({ url }) => url);
}
