/** Reads a whole archive, for tests. */
import type { ReadProblem } from '../../../server/src/linkIndex/ingest/capture.ts';
import { fileSource } from '../../../server/src/linkIndex/ingest/inputs/fileSource.ts';
import { readWarc } from '../../../server/src/linkIndex/ingest/warc/captures.ts';
import type { Capture, CrawledPage } from '../../../server/src/linkIndex/store.ts';

const signal = new AbortController().signal;

/** Every capture of a file, how it ended, and the bytes that were counted. */
export async function readAll(file: string): Promise<{ captures: Capture[]; problem: ReadProblem | null; bytes: number }> {
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
    if (next.done) return { captures, problem: next.value.problem, bytes };
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
