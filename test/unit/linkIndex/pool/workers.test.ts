/** Reading in processes: the index is the same however many read, a process that dies takes only its input with it, and none is left over. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { databaseOf } from '../../../../server/src/linkIndex/generations.ts';
import { buildIndex } from '../../../../server/src/linkIndex/ingest/build.ts';
import type { PlannedInput } from '../../../../server/src/linkIndex/ingest/inputs/plan.ts';
import type { InputOutcome } from '../../../../server/src/linkIndex/ingest/inputs/readInput.ts';
import { readInProcesses } from '../../../../server/src/linkIndex/ingest/pool/readInProcesses.ts';
import { openDatabase } from '../../../../server/src/linkIndex/sqlite/driver.ts';
import { dataPath } from '../../../support/data.ts';
import { emptyFolders, written } from '../support.ts';
import { members, pageRecord } from '../warcFixture.ts';

const NOW = Date.UTC(2026, 10, 23);
const SCANNER = path.resolve(import.meta.dirname, '../../../../server/src/linkIndex/ingest/worker.ts');
const DYING = path.resolve(import.meta.dirname, '../../../fixtures/linkIndex/dyingScanner.ts');
const { signal } = new AbortController();

/** Every row of every table, but what names the generation. */
function dump(file: string): Record<string, unknown[]> {
  const db = openDatabase(databaseOf(file), { readOnly: true });
  try {
    const tables = db
      .prepare(`select name from sqlite_schema where type = 'table' and name <> 'meta' and name not like 'sqlite%' order by name`)
      .all();
    return Object.fromEntries(tables.map(({ name }) => [String(name), db.prepare(`select * from "${String(name)}" order by 1, 2`).all()]));
  } finally {
    db.close();
  }
}

