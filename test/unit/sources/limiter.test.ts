/** A source's limit: never more calls in any window than it permits, in the order they came, and none while the other side asks to wait. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createLimiter, type Limiter } from '../../../server/src/sources/limiter.ts';
import type { RateLimit } from '../../../server/src/sources/source.ts';
import { BacklinkLensError, isAbort } from '../../../server/src/util/errors.ts';
import { type FakeClock, fakeClock } from '../facts/support.ts';

const HOST = 'api.vendor-service.com';
const never = new AbortController().signal;

interface Going {
  readonly clock: FakeClock;
  readonly limiter: Limiter;
  /** When each call went out, by its number. */
  readonly went: { readonly call: number; readonly at: number }[];
  readonly failed: { readonly call: number; readonly error: unknown }[];
  readonly call: (signal?: AbortSignal) => number;
}

function going(rate: RateLimit | null): Going {
  const clock = fakeClock();
  const limiter = createLimiter({ clock, rate: () => rate });
  const went: Going['went'] = [];
  const failed: Going['failed'] = [];
  let calls = 0;
  return {
    clock,
    limiter,
    went,
    failed,
    call(signal = never) {
      const call = calls++;
      limiter.admit(HOST, signal).then(
        () => went.push({ call, at: clock.now() }),
        (error: unknown) => failed.push({ call, error }),
      );
      return call;
    },
  };
}

/** Most calls that went out in any window of that length. */
function mostInWindow(times: readonly number[], milliseconds: number): number {
  return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + milliseconds).length));
}

