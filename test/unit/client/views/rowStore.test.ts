/** Paging of the tree: whole pages only, never beyond the total, from the start again when the data changed. */
import assert from 'node:assert/strict';
import { createRowStore } from '../../../../client/src/views/rowStore.ts';
import type { RowPage } from '../../../../shared/backlinks.ts';
import { backlink, target } from '../support/samples.ts';

const page = target('https://site.test/a');

/** A source of numbered rows that notes what it is asked. */
function source(total: number, options: { saysTotal?: boolean; limit?: number; max?: number } = {}) {
  const asked: string[] = [];
  const state = { generation: 'g1', limit: options.limit ?? 10, total };
  const store = createRowStore({
    limit: () => state.limit,
    max: () => options.max ?? 10_000,
    fetch: async (_target, offset, limit): Promise<RowPage> => {
      asked.push(`${offset}+${limit}`);
      const rows = Array.from({ length: Math.max(0, Math.min(limit, state.total - offset)) }, (_, index) =>
        backlink({ sourceUrl: `https://blog.test/${state.generation}/${offset + index}` }),
      );
      return { rows, offset, total: options.saysTotal === false ? null : state.total, generation: state.generation };
    },
  });
  return { store, asked, state };
}

async function all({ store }: ReturnType<typeof source>): Promise<string[]> {
  let loaded = await store.first(page);
  while (!loaded.complete) loaded = await store.more(page);
  return loaded.rows.map((row) => row.sourceUrl);
}

describe('rows of the tree', () => {
  const totals: [number, boolean, string[]][] = [
    [0, true, ['0+10']],
    [7, true, ['0+10']],
    [10, true, ['0+10']],
    [11, true, ['0+10', '10+10']],
    [25, true, ['0+10', '10+10', '20+10']],
    [25, false, ['0+10', '10+10', '20+10']],
    [20, false, ['0+10', '10+10', '20+10']],
  ];
  for (const [total, saysTotal, calls] of totals) {
    it(`fetches ${total} rows in ${calls.length} pages${saysTotal ? '' : ', total not given'}`, async () => {
      const from = source(total, { saysTotal });
      const rows = await all(from);
      assert.equal(new Set(rows).size, total);
      assert.deepEqual(from.asked, calls);
    });
  }

  it('stops at the cap of the settings', async () => {
    const from = source(100, { max: 20 });
    assert.equal((await all(from)).length, 20);
  });

  it('starts again when the data changed in between', async () => {
    const from = source(25);
    await from.store.first(page);
    from.state.generation = 'g2';
    const rows = await all(from);
    assert.equal(rows.length, 25);
    assert.ok(
      rows.every((url) => url.includes('/g2/')),
      'no row of the old data is left',
    );
  });

  it('keeps offsets multiples of a limit that changed', async () => {
    const from = source(60);
    await from.store.first(page);
    from.state.limit = 25;
    const rows = await all(from);
    assert.equal(new Set(rows).size, 60);
    assert.deepEqual(from.asked, ['0+10', '0+25', '25+25', '50+25']);
  });

  it('joins two clicks into one call', async () => {
    const from = source(25);
    await Promise.all([from.store.first(page), from.store.first(page)]);
    await Promise.all([from.store.more(page), from.store.more(page)]);
    assert.deepEqual(from.asked, ['0+10', '10+10']);
  });

  it('does not bring back rows that were on their way when it was cleared', async () => {
    const from = source(25);
    const underway = from.store.first(page);
    from.store.clear();
    await underway;
    assert.equal(from.store.get(page), null);
  });

  it('asks again after a failure', async () => {
    let fails = true;
    const store = createRowStore({
      limit: () => 10,
      max: () => 100,
      fetch: async () => {
        if (fails) throw new Error('offline');
        return { rows: [backlink()], offset: 0, total: 1, generation: null };
      },
    });
    await assert.rejects(store.first(page), /offline/);
    fails = false;
    assert.equal((await store.first(page)).rows.length, 1);
  });
});
