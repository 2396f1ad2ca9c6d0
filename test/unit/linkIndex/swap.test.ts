/** Readers while an index is built again: they move on to the new generation, in place and in a worker, and a dead worker is an error. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { buildIndex } from '../../../server/src/linkIndex/ingest/build.ts';
import { buildIndexInWorker } from '../../../server/src/linkIndex/ingest/runInWorker.ts';
import { openIndexInWorker } from '../../../server/src/linkIndex/openIndexInWorker.ts';
import { openIndex } from '../../../server/src/linkIndex/sqlite/openIndex.ts';
import type { BacklinkStore } from '../../../server/src/linkIndex/store.ts';
import { parseTarget } from '../../../server/src/urls/targets.ts';
import { BacklinkLensError } from '../../../server/src/util/errors.ts';
import { pageRecord } from './warcFixture.ts';

const signal = new AbortController().signal;
const ASKING = path.resolve(import.meta.dirname, '../../fixtures/linkIndex/askAndLeave.ts');
const DYING = path.resolve(import.meta.dirname, '../../fixtures/linkIndex/dyingWorker.ts');

describe('index, read while it changes', function () {
  this.timeout(60_000);

  const folder = mkdtempSync(path.join(os.tmpdir(), 'backlink-lens-swap-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const out = path.join(folder, 'web.db');
  const target = parseTarget('a.com') ?? assert.fail();
  const query = { target, limit: 10, offset: 0, internal: 'exclude' } as const;

  const build = async (pages: number, run = buildIndex): Promise<string> => {
    const input = path.join(folder, 'input.warc');
    writeFileSync(input, Buffer.concat(Array.from({ length: pages }, (_, at) => pageRecord(`https://b.org/${at}`, ['https://a.com/']))));
    return (await run({ out, inputs: [input] })).generation;
  };

  const opened: readonly (readonly [name: string, open: (file: string) => Promise<BacklinkStore>])[] = [
    ['in place', async (file) => openIndex(file)],
    ['in a worker', (file) => openIndexInWorker(file)],
  ];
  for (const [name, open] of opened) {
    it(`gives the rows of one generation with its name, and the new one after a build, ${name}`, async () => {
      const generations = [await build(1)];
      const store = await open(out);
      for (const pages of [2, 3, 4]) {
        generations.push(await build(pages));
        const { total, generation } = await store.rows(query, signal);
        assert.deepEqual([total, generation], [pages, generations.at(-1)]);
        assert.equal((await store.info(signal)).generation, generation);
        assert.equal((await store.summaries([target], signal))[0]?.backlinks, pages);
      }
      assert.equal(new Set(generations).size, 4);
      await store.close();
    });

    it(`answers while builds run, ${name}`, async () => {
      const known = new Map([[await build(5), 5]]);
      const store = await open(out);
      let building = true;
      const builds = (async () => {
        for (const pages of [40, 80, 120]) known.set(await build(pages, buildIndexInWorker), pages);
        building = false;
      })();
      const seen: [string | null, number | null][] = [];
      while (building) {
        const { generation, total } = await store.rows(query, signal);
        seen.push([generation, total]);
        await new Promise((resolve) => setImmediate(resolve));
      }
      await builds;
      for (const [generation, total] of seen) assert.equal(total, known.get(generation ?? ''));
      await store.close();
    });

    it(`says so when the index is taken away or replaced by something else, ${name}`, async () => {
      await build(2);
      const store = await open(out);
      writeFileSync(out, 'not an index');
      await assert.rejects(store.rows(query, signal), (error) => BacklinkLensError.is(error, 'index.damaged'));
      rmSync(out);
      await assert.rejects(store.info(signal), (error) => BacklinkLensError.is(error, 'index.missing'));
      await build(3);
      assert.equal((await store.rows(query, signal)).total, 3);
      await store.close();
      await assert.rejects(store.info(signal), (error) => BacklinkLensError.is(error));
      await store.close();
    });
  }

  it('rejects the opening in a worker with the code of the reason', async () => {
    await assert.rejects(
      openIndexInWorker(path.join(folder, 'nowhere.db')),
      (error) => BacklinkLensError.is(error, 'index.missing') && error.message.includes('nowhere.db'),
    );
    await assert.rejects(openIndexInWorker(out, { workerFile: path.join(folder, 'no-such-worker.cjs') }), (error) => BacklinkLensError.is(error));
  });

  for (const how of ['exit', 'error']) {
    it(`fails what a dead worker was asked, and starts another for the next question (${how})`, async () => {
      const store = await openIndexInWorker(`/made/up/${how}`, { workerFile: DYING });
      for (let round = 0; round < 3; round++) {
        assert.equal((await store.info(signal)).generation, 'g1');
        const asked = await Promise.allSettled([store.rows(query, signal), store.strength(target, signal)]);
        for (const outcome of asked)
          assert.ok(outcome.status === 'rejected' && BacklinkLensError.is(outcome.reason, 'internal') && outcome.reason.message.includes('stopped'));
      }
      await store.close();
    });
  }

  it('keeps a process alive while it waits for an answer, and no longer', async () => {
    const generation = await build(2);
    const { stdout } = await promisify(execFile)(process.execPath, [ASKING, out], { timeout: 20_000 });
    assert.equal(stdout, `${generation}\n`);
  });

  it('lets go of an aborted question at once, and answers the next', async () => {
    await build(3);
    const store = await openIndexInWorker(out);
    const abort = new AbortController();
    const asked = store.summaries(
      Array.from({ length: 10_000 }, () => target),
      abort.signal,
    );
    abort.abort();
    await assert.rejects(asked, { name: 'AbortError' });
    assert.equal((await store.rows(query, signal)).total, 3);
    await store.close();
  });

  it('answers 10,000 summaries in order', async () => {
    await build(3);
    const store = await openIndexInWorker(out);
    const targets = Array.from({ length: 10_000 }, (_, at) => parseTarget(at % 2 === 0 ? 'a.com' : `b.org/${at}`) ?? assert.fail());
    const summaries = await store.summaries(targets, signal);
    assert.ok(summaries.every((summary, at) => summary.target.id === targets[at]?.id && summary.backlinks === (at % 2 === 0 ? 3 : 0)));
    await store.close();
  });
});
