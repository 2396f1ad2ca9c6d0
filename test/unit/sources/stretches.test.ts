/** A walk through all rows in long stretches: fewer calls, the same pages, and nothing fetched that is not wanted. */
import assert from 'node:assert/strict';
import { blankRow } from '../../../server/src/sources/blank.ts';
import { pages } from '../../../server/src/sources/pager.ts';
import type { PageRequest } from '../../../server/src/sources/source.ts';
import { createStretches } from '../../../server/src/sources/stretches.ts';
import { parseTarget } from '../../../server/src/urls/targets.ts';
import { type Backlink, PAGE_LIMITS } from '../../../shared/backlinks.ts';

const never = () => new AbortController().signal;

function asked(name: string) {
  const target = parseTarget(name);
  if (target === null) throw new TypeError(name);
  return { target, sent: name };
}

/** A service of so many rows that notes what is asked of it. */
function service(total: number, rowsPerCall: number) {
  const calls: string[] = [];
  const read = createStretches(rowsPerCall, async ({ sent }, { limit, offset }) => {
    calls.push(`${sent} ${offset}+${limit}`);
    const length = Math.max(0, Math.min(limit, total - offset));
    return { rows: Array.from({ length }, (_, n) => blankRow(`https://a.com/${offset + n}`, sent)), total: null };
  });
  const walk = async (limit: number, maxRows: number) => {
    const found: Backlink[] = [];
    const source = {
      capabilities: { pageLimits: PAGE_LIMITS } as never,
      rows: async (target: ReturnType<typeof asked>['target'], page: PageRequest, signal: AbortSignal) => ({
        ...(await read({ target, sent: target.name }, page, signal)),
        offset: page.offset,
        generation: null,
      }),
    };
    for await (const page of pages(source, asked('b.com').target, { limit, maxRows, internal: 'exclude' }, never())) found.push(...page.rows);
    return found;
  };
  return { calls, read, walk };
}

describe('stretches', () => {
  for (const limit of PAGE_LIMITS) {
    it(`gives the rows of a walk, ${limit} at a time, out of few calls`, async () => {
      const { calls, walk } = service(2533, 1000);
      const rows = await walk(limit, 10_000);
      assert.deepEqual(
        rows.map(({ sourceUrl }) => sourceUrl),
        Array.from({ length: 2533 }, (_, n) => `https://a.com/${n}`),
      );
      assert.deepEqual(calls, ['b.com 0+1000', 'b.com 1000+1000', 'b.com 2000+1000']);
    });
  }

  it('asks for no more than is wanted', async () => {
    const { calls, walk } = service(100_000, 1000);
    assert.equal((await walk(250, 1300)).length, 1300);
    assert.deepEqual(calls, ['b.com 0+1000', 'b.com 1000+500']);
  });

  it('asks for a page as it is where nobody says that more are wanted, or where a call brings no more', async () => {
    const plain = service(2533, 1000);
    await plain.read(asked('b.com'), { limit: 250, offset: 250, internal: 'exclude' }, never());
    const small = service(2533, 100);
    await small.read(asked('b.com'), { limit: 250, offset: 0, internal: 'exclude', upTo: 5000 }, never());
    assert.deepEqual([...plain.calls, ...small.calls], ['b.com 250+250', 'b.com 0+250']);
  });

  it('never mixes targets, origins or sizes, and begins anew at the top', async () => {
    const { calls, read } = service(2533, 1000);
    const page = { limit: 250, offset: 0, internal: 'exclude', upTo: 5000 } as const;
    await read(asked('b.com'), page, never());
    await read(asked('c.com'), { ...page, offset: 250 }, never());
    await read(asked('c.com'), { ...page, offset: 500, internal: 'only' }, never());
    await read(asked('c.com'), { ...page, offset: 500, limit: 50, internal: 'only' }, never());
    await read(asked('b.com'), page, never());
    await read(asked('b.com'), page, never());
    assert.deepEqual(calls, ['b.com 0+1000', 'c.com 250+1000', 'c.com 500+1000', 'c.com 500+1000', 'b.com 0+1000', 'b.com 0+1000']);
  });

  it('asks again for a stretch that failed', async () => {
    let failing = true;
    const read = createStretches(1000, async (_, { limit }) => {
      if (failing) throw new Error('no');
      return { rows: Array.from({ length: limit }, (_unused, n) => blankRow(`https://a.com/${n}`, 'b.com')), total: 5000 };
    });
    const page = { limit: 250, offset: 0, internal: 'exclude', upTo: 5000 } as const;
    await assert.rejects(read(asked('b.com'), page, never()), /no/);
    failing = false;
    assert.equal((await read(asked('b.com'), page, never())).rows.length, 250);
  });
});
