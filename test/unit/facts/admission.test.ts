import assert from 'node:assert/strict';
import { createFactStore } from '../../../server/src/facts/factStore.ts';
import { BacklinkLensError } from '../../../server/src/util/errors.ts';
import { silentLog } from '../../../server/src/util/log.ts';
import { bench, fakeClock, fakeSource, OPEN_POLICY, target } from './support.ts';

const PAGE = { limit: 10, offset: 0, internal: 'exclude' } as const;
const never = () => new AbortController().signal;

describe('factStore: what is not asked', () => {
  const REMOTE = { remote: true };
  const CASES = [
    { what: 'without a source', capabilities: null, policy: OPEN_POLICY, url: 'site.com', state: 'no-source' },
    {
      what: 'an ignored target',
      capabilities: {},
      policy: { ...OPEN_POLICY, ignore: (url: string) => url === 'https://site.com/' },
      url: 'site.com',
      state: 'ignored',
    },
    { what: 'a private host at a remote source', capabilities: REMOTE, policy: OPEN_POLICY, url: 'http://192.168.1.7/a', state: 'private' },
    {
      what: 'a secret at a remote source',
      capabilities: REMOTE,
      policy: OPEN_POLICY,
      url: 'https://site.com/?token=abcdef0123456789',
      state: 'private',
    },
    { what: 'a reserved host at a remote source', capabilities: REMOTE, policy: OPEN_POLICY, url: 'site.example', state: 'reserved' },
    {
      what: 'a page at a source of domains',
      capabilities: { targetKinds: ['domain'] },
      policy: OPEN_POLICY,
      url: 'https://site.com/a',
      state: 'kind',
    },
    {
      what: 'a private page at a source of domains',
      capabilities: { ...REMOTE, targetKinds: ['domain'] },
      policy: OPEN_POLICY,
      url: 'http://192.168.1.7/a',
      state: 'private',
    },
    {
      what: 'a remote source without automatic',
      capabilities: REMOTE,
      policy: { ...OPEN_POLICY, automatic: false },
      url: 'site.com',
      state: 'manual',
    },
    { what: 'a remote source without consent', capabilities: REMOTE, policy: { ...OPEN_POLICY, consent: false }, url: 'site.com', state: 'manual' },
  ] as const;
  for (const { what, capabilities, policy, url, state } of CASES) {
    it(`skips ${what}: ${state}`, async () => {
      const clock = fakeClock();
      const facts = createFactStore({ clock, log: silentLog });
      const source = capabilities === null ? null : fakeSource(capabilities);
      facts.setPolicy(policy);
      facts.setSource(source);
      await facts.want([target(url)], { priority: 'hovered', asked: false, signal: never() });
      await clock.advance(50);
      assert.deepEqual(facts.get(target(url)), { state: 'skipped', reason: state });
      assert.deepEqual(source?.calls ?? [], []);
    });
  }

  it('asks a local source for private and reserved hosts, without consent', async () => {
    const { clock, source, want, facts } = await bench({}, { automatic: false, consent: false, ignore: () => false });
    void want([target('http://192.168.1.7/a'), target('site.example')]);
    await clock.advance(20);
    assert.equal(source.calls.flat().length, 2);
    assert.equal(facts.get(target('site.example')).state, 'fresh');
  });

  it('asks a remote source when a person asks, but never without consent', async () => {
    for (const consent of [true, false]) {
      const { clock, source, want } = await bench(REMOTE, { automatic: false, consent, ignore: () => false });
      const done = want([target('site.com'), target('10.0.0.1')], { asked: true });
      await clock.advance(20);
      await done;
      assert.deepEqual(
        source.calls.flat().map((one) => one.name),
        consent ? ['site.com'] : [],
      );
    }
  });

  it('asks for no rows that may not be asked for', async () => {
    const { facts, source } = await bench(REMOTE, { automatic: true, consent: false, ignore: (url) => url.includes('ignored') });
    for (const url of ['site.com', 'ignored.com', 'site.test', 'http://127.0.0.1/']) {
      await assert.rejects(facts.rows(target(url), PAGE, never()), (error) => BacklinkLensError.is(error, 'source.refused-target'));
    }
    assert.deepEqual(source.rowCalls, []);
    facts.setSource(null, { setting: 'a.setting', message: 'No index is chosen yet.' });
    await assert.rejects(facts.rows(target('site.com'), PAGE, never()), /No index is chosen yet/);
  });
});