describe('pool: reading in processes', function () {
  this.timeout(120_000);
  const emptyFolder = emptyFolders('pool');

  /** Archives of different sizes with pages in common, so that it shows when the order of reading decides anything. */
  function someArchives(folder: string): string[] {
    return Array.from({ length: 7 }, (_, archive) => {
      const pages = Array.from({ length: archive === 0 ? 400 : 10 + archive }, (_, at) =>
        pageRecord(`https://b${at % 5}.org/${at}`, [`https://a.com/${archive}`, `/${(at * 7) % 50}`, `https://c${archive}.net/${at}`], {
          date: `2026-11-0${1 + (archive % 3)}T12:00:00Z`,
        }),
      );
      return written(folder, `${archive}.warc.gz`, members(pages));
    });
  }

  it('gives the same index with one, two and three workers', async () => {
    const folder = emptyFolder();
    const real = dataPath('warc', 'webrecorder__warcio__example.warc.gz');
    const inputs = [...someArchives(folder), ...(real === null ? [] : [real])];
    const dumps: Record<string, unknown[]>[] = [];
    for (const workers of [1, 2, 3]) {
      const out = path.join(folder, `w${workers}.db`);
      const { problems, info } = await buildIndex({ out, inputs, workers, now: NOW });
      assert.deepEqual(problems, []);
      assert.ok(info.links > 1000);
      dumps.push(dump(out));
    }
    assert.deepEqual(dumps[1], dumps[0]);
    assert.deepEqual(dumps[2], dumps[0]);
  });

  it('hands inputs on one after the other where that is asked for, each whole', async () => {
    const { log, consumer } = recorder();
    await readInProcesses(tasksOf(someArchives(emptyFolder())), consumer, { workers: 3, workerFile: SCANNER, inOrder: true, signal });
    assert.deepEqual(
      log,
      [400, 11, 12, 13, 14, 15, 16].flatMap((pages, at) => [`begin ${at}`, `${pages} captures`, `end ${at}`]),
    );
  });

  it('reads in this process, too, where that is asked for', async () => {
    const files = someArchives(emptyFolder());
    const begun: number[] = [];
    const captures = new Map<number, number>();
    const outcomes = new Map<number, InputOutcome>();
    const consumer = {
      begin: (_: PlannedInput, at: number) => void begun.push(at),
      take: (_: unknown, at: number) => void captures.set(at, (captures.get(at) ?? 0) + 1),
      end: (outcome: InputOutcome, at: number) => void outcomes.set(at, outcome),
      onBytes() {},
      onSize() {},
    };
    await readInProcesses(tasksOf(files), consumer, { workers: 2, alsoHere: true, workerFile: SCANNER, inOrder: false, signal });
    assert.deepEqual(begun, [0, 1, 2, 3, 4, 5, 6]);
    assert.deepEqual(
      files.map((_, at) => captures.get(at)),
      [400, 11, 12, 13, 14, 15, 16],
    );
    assert.deepEqual(
      files.map((_, at) => outcomes.get(at)?.problem),
      files.map(() => null),
    );
  });

  it('stops reading here with everything else', async () => {
    const archives = tasksOf(someArchives(emptyFolder()));
    const options = { workers: 2, alsoHere: true, workerFile: SCANNER, inOrder: false } as const;
    let taken = 0;
    const { consumer } = recorder();
    const full = {
      ...consumer,
      take: () => {
        taken++;
        assert.fail('disk full');
      },
    };
    await assert.rejects(readInProcesses(archives, full, { ...options, signal }), /disk full/);
    const before = taken;
    const abort = new AbortController();
    const stopping = { ...consumer, take: () => abort.abort() };
    await assert.rejects(readInProcesses(archives, stopping, { ...options, signal: abort.signal }), { name: 'AbortError' });
    assert.equal(taken, before, 'nothing came after the failure');
  });

  it('says of a process that died which input it read, and reads the others', async () => {
    for (const inOrder of [false, true]) {
      const { outcomes, consumer } = recorder();
      const folder = emptyFolder();
      const archives = ['a', 'b', 'poison', 'c', 'd'].map((name) => written(folder, `${name}.warc`, pageRecord(`https://b.org/${name}`, [])));
      await readInProcesses(tasksOf(archives), consumer, { workers: 2, workerFile: DYING, inOrder, signal });
      assert.deepEqual(
        outcomes.map(({ problem }) => problem?.code ?? 'read'),
        ['read', 'read', 'internal', 'read', 'read'],
      );
      assert.match(outcomes[2]?.problem?.message ?? '', /poison\.warc stopped \(SIGKILL\)/);
    }
  });

  it('fails with what the consumer throws, and at an abort', async () => {
    const archives = tasksOf(someArchives(emptyFolder()));
    const full = { ...recorder().consumer, take: () => assert.fail('disk full') };
    await assert.rejects(readInProcesses(archives, full, { workers: 2, workerFile: SCANNER, inOrder: false, signal }), /disk full/);
    const abort = new AbortController();
    const { consumer } = recorder();
    const stopping = { ...consumer, take: () => abort.abort() };
    await assert.rejects(readInProcesses(archives, stopping, { workers: 2, workerFile: SCANNER, inOrder: false, signal: abort.signal }), {
      name: 'AbortError',
    });
  });

  it('leaves the old index as it was after an abort', async () => {
    const folder = emptyFolder();
    const archives = someArchives(emptyFolder());
    const out = path.join(folder, 'web.db');
    await buildIndex({ out, inputs: archives.slice(1, 2) });
    const before = dump(out);
    const abort = new AbortController();
    const onProgress = ({ pages }: { pages: number }): void => {
      if (pages > 100) abort.abort();
    };
    await assert.rejects(buildIndex({ out, inputs: archives, workers: 2, signal: abort.signal, onProgress }), { name: 'AbortError' });
    assert.deepEqual(readdirSync(folder).sort(), ['web.db', 'web.db.g000001']);
    assert.deepEqual(dump(out), before);
  });
});

function tasksOf(files: readonly string[]): { input: PlannedInput; options: { now: number } }[] {
  return files.map((at) => ({ input: { kind: 'file', at, name: at, bytes: null, modified: null }, options: { now: NOW } }));
}

/** Writes down what a consumer is told. */
function recorder() {
  const log: string[] = [];
  const outcomes: InputOutcome[] = [];
  let captures = 0;
  const consumer = {
    begin: (_: PlannedInput, at: number) => void log.push(`begin ${at}`),
    take: () => void captures++,
    end: (outcome: InputOutcome, at: number) => {
      log.push(`${captures} captures`, `end ${at}`);
      captures = 0;
      outcomes[at] = outcome;
    },
    onBytes() {},
    onSize() {},
  };
  return { log, outcomes, consumer };
}
