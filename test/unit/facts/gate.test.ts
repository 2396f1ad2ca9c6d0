/** How a source that failed is left alone: back-off with jitter, waits that were asked for, and the circuit that opens. */
import assert from 'node:assert/strict';
import { createGate, OPENS_AFTER } from '../../../server/src/facts/gate.ts';
import { sourceError } from '../../../server/src/util/errors.ts';
import { bench, targets } from './support.ts';

const OFFLINE = sourceError('offline', 'no network');
const DOWN = sourceError('unavailable', 'down');
const gate = (random = 0) => createGate({ firstDelay: 5_000, longestDelay: 300_000, random: () => random });

describe('gate', () => {
  for (const [random, delays] of [
    [0, [5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000]],
    [0.5, [6_250, 12_500, 25_000, 50_000, 100_000, 200_000, 375_000, 375_000]],
    [0.999999, [7_499, 14_999, 29_999, 59_999, 119_999, 239_999, 449_999, 449_999]],
  ] as const) {
    it(`waits ever longer, by chance up to half as long again (${random})`, () => {
      const one = gate(random);
      assert.deepEqual(
        delays.map(() => one.failed(DOWN, 0)?.retryAt),
        delays,
      );
      one.succeeded();
      assert.equal(one.failed(DOWN, 0)?.retryAt, delays[0], 'a success begins anew');
    });
  }

  for (const [asked, random, until] of [
    [40_000, 0, 40_000],
    [40_000, 0.5, 41_000],
    [1_000, 0.5, 1_250],
    [0, 0.9, 0],
  ] as const) {
    it(`waits as long as it was asked to, ${asked} ms, and at most two seconds longer (${random})`, () => {
      assert.equal(gate(random).failed(sourceError('throttled', 'wait', { retryAfter: asked }), 0)?.retryAt, until);
    });
  }

  it('tries at least every minute whether the network is back', () => {
    const one = gate();
    const delays = Array.from({ length: 6 }, () => one.failed(OFFLINE, 0)?.retryAt);
    assert.deepEqual(delays, [5_000, 10_000, 20_000, 40_000, 60_000, 60_000]);
  });

  it('opens the circuit after failures in a row, and closes it with the first success', () => {
    const one = gate();
    const paused: (boolean | undefined)[] = [];
    for (let n = 0; n < OPENS_AFTER + 1; n++) {
      one.failed(OFFLINE, 0);
      paused.push(one.problem(0)?.paused);
    }
    assert.deepEqual(paused, [...Array(OPENS_AFTER - 1).fill(false), true, true]);
    assert.equal(one.trying(), true);
    one.succeeded();
    assert.deepEqual([one.problem(0), one.trying()], [null, false]);
  });

  it('takes no target for a source: one that was refused closes nothing', () => {
    assert.equal(gate().failed(sourceError('refused-target', 'no'), 0), null);
  });
});

describe('factStore: a source that fails again and again', () => {
  it('is tried with one call at a time until it answers; then everything arrives', async () => {
    const { facts, clock, source, want } = await bench({ remote: true, summaryBatch: 10, concurrency: 4 });
    const good = source.answer;
    source.answer = () => Promise.reject(OFFLINE);
    void want(targets(100));
    await clock.advance(20);
    assert.equal(source.calls.length, 4, 'four at once before anything is known');
    const calls: number[] = [];
    for (const delay of [5_000, 10_000, 20_000, 40_000]) {
      const before = source.calls.length;
      await clock.advance(delay + 20);
      calls.push(source.calls.length - before);
    }
    assert.ok(
      calls.every((count) => count <= 1),
      `one probe a time: ${calls.join(', ')}`,
    );
    const health = facts.health();
    assert.ok(health.state === 'problem' && health.paused === true);
    assert.match(health.message, /^no network It failed \d+ times in a row and is left alone in between\.$/);
    source.answer = async (asked) => {
      await new Promise<void>((resolve) => void clock.after(100, resolve));
      return good(asked, new AbortController().signal);
    };
    const before = source.calls.length;
    await clock.advance(320_000);
    assert.deepEqual(
      targets(100).map((one) => facts.get(one).state),
      Array(100).fill('fresh'),
    );
    assert.equal(source.calls.length - before, 10);
    assert.equal(facts.health().state, 'ok');
  });
});
