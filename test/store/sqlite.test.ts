/** The SQLite engine, read in place and through the worker. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openIndexInWorker } from '../../server/src/linkIndex/openIndexInWorker.ts';
import { startAdding } from '../../server/src/linkIndex/sqlite/add/addWriter.ts';
import { startGeneration } from '../../server/src/linkIndex/sqlite/generationWriter.ts';
import { openIndex } from '../../server/src/linkIndex/sqlite/openIndex.ts';
import type { BacklinkStore, Capture, GenerationWriter } from '../../server/src/linkIndex/store.ts';
import { NOON } from './captures.ts';
import { describeStore } from './storeSuite.ts';

const NOWHERE = { countryCode: null, country: null, city: null };

async function buildIn(folder: string, captures: readonly Capture[]): Promise<string> {
  const file = path.join(mkdtempSync(path.join(folder, 'index-')), 'web.db');
  await write(
    startGeneration(file, () => NOWHERE, NOON),
    captures,
  );
  return file;
}

/** The first half is built, the rest comes in two additions. */
function parts<T>(captures: readonly T[]): [readonly T[], readonly T[], readonly T[]] {
  const [half, more] = [Math.ceil(captures.length / 2), Math.ceil(captures.length * 0.75)];
  return [captures.slice(0, half), captures.slice(half, more), captures.slice(more)];
}

async function buildAndAdd(folder: string, captures: readonly Capture[]): Promise<string> {
  const [built, ...added] = parts(captures);
  const file = await buildIn(folder, built);
  for (const part of added)
    await write(
      startAdding(file, () => NOWHERE),
      part,
    );
  return file;
}

async function write(writer: GenerationWriter, captures: readonly Capture[]): Promise<void> {
  const input = writer.beginInput('made up', 0);
  for (const capture of captures) writer.add(capture, input);
  writer.endInput(input, { note: null, bytes: 0, hash: null });
  await writer.finish({ signal: new AbortController().signal, onPhase() {} });
}

describe('SQLite', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'backlink-lens-store-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  describeStore('SQLite', async (captures) => openIndex(await buildIn(folder, captures)), 60);

  describeStore(
    'SQLite with additions',
    async (captures) => openIndex(await buildAndAdd(folder, captures)),
    30,
    (captures) => {
      const [built, added] = parts(captures);
      return [built, [...built, ...added]];
    },
  );

  describe('through a worker', () => {
    const open: BacklinkStore[] = [];
    after(async () => {
      for (const store of open) await store.close();
    });
    describeStore(
      'SQLite in a worker',
      async (captures) => {
        const store = await openIndexInWorker(await buildIn(folder, captures));
        open.push(store);
        return store;
      },
      6,
    );
  });
});
