/** Real index files for tests, built by the real ingest. */
import path from 'node:path';
import { buildIndex } from '../../server/src/linkIndex/ingest/build.ts';

/** The example web that comes with the project: 18 hosts, links of every kind. */
export const EXAMPLE_WEB = path.join(import.meta.dirname, '../../examples/web');

/** Builds an index of the given inputs and returns its file. */
export async function builtIndex(folder: string, inputs: readonly string[] = [EXAMPLE_WEB]): Promise<string> {
  const { file } = await buildIndex({ out: path.join(folder, 'web.db'), inputs });
  return file;
}
