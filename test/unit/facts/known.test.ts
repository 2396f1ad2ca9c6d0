import assert from 'node:assert/strict';
import { createFactStore } from '../../../server/src/facts/factStore.ts';
import { sourceError } from '../../../server/src/util/errors.ts';
import { silentLog } from '../../../server/src/util/log.ts';
import { lastKnown } from '../../../shared/backlinks.ts';
import { bench, fakeClock, fakeSource, OPEN_POLICY, settle, summary, targets } from './support.ts';

const PAGE = { limit: 10, offset: 0, internal: 'exclude' } as const;
const never = () => new AbortController().signal;
const DAY = 86_400_000;

describe('factStore: what is known', () => {
  it('goes from unknown over pending to fresh', async () => {
    const { facts, clock, want } = await bench();
    const [one] = targets(1);
    assert.ok(one);
    assert.deepEqual(facts.get(one), { state: 'unknown' });
    const done = want([one]);
    assert.deepEqual(facts.get(one), { state: 'pending', last: null });
    await clock.advance(20);
    await done;
    assert.deepEqual(facts.get(one), { state: 'fresh', value: summary(one, 1), at: clock.now() });
  });

  it('makes exactly ceil(N / B) calls for N distinct targets, whoever wants them', async () => {
    const { clock, source, want } = await bench({ summaryBatch: 100 });
    const all = targets(1_234);
    const wants = [want(all.slice(0, 900)), want(all.slice(300)), want(all)];
    await clock.advance(20);
    await Promise.all(wants);
    assert.equal(source.calls.length, 13);
    await want(all);
    await clock.advance(20);
    assert.equal(source.calls.length, 13, 'what is fresh is not asked for again');
  });

  it('keeps the last value while it asks again, and after a failure', async () => {
    const { facts, clock, source, want } = await bench({ remote: true });
    const [one] = targets(1);
    assert.ok(one);
    void want([one]);
    await clock.advance(20);
    const learned = { value: summary(one, 1), at: clock.now() };
    await clock.advance(30 * DAY);
    assert.deepEqual(facts.get(one), { state: 'stale', ...learned });
    source.answer = async () => {
      throw sourceError('offline', 'no network');
    };
    void want([one]);
    assert.deepEqual(facts.get(one), { state: 'pending', last: learned });
    await clock.advance(20);
    assert.deepEqual(facts.get(one), {
      state: 'failed',
      reason: 'offline',
      code: 'source.offline',
      message: 'no network',
      retryAt: clock.now() + 5_000,
      last: learned,
    });
  });

  it('makes values of a local index stale when its generation changes, by age never, and asks anew', async () => {
    const { facts, clock, source, want, told } = await bench();
    const [one] = targets(1);
    assert.ok(one);
    source.generation = 'g1';
    await clock.advance(5_000);
    void want([one]);
    await clock.advance(20);
    await clock.advance(400 * DAY);
    assert.equal(facts.get(one).state, 'fresh');
    source.generation = 'g2';
    told.length = 0;
    await want([one]);
    await settle();
    assert.equal(facts.get(one).state, 'pending');
    await clock.advance(20);
    assert.deepEqual(told, [0, 1], 'everything may have changed, then the one');
    assert.equal(facts.get(one).state, 'fresh');
    assert.equal(source.calls.length, 2);
  });

  it('looks at a local index now and then though nobody asks', async () => {
    const { facts, clock, source, want } = await bench({}, OPEN_POLICY, 30_000);
    source.generation = 'g1';
    await clock.advance(5_000);
    void want(targets(700));
    await clock.advance(20);
    const before = source.calls.length;
    await clock.advance(60_000);
    assert.equal(source.calls.length, before, 'nothing is asked where nothing changed');
    source.generation = 'g2';
    source.answer = async (asked) => asked.map((of) => ({ target: of, summary: summary(of, 2) }));
    await clock.advance(31_000);
    assert.equal(source.calls.length, before + 7);
    assert.ok(targets(700).every((one) => lastKnown(facts.get(one))?.value.backlinks === 2));
    await facts.close();
    assert.equal(clock.waiting, 0);
  });

  it('notices a new generation in rows', async () => {
    const { facts, clock, source, want } = await bench();
    const [one] = targets(1);
    assert.ok(one);
    source.generation = 'g1';
    await clock.advance(5_000);
    void want([one]);
    await clock.advance(20);
    source.generation = 'g2';
    await facts.rows(one, PAGE, never());
    assert.equal(facts.get(one).state, 'pending');
  });

  it('fails a target that the source left out', async () => {
    const { facts, clock, source, want } = await bench();
    const [a, b] = targets(2);
    assert.ok(a && b);
    source.answer = async () => [{ target: b, summary: summary(b, 5) }];
    void want([a, b]);
    await clock.advance(20);
    const known = facts.get(a);
    assert.ok(known.state === 'failed' && known.reason === 'bad-reply' && known.message.includes('site-0.com'));
    assert.equal(facts.get(b).state, 'fresh');
    assert.equal(facts.health().state, 'ok');
  });

  it('forgets the oldest beyond its bound', async () => {
    const clock = fakeClock();
    const facts = createFactStore({ clock, log: silentLog, maxTargets: 10 });
    facts.setPolicy(OPEN_POLICY);
    facts.setSource(fakeSource());
    const all = targets(15);
    const done = facts.want(all, { priority: 'document', asked: false, signal: never() });
    await clock.advance(20);
    await done;
    assert.equal(all.filter((one) => facts.get(one).state === 'fresh').length, 10);
  });
});
