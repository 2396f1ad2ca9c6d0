import assert from 'node:assert/strict';
import { Batcher } from '../../../server/src/facts/batcher.ts';
import type { Priority } from '../../../server/src/facts/facts.ts';
import type { SummaryResult } from '../../../server/src/sources/source.ts';
import { isAbort } from '../../../server/src/util/errors.ts';
import type { Target } from '../../../shared/backlinks.ts';
import { type FakeClock, fakeClock, settle, summary, target, targets } from './support.ts';

interface Setup {
  readonly batcher: Batcher;
  readonly clock: FakeClock;
  readonly calls: (readonly Target[])[];
  readonly signals: AbortSignal[];
  readonly settled: SummaryResult[];
  readonly failed: (readonly Target[])[];
  readonly dropped: Target[];
  /** Answers the oldest call that is under way. */
  answer(error?: Error): Promise<void>;
  want(wanted: readonly Target[], priority?: Priority, signal?: AbortSignal): Promise<void>;
}

function setup(size: number, concurrency = 1, automatic = false): Setup {
  const clock = fakeClock();
  const [calls, signals, settled, failed, dropped]: [(readonly Target[])[], AbortSignal[], SummaryResult[], (readonly Target[])[], Target[]] = [
    [],
    [],
    [],
    [],
    [],
  ];
  const open: ((error?: Error) => void)[] = [];
  const batcher = new Batcher({
    clock,
    window: 20,
    limits: () => ({ size, concurrency }),
    call(asked, signal) {
      calls.push(asked);
      signals.push(signal);
      const results = asked.map((of) => ({ target: of, summary: summary(of, 1) }));
      if (automatic) return Promise.resolve(results);
      return new Promise((resolve, reject) => {
        open.push((error) => (error === undefined ? resolve(results) : reject(error)));
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      });
    },
    settled: (results) => void settled.push(...results),
    failed: (asked) => void failed.push(asked),
    dropped: (gone) => void dropped.push(...gone),
  });
  return {
    batcher,
    clock,
    calls,
    signals,
    settled,
    failed,
    dropped,
    async answer(error) {
      open.shift()?.(error);
      await settle();
    },
    want: (wanted, priority = 'document', signal = new AbortController().signal) => batcher.want(wanted, priority, signal),
  };
}

