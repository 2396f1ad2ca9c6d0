/** What a reader is told between the archives of one addition: each commit is whole, its totals among it, long before the addition ends. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openIndexInWorker } from '../../server/src/linkIndex/openIndexInWorker.ts';
import { startAdding } from '../../server/src/linkIndex/sqlite/add/addWriter.ts';
import { startGeneration } from '../../server/src/linkIndex/sqlite/generationWriter.ts';
import { openIndex } from '../../server/src/linkIndex/sqlite/openIndex.ts';
import type { Capture, GenerationWriter } from '../../server/src/linkIndex/store.ts';
import { compareAll } from './compare.ts';
import { NaiveStore } from './naiveStore.ts';
import { heavyHistory } from './storeSuite.ts';

const TARGETS = ['target.com', 'deep.target.com', 'x7.deep.target.com', 'target.com/p0', 'target.com/*', 'target.com/docs/*', 'site3.org'];
const NOWHERE = { countryCode: null, country: null, city: null };
const BUILT = 24;
const AN_INPUT = 8;
const finishing = { signal: new AbortController().signal, onPhase() {} };

function write(writer: GenerationWriter, name: string, captures: readonly Capture[]): void {
  const input = writer.beginInput(name, 1);
  for (const capture of captures) writer.add(capture, input);
  writer.endInput(input, { note: null, bytes: 1, hash: name });
}

describe('SQLite, between the commits of an addition', function () {
  this.timeout(120_000);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'backlink-lens-commits-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('gives right totals, of light and heavy targets, at every one of them', async () => {
    const file = path.join(folder, 'web.db');
    const captures = heavyHistory();
    const building = startGeneration(file, () => NOWHERE, 0);
    write(building, 'built', captures.slice(0, BUILT));
    await building.finish(finishing);
    const first = new NaiveStore(captures.slice(0, BUILT));
    const [plain, threaded] = [openIndex(file), await openIndexInWorker(file)];
    const adding = startAdding(file, () => NOWHERE);
    let [commits, questions] = [0, 0];
    for (let from = BUILT; from < captures.length; from += AN_INPUT) {
      write(adding, `input ${from}`, captures.slice(from, from + AN_INPUT));
      const now = new NaiveStore(captures.slice(0, from + AN_INPUT), first);
      for (const store of [plain, threaded]) questions += await compareAll(store, now, TARGETS);
      commits++;
    }
    console.log(`      ${questions} questions behind ${commits} commits`);
    adding.discard();
    await plain.close();
    await threaded.close();
  });
});
