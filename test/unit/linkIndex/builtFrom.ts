/** An index made of captures as they are, without any archive. */
import path from 'node:path';
import { startGeneration } from '../../../server/src/linkIndex/sqlite/generationWriter.ts';
import type { Capture } from '../../../server/src/linkIndex/store.ts';

const NOW = Date.UTC(2026, 10, 23);

/** Builds an index in a folder and returns its path. */
export async function builtFrom(folder: string, captures: readonly Capture[], name = 'web.db'): Promise<string> {
  const file = path.join(folder, name);
  const writer = startGeneration(file, () => ({ countryCode: 'DE', country: 'Germany', city: null }), NOW);
  const input = writer.beginInput('made up', 0);
  for (const capture of captures) writer.add(capture, input);
  writer.endInput(input, { note: null, bytes: 0, hash: null });
  await writer.finish({ signal: new AbortController().signal, onPhase() {} });
  return file;
}
