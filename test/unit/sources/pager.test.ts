import assert from 'node:assert/strict';
import { pages, permittedLimit } from '../../../server/src/sources/pager.ts';
import type { PageRequest, Source } from '../../../server/src/sources/source.ts';
import { BacklinkLensError, isAbort } from '../../../server/src/util/errors.ts';
import type { Backlink, RowPage } from '../../../shared/backlinks.ts';
import { fakeSource, target } from '../facts/support.ts';

const TARGET = target('site.com');
const never = () => new AbortController().signal;

interface Data {
  readonly rows: number;
  /** What the source says; the truth when absent. */
  readonly total?: number | null;
  generation?: (call: number) => string | null;
}

function sourceOf(data: Data): { source: Pick<Source, 'capabilities' | 'rows'>; asked: PageRequest[] } {
  const asked: PageRequest[] = [];
  const rows = async (_: unknown, page: PageRequest): Promise<RowPage> => {
    asked.push(page);
    const count = Math.max(0, Math.min(page.limit, data.rows - page.offset));
    const list = Array.from({ length: count }, (_unused, index) => ({ sourceUrl: String(page.offset + index) }) as Backlink);
    return {
      rows: list,
      offset: page.offset,
      total: data.total === undefined ? data.rows : data.total,
      generation: data.generation?.(asked.length) ?? null,
    };
  };
  return { source: { capabilities: fakeSource().capabilities, rows }, asked };
}

async function read(data: Data, limit: number, maxRows = 100_000): Promise<{ rows: string[]; asked: PageRequest[] }> {
  const { source, asked } = sourceOf(data);
  let rows: string[] = [];
  for await (const page of pages(source, TARGET, { limit, maxRows, internal: 'exclude' }, never())) {
    if (page.offset === 0) rows = [];
    rows.push(...page.rows.map((row) => row.sourceUrl));
  }
  return { rows, asked };
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index));

describe('pager', () => {
  for (const [rows, limit, calls] of [
    [0, 10, 1],
    [1, 10, 1],
    [10, 10, 1],
    [11, 10, 2],
    [500, 250, 2],
    [533, 100, 6],
  ] as const) {
    it(`reads ${rows} rows by ${limit} in ${calls} calls and asks for nothing beyond the count`, async () => {
      const { rows: all, asked } = await read({ rows }, limit);
      assert.deepEqual(all, numbers(rows));
      assert.equal(asked.length, calls);
      for (const page of asked) assert.equal(page.offset % page.limit, 0);
    });
  }

  it('stops on a short page where the source gives no total, or promises more', async () => {
    assert.equal((await read({ rows: 25, total: null }, 10)).asked.length, 3);
    assert.equal((await read({ rows: 20, total: null }, 10)).asked.length, 3, 'a full last page cannot be told from another one coming');
    assert.equal((await read({ rows: 25, total: 1_000 }, 10)).asked.length, 3);
  });

  it('keeps to the cap of rows', async () => {
    for (const cap of [1, 10, 30, 250, 600]) {
      const { rows, asked } = await read({ rows: 533 }, 250, cap);
      assert.deepEqual(rows, numbers(Math.min(cap, 533)));
      assert.ok(asked.length <= 3);
    }
  });

  it('asks for permitted limits only', async () => {
    for (const [wanted, used] of [
      [7, 10],
      [10, 10],
      [30, 25],
      [99, 50],
      [1000, 250],
    ] as const) {
      assert.equal(permittedLimit([10, 25, 50, 100, 250], wanted), used);
      assert.equal((await read({ rows: 5 }, wanted)).asked[0]?.limit, used);
    }
  });

  it('starts again when the data change on the way', async () => {
    const { rows, asked } = await read({ rows: 35, generation: (call) => (call < 3 ? 'g1' : 'g2') }, 10);
    assert.deepEqual(rows, numbers(35));
    assert.deepEqual(
      asked.map((page) => page.offset),
      [0, 10, 20, 0, 10, 20, 30],
    );
  });

  it('gives up on data that never hold still', async () => {
    await assert.rejects(read({ rows: 35, generation: (call) => `g${call}` }, 10), (error) => BacklinkLensError.is(error, 'source.bad-reply'));
  });

  it('stops when cancelled between two pages', async () => {
    const { source, asked } = sourceOf({ rows: 100 });
    const controller = new AbortController();
    await assert.rejects(async () => {
      for await (const page of pages(source, TARGET, { limit: 10, maxRows: 100, internal: 'exclude' }, controller.signal))
        if (page.offset === 10) controller.abort();
    }, isAbort);
    assert.equal(asked.length, 2);
  });

  it('reads no further than its reader', async () => {
    const { source, asked } = sourceOf({ rows: 100 });
    for await (const page of pages(source, TARGET, { limit: 10, maxRows: 100, internal: 'exclude' }, never())) if (page.offset === 10) break;
    assert.equal(asked.length, 2);
  });
});
