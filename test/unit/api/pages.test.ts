/** Pages of rows that come as JSON and from memory: byte for byte what the slow way says, and never of before a change. */
import assert from 'node:assert/strict';
import { rmSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { cachedPages } from '../../../server/src/api/cachedPages.ts';
import { toWireList, toWireRow } from '../../../server/src/api/contract.ts';
import { pagesOf, toOpenJson, toWirePage, type WirePage } from '../../../server/src/api/pages.ts';
import { openServedIndex } from '../../../server/src/commands/serveIndex.ts';
import { ChangeStamp } from '../../../server/src/linkIndex/changeStamp.ts';
import { databaseOf } from '../../../server/src/linkIndex/generations.ts';
import { openIndex } from '../../../server/src/linkIndex/sqlite/openIndex.ts';
import type { RowQuery } from '../../../server/src/linkIndex/store.ts';
import { parseTarget } from '../../../server/src/urls/targets.ts';
import { silentLog } from '../../../server/src/util/log.ts';
import { type Backlink, PAGE_LIMITS } from '../../../shared/backlinks.ts';
import { builtIndex } from '../../support/builtIndex.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { buildMarked } from '../../support/markedIndex.ts';

const signal = () => AbortSignal.timeout(10_000);

function query(text: string, limit = 10, offset = 0): RowQuery {
  const target = parseTarget(text);
  assert.ok(target !== null);
  return { target, limit, offset, internal: 'exclude' };
}

describe('pages of rows', () => {
  const { folder, remove } = temporaryFolder('pages');
  after(remove);

  it('come from threads and from memory byte for byte as from the store', async () => {
    const file = await builtIndex(folder);
    const slow = openIndex(file);
    const fast = await openServedIndex(file, silentLog);
    let compared = 0;
    const targets = ['tidetables.example', 'harbour.example', 'https://www.harbour.example/', 'never-seen.example', 'harbour.example/*'];
    for (const text of [...targets, ...targets]) {
      for (const limit of PAGE_LIMITS) {
        for (const internal of ['exclude', 'include', 'only'] as const) {
          const asked = { ...query(text, limit, limit), internal };
          const { rows, total, generation } = await slow.rows(asked, signal());
          const page = await fast.pages.read(asked, signal);
          const whole = JSON.stringify({ ...toWireList(rows.map(toWireRow), total, 1.5), balance: 7 });
          assert.equal(toOpenJson(page, 1.5).closed(7), whole);
          assert.equal(page.generation, generation);
          compared++;
        }
      }
    }
    console.log(`      ${compared} pages`);
    await Promise.all([slow.close(), fast.store.close()]);
  });

  it('keep texts as they are, whatever is in them', () => {
    const row = {
      sourceUrl: 'https://a.example/"\\\u2028',
      title: '</script> \ud800 \u0000 漢字 🙂',
      anchorText: null,
      strength: null,
    } as unknown as Backlink;
    const page = toWirePage({ rows: [row], offset: 0, total: null, generation: null });
    assert.equal(toOpenJson(page, 0).closed(null), JSON.stringify({ ...toWireList([toWireRow(row)], null, 0), balance: null }));
  });

  it('are asked for once, until the index changes; while nobody can tell, each time', async () => {
    let stamp: string | null = 'a';
    let asked = 0;
    const pages = { read: async (): Promise<WirePage> => ({ json: `[${++asked}]`, rows: 1, total: 1, generation: stamp }) };
    const cached = cachedPages({ pages, stamp: () => stamp });
    const read = async () => (await cached.read(query('a.com'), signal)).json;
    assert.deepEqual([await read(), await read()], ['[1]', '[1]']);
    stamp = 'b';
    assert.deepEqual([await read(), await read()], ['[2]', '[2]']);
    stamp = null;
    assert.deepEqual([await read(), await read()], ['[3]', '[4]']);
    stamp = 'b';
    assert.equal(await read(), '[5]');
  });

  it('are not kept when the index changed while they were read, nor when they are of a build before', async () => {
    let stamp = 'a';
    let asked = 0;
    let current = true;
    const pages = {
      read: async (): Promise<WirePage> => {
        asked++;
        if (asked === 1) stamp = 'b';
        return { json: '[]', rows: 0, total: 0, generation: 'g', current };
      },
    };
    const cached = cachedPages({ pages, stamp: () => stamp });
    const read = () => cached.read(query('a.com'), signal);
    await read();
    current = false;
    await read();
    await read();
    current = true;
    await read();
    await read();
    assert.equal(asked, 4);
  });

  it('take a bounded room: what was not asked for longest goes', async () => {
    let asked = 0;
    const pages = {
      read: async (): Promise<WirePage> => {
        asked++;
        return { json: 'x'.repeat(1000), rows: 0, total: 0, generation: 'g' };
      },
    };
    const cached = cachedPages({ pages, stamp: () => 'a', most: 5000 });
    for (const text of ['a.com', 'b.com', 'c.com', 'a.com', 'd.com', 'a.com']) await cached.read(query(text), signal);
    assert.equal(asked, 4);
    await cached.read(query('b.com'), signal);
    assert.equal(asked, 5);
  });

  it('fail as the store does', async () => {
    const store = {
      rows: async () => {
        throw new TypeError('no');
      },
    };
    const cached = cachedPages({ pages: pagesOf(store), stamp: () => 'a' });
    await assert.rejects(async () => cached.read(query('a.com'), signal), /no/);
  });
});

describe('the stamp of an index', () => {
  const { folder, remove } = temporaryFolder('stamp');
  const file = path.join(folder, 'web.db');
  after(remove);

  it('is another one after each build, and none while files are young or gone', async () => {
    const database = await buildMarked(file, 'one', 2);
    let now = Date.now();
    const stamp = new ChangeStamp(file, () => now);
    assert.equal(stamp.read(), null);
    now += 10_000;
    const first = stamp.read();
    assert.ok(first !== null);
    assert.equal(stamp.read(), first);
    utimesSync(database, new Date(), new Date(now));
    assert.equal(stamp.read(), null);
    now += 10_000;
    const written = stamp.read();
    assert.notEqual(written, first);
    await buildMarked(file, 'two', 2);
    now = Date.now() + 20_000;
    assert.ok(![first, written, null].includes(stamp.read()));
    rmSync(databaseOf(file));
    assert.equal(stamp.read(), null);
    rmSync(file);
    assert.equal(stamp.read(), null);
  });
});
