/** Index files of captures that a test makes up. */
import { mkdtempSync } from 'node:fs';
import path from 'node:path';
import { startGeneration } from '../../server/src/linkIndex/sqlite/generationWriter.ts';
import type { Capture } from '../../server/src/linkIndex/store.ts';

/** Builds an index of the captures in a new folder inside the given one, and returns its file. Every place is in Germany. */
export async function madeUpIndex(folder: string, captures: readonly Capture[]): Promise<string> {
  const file = path.join(mkdtempSync(path.join(folder, 'index-')), 'web.db');
  const writer = startGeneration(file, () => ({ countryCode: 'DE', country: 'Germany', city: null }), Date.UTC(2026, 10, 23));
  const input = writer.beginInput('made up', 0);
  for (const capture of captures) writer.add(capture, input);
  writer.endInput(input, { note: null, bytes: 0, hash: null });
  await writer.finish({ signal: new AbortController().signal, onPhase() {} });
  return file;
}
