/** The line for the way out. */
import assert from 'node:assert/strict';
import { Slots } from '../../../../server/src/linkIndex/ingest/crawl/slots.ts';

describe('crawl slots', () => {
  const { signal } = new AbortController();

  it('let in so many at a time, in the order in which they came', async () => {
    const slots = new Slots(2);
    const order: number[] = [];
    let [inside, most] = [0, 0];
    const work = async (at: number): Promise<number> =>
      await slots.run(signal, async () => {
        order.push(at);
        most = Math.max(most, ++inside);
        await new Promise(setImmediate);
        inside--;
        return at;
      });
    assert.deepEqual(await Promise.all([0, 1, 2, 3, 4].map(work)), [0, 1, 2, 3, 4]);
    assert.deepEqual([order, most], [[0, 1, 2, 3, 4], 2]);
  });

  it('lose no place to those who fail or give up waiting', async () => {
    const slots = new Slots(1);
    const control = new AbortController();
    const { promise, resolve } = Promise.withResolvers<void>();
    const first = slots.run(signal, async () => await promise);
    const second = slots.run(control.signal, async () => assert.fail());
    const third = slots.run(signal, async () => await Promise.reject(new Error('broken')));
    const fourth = slots.run(signal, async () => 'through');
    control.abort();
    await assert.rejects(second, { name: 'AbortError' });
    resolve();
    await first;
    await assert.rejects(third, { message: 'broken' });
    assert.equal(await fourth, 'through');
  });
});
