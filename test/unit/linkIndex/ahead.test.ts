/** Fetching ahead: the same items, one further than was asked for; failures in their turn; whoever stops early ends the source. */
import assert from 'node:assert/strict';
import { ahead } from '../../../server/src/linkIndex/ingest/warc/ahead.ts';

interface Source {
  readonly items: AsyncIterable<number>;
  /** What was asked for, and `end` when it was told to end. */
  readonly log: (number | 'end')[];
}

function source(count: number, failure?: Error): Source {
  const log: (number | 'end')[] = [];
  async function* items(): AsyncGenerator<number, void, void> {
    try {
      for (let at = 0; at < count; at++) {
        log.push(at);
        yield at;
      }
      if (failure !== undefined) throw failure;
    } finally {
      log.push('end');
    }
  }
  return { items: items(), log };
}

describe('fetching ahead', () => {
  it('gives the same items, and has asked for the next while one is looked at', async () => {
    const { items, log } = source(3);
    const met: number[] = [];
    for await (const item of ahead(items)) {
      met.push(item);
      if (item < 2) assert.equal(log.at(-1), item + 1);
    }
    assert.deepEqual(met, [0, 1, 2]);
    assert.equal(log.at(-1), 'end');
  });

  it('tells a failure after what came before it', async () => {
    const met: number[] = [];
    const read = async (): Promise<void> => {
      for await (const item of ahead(source(2, new TypeError('torn')).items)) met.push(item);
    };
    await assert.rejects(read(), /torn/);
    assert.deepEqual(met, [0, 1]);
  });

  it('ends the source when nobody wants more', async () => {
    const { items, log } = source(9);
    for await (const _ of ahead(items)) break;
    assert.deepEqual(log, [0, 1, 'end']);
  });
});