describe('batcher', () => {
  for (const [wanted, size, calls] of [
    [0, 10, 0],
    [1, 10, 1],
    [10, 10, 1],
    [11, 10, 2],
    [1000, 100, 10],
    [1001, 100, 11],
    [5, 1, 5],
  ] as const) {
    for (const concurrency of [1, 4]) {
      it(`makes ${calls} calls of ${wanted} targets, ${size} a call, ${concurrency} at once`, async () => {
        const at = setup(size, concurrency, true);
        const done = at.want(targets(wanted));
        await at.clock.advance(20);
        await done;
        assert.equal(at.calls.length, calls);
        assert.equal(at.calls.flat().length, wanted);
      });
    }
  }

  it('merges the wants of a window and asks each target once', async () => {
    const at = setup(100);
    const all = targets(30);
    const wants = [at.want(all.slice(0, 20)), at.want(all.slice(10)), at.want([...all, ...all])];
    await at.clock.advance(20);
    assert.deepEqual(at.calls, [all]);
    await at.answer();
    await Promise.all(wants);
  });

  it('waits for the window to end', async () => {
    const at = setup(5);
    void at.want(targets(3));
    await at.clock.advance(19);
    assert.equal(at.calls.length, 0);
    await at.clock.advance(1);
    assert.equal(at.calls.length, 1);
  });

  it('joins what is on its way', async () => {
    const at = setup(100);
    const first = at.want(targets(5));
    await at.clock.advance(20);
    const second = at.want(targets(5));
    await at.clock.advance(20);
    assert.equal(at.calls.length, 1);
    await at.answer();
    await Promise.all([first, second]);
  });

  it('sends what is looked at first, and moves forward what is looked at later', async () => {
    const at = setup(2);
    const [a, b, c, d, e] = targets(5) as [Target, Target, Target, Target, Target];
    void at.want([a, b], 'workspace');
    void at.want([c], 'document');
    void at.want([d], 'visible');
    void at.want([e], 'hovered');
    void at.want([b], 'hovered');
    await at.clock.advance(20);
    await at.answer();
    await at.answer();
    assert.deepEqual(at.calls, [[e, b], [d, c], [a]]);
  });

  it('keeps to the number of calls at once', async () => {
    const at = setup(1, 3);
    void at.want(targets(7));
    await at.clock.advance(20);
    assert.equal(at.calls.length, 3);
    await at.answer();
    assert.equal(at.calls.length, 4);
  });

  it('drops the queued share of one who gives up', async () => {
    const at = setup(1);
    const [a, b, c] = targets(3) as [Target, Target, Target];
    const controller = new AbortController();
    const kept = at.want([a, b]);
    const given = at.want([b, c], 'document', controller.signal);
    await at.clock.advance(20);
    controller.abort();
    await assert.rejects(given, isAbort);
    assert.deepEqual(at.dropped, [c]);
    await at.answer();
    await at.answer();
    await kept;
    assert.deepEqual(at.calls, [[a], [b]]);
  });

  it('aborts a call only when the last one who waits for it gives up', async () => {
    const at = setup(10);
    const controllers = [new AbortController(), new AbortController()] as const;
    const wants = controllers.map(({ signal }, index) => at.want(targets(4, index * 2), 'document', signal));
    await at.clock.advance(20);
    controllers[0].abort();
    assert.equal(at.signals[0]?.aborted, false);
    controllers[1].abort();
    assert.equal(at.signals[0]?.aborted, true);
    for (const want of wants) await assert.rejects(want, isAbort);
    assert.equal(at.dropped.length, 6);
    assert.deepEqual([at.settled, at.failed], [[], []]);
  });

  it('asks anew for what was aborted a moment ago', async () => {
    const at = setup(10);
    const controller = new AbortController();
    const given = at.want(targets(1), 'document', controller.signal);
    await at.clock.advance(20);
    controller.abort();
    const again = at.want(targets(1));
    await assert.rejects(given, isAbort);
    await at.clock.advance(20);
    await at.answer();
    await at.answer();
    await again;
    assert.equal(at.calls.length, 2);
    assert.equal(at.settled.length, 1);
  });

  it('tells of a failed call, lets its waiters go and sends the next', async () => {
    const at = setup(2);
    const want = at.want(targets(3));
    await at.clock.advance(20);
    await at.answer(new TypeError('broken'));
    assert.deepEqual(at.failed, [targets(2)]);
    await at.answer();
    await want;
    assert.equal(at.settled.length, 1);
  });

  it('lets a waiter go though the call was ended by an abort that was not ours', async () => {
    const at = setup(2);
    const want = at.want(targets(1));
    await at.clock.advance(20);
    await at.answer(new DOMException('stopped', 'AbortError'));
    await want;
    assert.equal(at.failed.length, 1);
  });

  it('gives up what is queued, and nothing that is on its way', async () => {
    const at = setup(2);
    const want = at.want(targets(5));
    await at.clock.advance(20);
    assert.deepEqual(at.batcher.giveUpQueued(), targets(3, 2));
    await at.answer();
    await want;
    assert.equal(at.calls.length, 1);
  });

  it('lets everybody go when it closes, and aborts what is on its way', async () => {
    const at = setup(2);
    const want = at.want(targets(5));
    await at.clock.advance(20);
    at.batcher.close();
    await want;
    assert.equal(at.signals[0]?.aborted, true);
    await at.clock.advance(100);
    assert.equal(at.calls.length, 1);
  });

  it('refuses one who has given up already', async () => {
    const at = setup(2);
    await assert.rejects(at.want([target('a.com')], 'document', AbortSignal.abort()), isAbort);
    await at.clock.advance(20);
    assert.equal(at.calls.length, 0);
  });

  it('takes 20,000 targets one by one in good time', async () => {
    const at = setup(1, 4, true);
    const want = at.want(targets(20_000));
    await at.clock.advance(20);
    await want;
    assert.equal(at.calls.length, 20_000);
  });
});
