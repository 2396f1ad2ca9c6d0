/** Real index files for tests, built by the real ingest. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { buildIndex } from '../../server/src/linkIndex/ingest/build.ts';
import type { IngestTask } from '../../server/src/linkIndex/ingest/options.ts';

/** The example web that comes with the project: 18 hosts, links of every kind. */
export const EXAMPLE_WEB = path.join(import.meta.dirname, '../../examples/web');

/** Builds an index of the given inputs and returns its file. */
export async function builtIndex(folder: string, inputs: readonly string[] = [EXAMPLE_WEB], options: Partial<IngestTask> = {}): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const { file } = await buildIndex({ ...options, out: path.join(folder, 'web.db'), inputs });
  return file;
}
