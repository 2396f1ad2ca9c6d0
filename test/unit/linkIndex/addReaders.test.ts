/** Whoever has an index open while something is added to it: sees the state before or after an input, and by the generation which. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { databaseOf } from '../../../server/src/linkIndex/generations.ts';
import { openIndexInWorker } from '../../../server/src/linkIndex/openIndexInWorker.ts';
import { startAdding } from '../../../server/src/linkIndex/sqlite/add/addWriter.ts';
import { regenerate, startGeneration } from '../../../server/src/linkIndex/sqlite/generationWriter.ts';
import { openIndex } from '../../../server/src/linkIndex/sqlite/openIndex.ts';
import { openReadOnly } from '../../../server/src/linkIndex/sqlite/openReadOnly.ts';
import type { BacklinkStore, GenerationWriter } from '../../../server/src/linkIndex/store.ts';
import { DAY, NOON, page } from '../../store/captures.ts';
import { target } from '../../store/compare.ts';
import { emptyFolders } from './support.ts';

const NOWHERE = { countryCode: null, country: null, city: null };
const finishing = { signal: new AbortController().signal, onPhase() {} };

/** How many rows, in which generation, and what the totals say. */
async function ask(store: BacklinkStore): Promise<string> {
  const { rows, generation } = await store.rows({ target: target('a.com'), limit: 100, offset: 0, internal: 'exclude' }, finishing.signal);
  const [summary] = await store.summaries([target('a.com')], finishing.signal);
  return `${rows.length} rows, ${summary?.backlinks} backlinks from ${summary?.referringDomains} in ${generation?.replace(/\.[0-9a-f]{8}/, '')}`;
}

function writePage(writer: GenerationWriter, at: number): () => void {
  const input = writer.beginInput(`input ${at}`, 1);
  writer.add(page(`https://site${at}.org/`, ['https://a.com/', 'https://a.com/x'], { capturedAt: NOON + at * DAY }), input);
  return () => writer.endInput(input, { note: null, bytes: 1, hash: `hash ${at}` });
}

describe('readers of an index that is added to', () => {
  const folder = emptyFolders('readers');

  async function built(): Promise<string> {
    const out = path.join(folder(), 'web.db');
    const writer = startGeneration(out, () => NOWHERE, 0);
    writePage(writer, 0)();
    await writer.finish(finishing);
    return out;
  }

  for (const [where, open] of [
    ['here', async (file: string): Promise<BacklinkStore> => openIndex(file)],
    ['in a worker', (file: string): Promise<BacklinkStore> => openIndexInWorker(file)],
  ] as const) {
    it(`see each input once it is in: ${where}`, async () => {
      const out = await built();
      const store = await open(out);
      assert.equal(await ask(store), '2 rows, 2 backlinks from 1 in g1');
      const writer = startAdding(out, () => NOWHERE);
      const end = writePage(writer, 1);
      assert.equal(await ask(store), '2 rows, 2 backlinks from 1 in g1');
      end();
      assert.equal(await ask(store), '4 rows, 4 backlinks from 2 in g1+1');
      const late = await open(out);
      const endNext = writePage(writer, 2);
      assert.equal(await ask(late), '4 rows, 4 backlinks from 2 in g1+1');
      endNext();
      assert.equal(await ask(late), '6 rows, 6 backlinks from 3 in g1+2');
      await writer.finish(finishing);
      assert.equal(await ask(store), '6 rows, 6 backlinks from 3 in g1+2');
      await regenerate(out, 0, finishing);
      assert.equal(await ask(store), '6 rows, 6 backlinks from 3 in g2');
      await Promise.all([store.close(), late.close()]);
    });
  }

  it('see nothing of an input that was given up', async () => {
    const out = await built();
    const store = openIndex(out);
    const writer = startAdding(out, () => NOWHERE);
    writePage(writer, 1);
    writer.discard();
    assert.equal(await ask(store), '2 rows, 2 backlinks from 1 in g1');
    await store.close();
  });

  it('find heavy totals counted where no next generation comes, and the same answers where they must count themselves', async () => {
    const answers: unknown[] = [];
    for (const settle of [true, false]) {
      const out = path.join(folder(), 'web.db');
      const writer = startGeneration(out, () => NOWHERE, 0);
      const inputs = [writer.beginInput('crowd', 1)];
      for (let at = 0; at < 1300; at++) {
        writer.add(page(`https://h${at % 5}.site${at % 40}.org/${at}`, ['https://x.a.com/y'], { capturedAt: NOON }), inputs[0] ?? 0);
      }
      writer.endInput(0, { note: null, bytes: 1, hash: null });
      await writer.finish(finishing);
      const adding = startAdding(out, () => NOWHERE, { settle });
      writePage(adding, 1)();
      const input = adding.beginInput('changes', 1);
      adding.add(page('https://h0.site0.org/0', ['https://other.net/', 'https://x.a.com/y'], { capturedAt: NOON + DAY }), input);
      adding.add(page('https://h1.site1.org/1', [], { capturedAt: NOON + DAY }), input);
      adding.add(page('https://new.site.org/', ['https://x.a.com/y', 'https://x.a.com/y?z'], { capturedAt: NOON + DAY }), input);
      adding.endInput(input, { note: null, bytes: 1, hash: null });
      await adding.finish(finishing);
      const db = openReadOnly(databaseOf(out));
      const stale = Number(db.prepare('select count(*) as n from total where stale = 1 and links > 1000').get()?.['n']);
      db.close();
      assert.equal(stale, settle ? 0 : 4);
      const store = openIndex(out);
      answers.push(await store.summaries(['a.com', 'x.a.com', 'x.a.com/y', 'x.a.com/*'].map(target), finishing.signal));
      await store.close();
    }
    assert.deepEqual(answers[0], answers[1]);
  });

  it('need not have gone for the next addition, nor for the next generation', async () => {
    const out = await built();
    const store = openIndex(out);
    for (let at = 1; at <= 3; at++) {
      const writer = startAdding(out, () => NOWHERE);
      writePage(writer, at)();
      await writer.finish(finishing);
    }
    assert.equal(await ask(store), '8 rows, 8 backlinks from 4 in g1+3');
    await store.close();
    startAdding(out, () => NOWHERE).discard();
    assert.ok(!existsSync(`${databaseOf(out)}-wal`), 'the log is folded into the file when nobody reads');
    await regenerate(out, 0, finishing);
    assert.deepEqual(readdirSync(path.dirname(out)).sort(), ['web.db', 'web.db.g000002']);
  });
});