const rates = fc.record({ calls: fc.integer({ min: 1, max: 7 }), milliseconds: fc.integer({ min: 1, max: 2_000 }) });
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('call' as const), count: fc.integer({ min: 1, max: 12 }) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('wait' as const), milliseconds: fc.integer({ min: 0, max: 3_000 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('cancel' as const), which: fc.nat(40) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pause' as const), milliseconds: fc.constantFrom(0, 700, 5_000, 40_000) }) },
);

describe('limiter: whatever happens', () => {
  it('no window holds more calls than are permitted, none goes out in a pause, and each is answered once', async () => {
    await fc.assert(
      fc.asyncProperty(rates, fc.array(step, { maxLength: 40 }), async (rate, steps) => {
        const { clock, limiter, went, failed, call } = going(rate);
        const controllers: AbortController[] = [];
        const pauses: { readonly from: number; readonly until: number }[] = [];
        for (const one of steps) {
          if (one.kind === 'wait') await clock.advance(one.milliseconds);
          if (one.kind === 'cancel') controllers[one.which]?.abort();
          if (one.kind === 'pause') {
            pauses.push({ from: clock.now(), until: clock.now() + one.milliseconds });
            limiter.pause(one.milliseconds);
          }
          for (let n = 0; one.kind === 'call' && n < one.count; n++) {
            const controller = new AbortController();
            controllers.push(controller);
            call(controller.signal);
          }
          // What went out in this tick is noted before the next thing happens.
          await clock.advance(0);
        }
        await clock.advance(60_000 + controllers.length * rate.milliseconds);
        const times = went.map(({ at }) => at);
        assert.ok(mostInWindow(times, rate.milliseconds) <= rate.calls);
        for (const { from, until } of pauses) assert.ok(!times.some((at) => at > from && at < until));
        assert.deepEqual(
          went.map(({ call }) => call),
          went.map(({ call }) => call).toSorted((a, b) => a - b),
          'first come, first served',
        );
        assert.equal(new Set([...went, ...failed].map(({ call }) => call)).size, controllers.length);
        assert.equal(went.length + failed.length, controllers.length);
        for (const { call, error } of failed) {
          if (controllers[call]?.signal.aborted === true && isAbort(error)) continue;
          assert.ok(BacklinkLensError.is(error, 'source.throttled'), String(error));
        }
        assert.equal(clock.waiting, 0, 'nothing rings for nobody');
      }),
      { numRuns: 400 },
    );
  });
});

describe('limiter', () => {
  it('lets as many go at once as are permitted, the others as their turn comes', async () => {
    const { clock, went, call } = going({ calls: 3, milliseconds: 1_000 });
    for (let n = 0; n < 8; n++) call();
    await clock.advance(0);
    assert.equal(went.length, 3);
    await clock.advance(999);
    assert.equal(went.length, 3);
    await clock.advance(1);
    assert.equal(went.length, 6);
    await clock.advance(1_000);
    assert.equal(went.length, 8);
  });

  it('uses the whole limit and no more, however the calls come', async () => {
    const { clock, went, call } = going({ calls: 60, milliseconds: 60_000 });
    for (let n = 0; n < 200; n++) call();
    await clock.advance(180_000);
    assert.deepEqual(
      [0, 60_000, 120_000, 180_000].map((after) => went.filter(({ at }) => at === 1_000_000 + after).length),
      [60, 60, 60, 20],
    );
  });

  it('holds nobody up where there is no limit', async () => {
    const { clock, went, call } = going(null);
    for (let n = 0; n < 500; n++) call();
    await clock.advance(0);
    assert.equal(went.length, 500);
  });

  it('sits through a short wait, and fails a long one with what is left of it', async () => {
    const { clock, limiter, went, failed, call } = going(null);
    limiter.pause(2_000);
    call();
    await clock.advance(1_999);
    assert.deepEqual([went, failed], [[], []]);
    await clock.advance(1);
    assert.equal(went.length, 1);

    limiter.pause(40_000);
    await clock.advance(1_000);
    call();
    await clock.advance(0);
    const error = failed[0]?.error;
    assert.ok(BacklinkLensError.is(error, 'source.throttled'));
    assert.deepEqual([error.retryAfter, error.message], [39_000, `${HOST} asks us to wait 39 s.`]);
    await clock.advance(39_000);
    call();
    await clock.advance(0);
    assert.equal(went.length, 2);
  });

  it('fails those that already wait when the wait becomes long', async () => {
    const { clock, limiter, went, failed, call } = going({ calls: 1, milliseconds: 1_000 });
    for (let n = 0; n < 3; n++) call();
    await clock.advance(0);
    limiter.pause(60_000);
    await clock.advance(0);
    assert.deepEqual([went.length, failed.length], [1, 2]);
  });

  it('forgets who gave up: their turn is the next one’s', async () => {
    const { clock, went, failed, call } = going({ calls: 1, milliseconds: 1_000 });
    const controller = new AbortController();
    call();
    call(controller.signal);
    const last = call();
    await clock.advance(10);
    controller.abort();
    await clock.advance(990);
    assert.deepEqual(
      went.map((one) => one.call),
      [0, last],
    );
    assert.ok(isAbort(failed[0]?.error));
    call(AbortSignal.abort());
    await clock.advance(0);
    assert.ok(isAbort(failed[1]?.error));
    const alone = new AbortController();
    call(alone.signal);
    assert.equal(clock.waiting, 1);
    alone.abort();
    assert.equal(clock.waiting, 0, 'nothing rings for nobody');
  });

  it('is not held up for hours by a clock that is set back', async () => {
    let now = 10_000_000;
    const alarms: (() => void)[] = [];
    const ringLater = (_: number, run: () => void) => {
      alarms.push(run);
      return () => {};
    };
    const clock = { now: () => now, after: ringLater };
    const limiter = createLimiter({ clock, rate: () => ({ calls: 1, milliseconds: 1_000 }) });
    await limiter.admit(HOST, never);
    now -= 3_600_000;
    let second = false;
    void limiter.admit(HOST, never).then(() => {
      second = true;
    });
    now += 1_000;
    alarms.at(-1)?.();
    await Promise.resolve();
    assert.ok(second);
  });

  it('follows a limit that the source learns later', async () => {
    let rate: RateLimit | null = null;
    const clock = fakeClock();
    const limiter = createLimiter({ clock, rate: () => rate });
    for (let n = 0; n < 5; n++) await limiter.admit(HOST, never);
    rate = { calls: 1, milliseconds: 100 };
    await limiter.admit(HOST, never);
    let next = false;
    void limiter.admit(HOST, never).then(() => {
      next = true;
    });
    await clock.advance(99);
    assert.equal(next, false);
    await clock.advance(1);
    assert.equal(next, true);
  });
});
