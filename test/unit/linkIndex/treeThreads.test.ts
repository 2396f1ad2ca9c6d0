/** Several threads write a generation: it is the one that a single thread writes, and nothing is left of one that does not get finished. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { databaseOf } from '../../../server/src/linkIndex/generations.ts';
import { type Sharing, startGeneration } from '../../../server/src/linkIndex/sqlite/generationWriter.ts';
import { openReadOnly } from '../../../server/src/linkIndex/sqlite/openReadOnly.ts';
import type { Capture } from '../../../server/src/linkIndex/store.ts';
import { isAbort } from '../../../server/src/util/errors.ts';
import { INPUTS, smallInput } from '../../fixtures/linkIndex/smallInputs.ts';
import { emptyFolders } from './support.ts';
import { integrityOf } from './tables.ts';

const NOW = Date.UTC(2026, 10, 23);
const DYING = path.resolve(import.meta.dirname, '../../fixtures/linkIndex/dyingThread.ts');

type Taken = readonly [input: number, capture: Capture];

/** Every input, one after the other. */
const IN_ORDER: readonly Taken[] = Array.from({ length: INPUTS }, (_, input) => smallInput(input).map((capture): Taken => [input, capture])).flat();

/** The same when several processes read: each input in its order, the inputs by turns. */
function byTurns(): readonly Taken[] {
  const waiting = Array.from({ length: INPUTS }, (_, input) => IN_ORDER.filter(([of]) => of === input));
  const taken: Taken[] = [];
  for (let turn = 0; waiting.some(({ length }) => length > 0); turn++) taken.push(...(waiting[(turn * 3) % INPUTS]?.splice(0, 1 + (turn % 5)) ?? []));
  return taken;
}

async function write(out: string, captures: readonly Taken[], sharing: Sharing, signal = new AbortController().signal, onPhase = (): void => {}) {
  const locate = (ip: string | null) => ({ countryCode: 'DE', country: 'Germany', city: `of ${ip}` });
  const writer = startGeneration(out, locate, NOW, { threadedFrom: 0, ...sharing });
  try {
    for (let input = 0; input < INPUTS; input++) writer.beginInput(`input ${input}`, 1);
    for (const [input, capture] of captures) writer.add(capture, input);
    for (let input = 0; input < INPUTS; input++) writer.endInput(input, { note: null, bytes: 1, hash: null });
    await writer.finish({ signal, onPhase });
  } finally {
    writer.discard();
  }
}

/** Every row of every table with its numbers, but what names the generation; of pages nobody captured not in which of its forms a link was met. */
function numbersOf(out: string): Record<string, unknown[]> {
  const db = openReadOnly(databaseOf(out));
  try {
    const tables = db
      .prepare(`select name from sqlite_schema where type = 'table' and name <> 'meta' and name not like 'sqlite%' order by name`)
      .all()
      .map(({ name }) => String(name));
    const rows = (table: string): unknown[] => db.prepare(`select * from "${table}" order by 1, 2`).all();
    const named = (row: unknown): unknown => ({
      ...(row as object),
      url: (row as { is_page: number }).is_page === 1 && (row as { url: unknown }).url,
    });
    return Object.fromEntries(tables.map((table) => [table, table === 'page' ? rows(table).map(named) : rows(table)]));
  } finally {
    db.close();
  }
}

describe('threads that write a generation', function () {
  this.timeout(60_000);
  const emptyFolder = emptyFolders('tree-threads');

  it('leave the same rows with the same numbers, however many they are and in whatever order inputs were read', async () => {
    const folder = emptyFolder();
    const alone = path.join(folder, 'alone.db');
    await write(alone, IN_ORDER, { threads: 1 });
    const expected = numbersOf(alone);
    assert.ok((expected['link']?.length ?? 0) > 1000 && (expected['anchor']?.length ?? 0) === 23 && (expected['lost']?.length ?? 0) > 100);
    for (const [name, captures, threads] of [
      ['turns', byTurns(), 1],
      ['two', IN_ORDER, 2],
      ['five', byTurns(), 5],
    ] as const) {
      const out = path.join(folder, `${name}.db`);
      await write(out, captures, { threads });
      assert.equal(integrityOf(out), 'ok', name);
      assert.deepEqual(numbersOf(out), expected, name);
    }
  });

  it('are called for where there is much to write', async () => {
    const out = path.join(emptyFolder(), 'web.db');
    await write(out, IN_ORDER, { threads: 2, threadedFrom: 1_000_000, workerFile: DYING });
    assert.equal(integrityOf(out), 'ok');
  });

  it('end with the build that is aborted, and leave nothing', async () => {
    for (const delay of [0, 20, 60, 100, 150]) {
      const folder = emptyFolder();
      const abort = new AbortController();
      const out = path.join(folder, 'web.db');
      let ended = false;
      const written = write(out, IN_ORDER, { threads: 3 }, abort.signal, () => void setTimeout(() => abort.abort(), delay));
      await written.then(
        () => {
          ended = true;
        },
        (error: unknown) => assert.ok(isAbort(error), String(error)),
      );
      if (ended) assert.equal(integrityOf(out), 'ok');
      else assert.deepEqual(readdirSync(folder), []);
    }
  });

  it('take the build with them when one of them dies', async () => {
    const folder = emptyFolder();
    await assert.rejects(write(path.join(folder, 'web.db'), IN_ORDER, { threads: 2, workerFile: DYING }), {
      code: 'internal',
      message: /thread that writes the index stopped: exit 3/,
    });
    assert.deepEqual(readdirSync(folder), []);
  });
});
