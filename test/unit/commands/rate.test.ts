/** Speed and time left in words, and sizes as people say them. */
import assert from 'node:assert/strict';
import { byteSize, duration, RateMeter } from '../../../server/src/commands/rate.ts';

describe('rates', () => {
  it('say nothing until a second has passed', () => {
    const rate = new RateMeter();
    assert.deepEqual([rate.perSecond(), rate.left(100)], [null, null]);
    rate.mark(0, 0, 0);
    rate.mark(900, 10, 10);
    assert.deepEqual([rate.perSecond(), rate.left(100)], [null, null]);
  });

  it('go by what was done in the last half minute', () => {
    const rate = new RateMeter();
    for (let second = 0; second <= 60; second++) rate.mark(second * 1000, second * 100, second * 10);
    assert.equal(rate.perSecond(), 100);
    assert.equal(rate.left(1000), 40);
    for (let second = 61; second <= 100; second++) rate.mark(second * 1000, 6000 + (second - 60) * 10, 600 + (second - 60));
    assert.equal(rate.perSecond(), 10);
    assert.equal(rate.left(1000), 360);
  });

  it('promise nothing where nothing moves, the total is unknown or reached', () => {
    const rate = new RateMeter();
    for (let second = 0; second <= 10; second++) rate.mark(second * 1000, 0, 50);
    assert.deepEqual([rate.perSecond(), rate.left(100), rate.left(0)], [0, null, null]);
    rate.mark(11_000, 1, 120);
    assert.equal(rate.left(100), 0);
  });

  for (const [seconds, words] of [
    [0, '0 s'],
    [0.4, '1 s'],
    [59.2, '1 min'],
    [60, '1 min'],
    [3570, '1 h'],
    [12_000, '3 h 20 min'],
  ] as const)
    it(`${seconds} seconds are ${words}`, () => assert.equal(duration(seconds), words));

  for (const [bytes, words] of [
    [0, '0 bytes'],
    [999, '999 bytes'],
    [31_415, '31 KB'],
    [1_240_000, '1.2 MB'],
    [31_000_000, '31 MB'],
    [2_500_000_000, '2.5 GB'],
    [7e15, '7,000 TB'],
  ] as const)
    it(`${bytes} bytes are ${words}`, () => assert.equal(byteSize(bytes), words));
});
