import assert from 'node:assert/strict';
import { createFactStore } from '../../../server/src/facts/factStore.ts';
import { isAbort } from '../../../server/src/util/errors.ts';
import { silentLog } from '../../../server/src/util/log.ts';
import { bench, fakeClock, fakeSource, OPEN_POLICY, settle, target, targets } from './support.ts';

const PAGE = { limit: 10, offset: 0, internal: 'exclude' } as const;
const never = () => new AbortController().signal;

describe('factStore: changes and sources', () => {
  it('tells once a tick', async () => {
    const { clock, told, want } = await bench();
    void want(targets(5));
    void want(targets(5, 3));
    await clock.advance(0);
    assert.deepEqual(told, [8]);
    await clock.advance(20);
    assert.deepEqual(
      told.slice(1).filter((count) => count > 0),
      [8],
    );
  });

  it('goes on though a listener throws', async () => {
    const { facts, clock, told, want } = await bench();
    facts.onDidChange(() => {
      throw new TypeError('bad listener');
    });
    const late: number[] = [];
    const listening = facts.onDidChange((changed) => late.push(changed.length));
    void want(targets(1));
    await clock.advance(20);
    assert.deepEqual(late, told);
    listening.dispose();
    facts.setPolicy(OPEN_POLICY);
    await clock.advance(0);
    assert.equal(told.length, late.length + 1);
  });

  it('keeps nothing of a former source, closes it, and asks the new one for what is wanted', async () => {
    const { facts, clock, source, want } = await bench();
    void want(targets(2));
    await clock.advance(20);
    source.answer = () => new Promise(() => {});
    const waiting = want(targets(2, 2));
    const rows = facts.rows(target('site.com'), PAGE, never());
    await clock.advance(20);
    const next = fakeSource({ id: 'next' });
    facts.setSource(next);
    assert.equal(source.closed, true);
    assert.ok(source.signals.at(-1)?.aborted);
    assert.equal(facts.get(targets(1)[0] ?? target('x.com')).state, 'unknown');
    await clock.advance(20);
    await waiting;
    await rows;
    assert.deepEqual(next.calls, [targets(2, 2)]);
  });

  it('is cancelled without a trace', async () => {
    const { facts, clock, source, want } = await bench();
    source.answer = (_, signal) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
    const controller = new AbortController();
    const done = want(targets(3), { signal: controller.signal });
    await clock.advance(20);
    controller.abort();
    await assert.rejects(done, isAbort);
    await settle();
    assert.equal(source.signals[0]?.aborted, true);
    assert.deepEqual(facts.get(targets(1)[0] ?? target('x.com')), { state: 'unknown' });
  });

  it('says which setting is missing', () => {
    const facts = createFactStore({ clock: fakeClock(), log: silentLog });
    assert.deepEqual(facts.health(), { state: 'none' });
    facts.setSource(null, { setting: 'backlinkLens.index.path', message: 'Choose one.' });
    assert.deepEqual(facts.health(), { state: 'none', setting: 'backlinkLens.index.path', message: 'Choose one.' });
  });

  it('lets waiters go when it closes', async () => {
    const { facts, clock, source, want } = await bench();
    const done = want(targets(3));
    await facts.close();
    await done;
    assert.equal(source.closed, true);
    await clock.advance(100);
    assert.deepEqual(source.calls, []);
    assert.equal(clock.waiting, 0);
  });
});
