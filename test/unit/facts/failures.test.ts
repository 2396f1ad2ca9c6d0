import assert from 'node:assert/strict';
import { createFactStore } from '../../../server/src/facts/factStore.ts';
import { BacklinkLensError, sourceError } from '../../../server/src/util/errors.ts';
import { silentLog } from '../../../server/src/util/log.ts';
import { bench, fakeClock, fakeSource, OPEN_POLICY, summary, target, targets } from './support.ts';

const PAGE = { limit: 10, offset: 0, internal: 'exclude' } as const;
const never = () => new AbortController().signal;
const DAY = 86_400_000;

describe('factStore: failures', () => {
  const failing = (error: Error) => async () => {
    throw error;
  };

  it('never keeps a promise that failed: asked again, the source answers', async () => {
    const { facts, clock, source, want } = await bench({ remote: true });
    const good = source.answer;
    source.answer = failing(sourceError('unavailable', 'down'));
    const done = want(targets(3));
    await clock.advance(20);
    await done;
    source.answer = good;
    void want(targets(3), { asked: true });
    await clock.advance(20);
    assert.deepEqual(
      targets(3).map((one) => facts.get(one).state),
      ['fresh', 'fresh', 'fresh'],
    );
    assert.deepEqual(facts.health(), { state: 'ok' });
  });

  it('leaves a source alone that failed, ever longer', async () => {
    const { clock, source, want } = await bench({ remote: true });
    source.answer = failing(sourceError('unavailable', 'down'));
    const asked: number[] = [];
    for (let second = 0; second < 60; second++) {
      const before = source.calls.length;
      void want(targets(2, second));
      await clock.advance(1_000);
      if (source.calls.length > before) asked.push(second);
    }
    assert.deepEqual(asked, [0, 5, 15, 35], '5, 10 and 20 seconds apart');
  });

  it('fails at once what waited in the queue, with one call made', async () => {
    const { facts, clock, source, want } = await bench({ remote: true, summaryBatch: 10 });
    source.answer = failing(sourceError('throttled', 'wait 40 s', { retryAfter: 40_000 }));
    const done = want(targets(100));
    await clock.advance(20);
    await done;
    assert.equal(source.calls.length, 1);
    const until = clock.now() + 40_000;
    assert.ok(
      targets(100).every((one) => {
        const known = facts.get(one);
        return known.state === 'failed' && known.retryAt === until;
      }),
    );
    assert.deepEqual(facts.health(), { state: 'problem', code: 'source.throttled', reason: 'throttled', message: 'wait 40 s', retryAt: until });
  });

  it('honours Retry-After, even when a person asks', async () => {
    const { facts, clock, source, want, told } = await bench({ remote: true });
    source.answer = failing(sourceError('throttled', 'wait 40 s', { retryAfter: 40_000 }));
    void want(targets(1));
    await clock.advance(20);
    await want(targets(1), { asked: true });
    await assert.rejects(facts.rows(target('site.com'), PAGE, never()), (error) => BacklinkLensError.is(error, 'source.throttled'));
    await clock.advance(39_000);
    assert.equal(source.calls.length, 1);
    told.length = 0;
    await clock.advance(1_000);
    assert.deepEqual(facts.health(), { state: 'ok' });
    assert.deepEqual(told, [0], 'the end of the wait is told');
    void want(targets(1));
    await clock.advance(20);
    assert.equal(source.calls.length, 2);
  });

  it('asks by itself, once the wait is over, for what a person asked for during it', async () => {
    const { facts, clock, source, want } = await bench({ remote: true }, { ...OPEN_POLICY, automatic: false });
    const good = source.answer;
    source.answer = failing(sourceError('throttled', 'wait 40 s', { retryAfter: 40_000 }));
    void want(targets(1), { asked: true });
    await clock.advance(20);
    await want(targets(1, 7), { asked: true });
    source.answer = good;
    await clock.advance(40_020);
    assert.deepEqual(
      [...targets(1), ...targets(1, 7)].map((one) => facts.get(one).state),
      ['fresh', 'fresh'],
    );
  });

  it('joins what is on its way though the source is left alone in the meantime', async () => {
    const { facts, clock, source, want } = await bench({ remote: true, summaryBatch: 1, concurrency: 2 });
    const [slow, bad] = targets(2);
    assert.ok(slow && bad);
    source.answer = async ([one]) => {
      if (one === bad) throw sourceError('throttled', 'wait', { retryAfter: 40_000 });
      await new Promise<void>((resolve) => void clock.after(500, resolve));
      return [{ target: slow, summary: summary(slow, 3) }];
    };
    void want([slow, bad]);
    await clock.advance(20);
    const joined = want([slow]);
    assert.equal(facts.get(slow).state, 'pending');
    await clock.advance(500);
    await joined;
    assert.equal(facts.get(slow).state, 'fresh');
  });

  for (const reason of ['auth', 'quota'] as const) {
    it(`${reason} waits for a person`, async () => {
      const { facts, clock, source, want } = await bench({ remote: true });
      source.answer = failing(sourceError(reason, 'no'));
      void want(targets(1));
      await clock.advance(20);
      const known = facts.get(targets(1)[0] ?? target('x.com'));
      assert.ok(known.state === 'failed' && known.retryAt === null);
      await clock.advance(10 * DAY);
      await want(targets(5));
      assert.equal(source.calls.length, 1);
      void want(targets(5), { asked: true });
      await clock.advance(20);
      assert.equal(source.calls.length, 2);
    });
  }

  it('a target that is refused or garbled holds up no other', async () => {
    const { facts, clock, source, want } = await bench({ remote: true, summaryBatch: 1 });
    const [a, b, c] = targets(3);
    assert.ok(a && b && c);
    source.answer = async ([one]) => {
      if (one === a) return [{ target: a, error: sourceError('refused-target', 'no') }];
      if (one === b) return [{ target: b, error: sourceError('bad-reply', 'what?') }];
      return [{ target: c, summary: summary(c, 3) }];
    };
    void want([a, b, c]);
    await clock.advance(20);
    assert.deepEqual(
      [a, b, c].map((one) => facts.get(one).state),
      ['failed', 'failed', 'fresh'],
    );
    assert.equal(facts.health().state, 'ok');
    await clock.advance(40_000);
    void want([a, b, c]);
    await clock.advance(20);
    assert.deepEqual(source.calls.slice(3), [[b]], 'the garbled one is tried again, the refused one is not');
  });

  it('a failure inside a batch that concerns all closes the source', async () => {
    const { facts, clock, source, want } = await bench({ remote: true, summaryBatch: 2 });
    source.answer = async ([one, two]) =>
      one && two
        ? [
            { target: one, summary: summary(one, 3) },
            { target: two, error: sourceError('quota', 'spent') },
          ]
        : [];
    void want(targets(6));
    await clock.advance(20);
    assert.equal(source.calls.length, 1);
    assert.deepEqual(
      targets(6).map((one) => facts.get(one).state),
      ['fresh', 'failed', 'failed', 'failed', 'failed', 'failed'],
    );
    assert.equal(facts.health().state, 'problem');
  });

  it('an error of ours is a state too, not a crash', async () => {
    const { facts, clock, source, want } = await bench();
    source.answer = failing(new TypeError('undefined is not a function'));
    const done = want(targets(1));
    await clock.advance(20);
    await done;
    const known = facts.get(targets(1)[0] ?? target('x.com'));
    assert.ok(known.state === 'failed' && known.code === 'internal' && known.reason === 'unavailable');
  });

  for (const [what, policy, asked, state] of [
    ['asked again by itself when automatic is on', {}, false, 'fresh'],
    ['asked again by itself when a person asked', { automatic: false }, true, 'fresh'],
    ['left alone when consent was withdrawn', { consent: false }, true, 'failed'],
    ['left alone when it is ignored now', { ignore: () => true }, true, 'skipped'],
  ] as const) {
    it(`after an outage, what was wanted is ${what}`, async () => {
      const { facts, clock, source, want } = await bench({ remote: true });
      const good = source.answer;
      source.answer = failing(sourceError('offline', 'no network'));
      void want(targets(3), { asked });
      await clock.advance(12_000);
      facts.setPolicy({ ...OPEN_POLICY, ...policy });
      source.answer = good;
      await clock.advance(20_000);
      assert.deepEqual(
        targets(3).map((one) => facts.get(one).state),
        Array(3).fill(state),
      );
    });
  }

  it('an index that appears later is found by itself, and what was wanted is learned', async () => {
    const clock = fakeClock();
    const facts = createFactStore({ clock, log: silentLog });
    const source = fakeSource();
    let there = false;
    source.check = () => {
      if (!there) throw new BacklinkLensError('index.missing', 'There is no index at web.db.');
    };
    facts.setSource(source);
    const done = facts.want(targets(3), { priority: 'document', asked: false, signal: never() });
    await clock.advance(20);
    await done;
    const known = facts.get(targets(1)[0] ?? target('x.com'));
    assert.ok(known.state === 'failed' && known.code === 'index.missing');
    assert.deepEqual([facts.health().state, facts.info()], ['problem', null]);
    there = true;
    await clock.advance(20_000);
    assert.deepEqual(
      targets(3).map((one) => facts.get(one).state),
      ['fresh', 'fresh', 'fresh'],
    );
    assert.deepEqual([facts.health().state, facts.info()?.pages], ['ok', 7]);
    await facts.close();
    assert.equal(clock.waiting, 0);
  });
});
