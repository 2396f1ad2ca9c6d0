/** A fact store over a cache: what a restart brings back, what it does not, and what it costs. */
import assert from 'node:assert/strict';
import { createFactStore } from '../../../../server/src/facts/factStore.ts';
import type { FactsPolicy } from '../../../../server/src/facts/facts.ts';
import type { SourceCapabilities } from '../../../../server/src/sources/source.ts';
import { sourceError } from '../../../../server/src/util/errors.ts';
import { silentLog } from '../../../../server/src/util/log.ts';
import type { Target } from '../../../../shared/backlinks.ts';
import { type FakeClock, type FakeSource, fakeClock, fakeSource, OPEN_POLICY, summary, target, targets } from '../support.ts';
import { type CacheFolder, cacheFolder, openCache } from './support.ts';

const DAY = 86_400_000;
const PAGE = { limit: 10, offset: 0, internal: 'exclude' } as const;
const never = () => new AbortController().signal;

interface Started {
  readonly facts: ReturnType<typeof createFactStore>;
  readonly source: FakeSource;
  readonly cache: ReturnType<typeof openCache>;
  want(asked: readonly Target[], byPerson?: boolean): Promise<void>;
  states(of: readonly Target[]): string[];
  stop(): Promise<void>;
}

describe('factStore: across restarts', () => {
  let at: CacheFolder;
  let clock: FakeClock;
  beforeEach(() => {
    at = cacheFolder();
    clock = fakeClock(new Date(2026, 10, 23, 12).getTime());
  });
  afterEach(() => at.remove());

  async function start(
    account: string | null = 'fake:1',
    policy: Partial<FactsPolicy> = {},
    capabilities: Partial<SourceCapabilities> = {},
  ): Promise<Started> {
    const cache = openCache(at.file, clock);
    const facts = createFactStore({ clock, log: silentLog, cache, random: () => 0, lookEvery: Number.POSITIVE_INFINITY });
    const source = Object.assign(fakeSource({ remote: true, summaryBatch: 10, ...capabilities }), { account });
    facts.setPolicy({ ...OPEN_POLICY, ...policy });
    facts.setSource(source);
    await clock.advance(1);
    return {
      facts,
      source,
      cache,
      async want(asked, byPerson = false) {
        const done = facts.want(asked, { priority: 'document', asked: byPerson, signal: never() });
        await clock.advance(100);
        await done;
      },
      states: (of) => of.map((one) => facts.get(one).state),
      async stop() {
        await facts.close();
        await cache.close();
      },
    };
  }

  it('repeats no call: summaries and rows are there', async () => {
    const first = await start();
    await first.want(targets(25));
    await first.facts.rows(target('site.com'), PAGE, never());
    assert.deepEqual([first.source.calls.length, first.source.rowCalls.length], [3, 1]);
    await first.stop();
    const second = await start();
    await second.want(targets(25));
    await second.facts.rows(target('site.com'), PAGE, never());
    assert.deepEqual(second.states(targets(25)), Array(25).fill('fresh'));
    assert.deepEqual([second.source.calls.length, second.source.rowCalls.length], [0, 0]);
    await second.want(targets(30));
    assert.deepEqual(
      second.source.calls.map((call) => call.length),
      [5],
      'only what is not kept',
    );
    await second.stop();
  });

  it('reads a whole want with one question', async () => {
    const first = await start();
    await first.want(targets(200));
    await first.stop();
    const second = await start();
    second.cache.thread.asked.length = 0;
    await second.want(targets(200));
    assert.deepEqual(
      second.cache.thread.asked.map(({ method }) => method),
      ['facts'],
    );
    await second.stop();
  });

  it('shows what is kept though nobody may be asked', async () => {
    const first = await start();
    await first.want(targets(2));
    await first.stop();
    const second = await start('fake:1', { automatic: false, consent: false });
    await second.want(targets(3));
    assert.deepEqual(second.states(targets(3)), ['fresh', 'fresh', 'skipped']);
    assert.equal(second.source.calls.length, 0);
    await second.stop();
  });

  it('keeps the age: fresh for 30 days, then stale, and asked again', async () => {
    const first = await start();
    await first.want(targets(1));
    const [one] = targets(1);
    assert.ok(one);
    const learned = first.facts.get(one);
    await first.stop();
    await clock.advance(30 * DAY);
    const second = await start('fake:1', { automatic: false });
    await second.want(targets(1));
    const kept = second.facts.get(one);
    assert.ok(kept.state === 'stale' && learned.state === 'fresh' && kept.at === learned.at);
    await second.want(targets(1), true);
    assert.deepEqual([second.states(targets(1)), second.source.calls.length], [['fresh'], 1]);
    await second.stop();
  });

  it('does not believe what a clock that went wrong has left', async () => {
    const first = await start();
    await clock.advance(400 * DAY);
    await first.want(targets(2));
    await first.facts.rows(target('site.com'), PAGE, never());
    await first.stop();
    clock = fakeClock(new Date(2026, 10, 23, 12).getTime());
    const second = await start();
    await second.want(targets(2));
    await second.facts.rows(target('site.com'), PAGE, never());
    assert.deepEqual([second.source.calls.length, second.source.rowCalls.length], [1, 1]);
    await second.stop();
  });

  for (const [what, account] of [
    ['another account', 'fake:2'],
    ['a source without an account', null],
  ] as const) {
    it(`gives nothing of it to ${what}`, async () => {
      const first = await start();
      await first.want(targets(2));
      await first.stop();
      const second = await start(account);
      await second.want(targets(2));
      assert.equal(second.source.calls.length, 1);
      await second.stop();
    });
  }

  it('keeps nothing of a local source', async () => {
    const first = await start(null, {}, { remote: false });
    await first.want(targets(2));
    assert.deepEqual(first.cache.thread.asked, []);
    await first.stop();
  });

  it('does not keep failures', async () => {
    const first = await start();
    first.source.answer = async (asked) => asked.map((of) => ({ target: of, error: sourceError('bad-reply', 'what?') }));
    await first.want(targets(2));
    assert.deepEqual(first.states(targets(2)), ['failed', 'failed']);
    await first.stop();
    const second = await start();
    await second.want(targets(2));
    assert.deepEqual([second.states(targets(2)), second.source.calls.length], [['fresh', 'fresh'], 1]);
    await second.stop();
  });

  it('keeps a wait that was asked for, and asks by itself when it is over', async () => {
    const first = await start();
    first.source.answer = () => Promise.reject(sourceError('throttled', 'wait 60 s', { retryAfter: 60_000 }));
    await first.want(targets(1));
    await first.stop();
    const second = await start();
    await second.want(targets(2), true);
    assert.equal(second.source.calls.length, 0);
    const health = second.facts.health();
    assert.ok(health.state === 'problem' && health.reason === 'throttled' && health.message === 'wait 60 s');
    await clock.advance(60_000);
    assert.deepEqual([second.states(targets(2)), second.facts.health().state], [['fresh', 'fresh'], 'ok']);
    await second.stop();
    const third = await start();
    assert.equal(third.facts.health().state, 'ok');
    await third.stop();
  });

  it('does not ask for what another window has learned while it waited in the queue', async () => {
    const one = await start();
    const two = await start();
    two.source.answer = async (asked) => {
      await new Promise<void>((resolve) => void clock.after(10_000, resolve));
      return asked.map((of) => ({ target: of, summary: summary(of, 2) }));
    };
    const slow = two.facts.want([...targets(10, 100), ...targets(25)], { priority: 'document', asked: true, signal: never() });
    await clock.advance(1_000);
    await one.want(targets(25));
    const learned = clock.now();
    await clock.advance(60_000);
    await slow;
    assert.deepEqual([two.source.calls.length, one.source.calls.length], [1, 3], 'its first call was under way, the rest was known by then');
    const known = two.facts.get(targets(1)[0] ?? target('x.com'));
    assert.ok(known.state === 'fresh' && known.at <= learned && known.value.backlinks === 1);
    await one.stop();
    await two.stop();
  });

  it('heeds a wait that another window was asked for, and asks when it is over', async () => {
    const one = await start();
    const two = await start();
    one.source.answer = () => Promise.reject(sourceError('throttled', 'wait 60 s', { retryAfter: 60_000 }));
    await one.want(targets(1));
    await clock.advance(1_000);
    await two.want(targets(2), true);
    await assert.rejects(two.facts.rows(target('site.com'), PAGE, never()), /wait 60 s/);
    assert.deepEqual([two.source.calls.length, two.source.rowCalls.length], [0, 0]);
    const health = two.facts.health();
    assert.ok(health.state === 'problem' && health.reason === 'throttled');
    await clock.advance(60_000);
    assert.deepEqual([two.states(targets(2)), two.source.calls.length], [['fresh', 'fresh'], 1]);
    await one.stop();
    await two.stop();
  });

  for (const [reason, after, stands] of [
    ['quota', 3_600_000, true],
    ['quota', DAY, false],
    ['auth', 0, false],
    ['offline', 0, false],
    ['unavailable', 0, false],
  ] as const) {
    it(`${stands ? 'still' : 'no longer'} believes ${after / 3_600_000} h later in ${reason}`, async () => {
      const first = await start();
      first.source.answer = () => Promise.reject(sourceError(reason, 'no'));
      await first.want(targets(1));
      await first.stop();
      await clock.advance(after);
      const second = await start();
      await second.want(targets(1));
      assert.equal(second.source.calls.length, stands ? 0 : 1);
      await second.want(targets(1), true);
      assert.equal(second.source.calls.length, 1, 'a person may ask in any case');
      await second.stop();
    });
  }

  it('knows values of a former generation as stale', async () => {
    const first = await start();
    first.source.generation = 'g1';
    await clock.advance(6_000);
    await first.want(targets(1));
    await first.stop();
    const second = await start('fake:1', { automatic: false });
    second.source.generation = 'g2';
    await clock.advance(6_000);
    await second.facts.rows(target('site.com'), PAGE, never());
    await second.want(targets(1));
    assert.deepEqual(second.states(targets(1)), ['stale']);
    await second.want(targets(1), true);
    assert.deepEqual([second.states(targets(1)), second.source.calls.length], [['fresh'], 1]);
    await second.stop();
  });

  it('forgets everything when it is cleared, in memory and on disk, and asks again', async () => {
    const first = await start();
    await first.want(targets(3));
    await first.facts.rows(target('site.com'), PAGE, never());
    await first.facts.clear();
    assert.deepEqual(first.states(targets(3)), Array(3).fill('unknown'));
    await first.want(targets(3));
    await first.facts.rows(target('site.com'), PAGE, never());
    assert.deepEqual([first.source.calls.length, first.source.rowCalls.length], [2, 2]);
    await first.facts.clear();
    await first.stop();
    const second = await start();
    await second.want(targets(3));
    assert.equal(second.source.calls.length, 1);
    await second.stop();
  });

  it('goes on when what is kept makes no sense', async () => {
    const first = await start();
    const texts = ['', '[]', 'null', '{"target":{"id":"page:else.com/"}}', '{"target":{}}', '{', '7'];
    const writes = {
      account: 'fake:1',
      facts: texts.map((summary, n) => ({ id: targets(7)[n]?.id ?? '', at: clock.now(), generation: null, summary })),
      pages: [],
    };
    await first.cache.thread.ask({ method: 'write', writes });
    await first.want(targets(7));
    assert.deepEqual(first.states(targets(7)), Array(7).fill('fresh'));
    assert.equal(first.source.calls.flat().length, 7);
    await first.stop();
  });
});
