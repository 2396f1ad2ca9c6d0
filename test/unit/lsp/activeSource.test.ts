/** Which source is asked, and whether it may be: settings, consent and their order. */
import assert from 'node:assert/strict';
import { createFactStore } from '../../../server/src/facts/factStore.ts';
import { createActiveSource } from '../../../server/src/lsp/activeSource.ts';
import { systemClock } from '../../../server/src/util/clock.ts';
import { silentLog } from '../../../server/src/util/log.ts';
import { readSettings } from '../../../shared/settings.ts';

const endpoint = (address: string) => readSettings({ source: 'searchmetrics', searchmetrics: { endpoint: address } });

describe('active source: consent', () => {
  const facts = createFactStore({ clock: systemClock, log: silentLog });
  const openIndex = () => Promise.reject(new Error('no index in here'));
  const active = createActiveSource({ facts, openIndex, clock: systemClock, log: silentLog, credentials: {}, http: undefined });
  after(async () => {
    await facts.close();
    await active.close();
  });

  it('holds for the host that was agreed to and for no other', () => {
    active.setSettings(endpoint('https://one.links-service.com'), null);
    assert.equal(active.needsConsent(), true);
    active.setConsent({ source: 'searchmetrics', host: 'one.links-service.com', given: true });
    assert.equal(active.needsConsent(), false);
    active.setSettings(endpoint('https://two.links-service.com:8443/v3'), null);
    assert.equal(active.needsConsent(), true);
    active.setConsent({ source: 'searchmetrics', host: 'two.links-service.com:8443', given: true });
    assert.equal(active.needsConsent(), false);
  });

  it('may be told before the settings, and can be taken back', () => {
    active.setConsent({ source: 'searchmetrics', host: 'three.links-service.com', given: true });
    active.setSettings(endpoint('https://three.links-service.com/'), null);
    assert.equal(active.needsConsent(), false);
    active.setConsent({ source: 'searchmetrics', host: 'three.links-service.com', given: false });
    assert.equal(active.needsConsent(), true);
  });

  it('holds for the host of a vendor, and for no gateway in its place', () => {
    active.setConsent({ source: 'ahrefs', host: 'api.ahrefs.com', given: true });
    active.setSettings(readSettings({ source: 'ahrefs' }), null);
    assert.equal(active.needsConsent(), false);
    active.setSettings(readSettings({ source: 'ahrefs', endpoints: { ahrefs: 'https://gateway.links-service.com' } }), null);
    assert.equal(active.needsConsent(), true);
    active.setSettings(readSettings({ source: 'majestic' }), null);
    assert.equal(active.needsConsent(), true);
  });

  it('is not needed for what stays on this machine', () => {
    active.setSettings(endpoint('http://127.0.0.1:8700'), null);
    assert.equal(active.needsConsent(), false);
    active.setSettings(readSettings({ source: 'none' }), null);
    assert.equal(active.needsConsent(), false);
  });
});

describe('active source: what makes another of it', () => {
  const target = { kind: 'domain', name: 'links-site.com', id: 'domain:links-site.com' } as const;

  function watched() {
    const facts = createFactStore({ clock: systemClock, log: silentLog });
    let swaps = 0;
    const counting = {
      ...facts,
      setSource: (...given: Parameters<typeof facts.setSource>) => {
        swaps++;
        facts.setSource(...given);
      },
    };
    const openIndex = () => Promise.reject(new Error('no index in here'));
    const active = createActiveSource({ facts: counting, openIndex, clock: systemClock, log: silentLog, credentials: {}, http: undefined });
    const close = async () => {
      await facts.close();
      await active.close();
    };
    return { facts, active, swaps: () => swaps, close };
  }

  it('its own key, address and way out; not the key or address of another, nor the budget', async () => {
    const { active, swaps, close } = watched();
    const moz = { source: 'moz' };
    active.setSettings(readSettings(moz), null);
    assert.equal(swaps(), 1);
    active.setCredentials({ ahrefs: { id: '', secret: 'a' } });
    active.setSettings(readSettings({ ...moz, endpoints: { ahrefs: 'https://gateway.links-service.com' }, budget: { perDay: { moz: 3 } } }), null);
    active.setHttp({});
    assert.equal(swaps(), 1);
    active.setCredentials({ moz: { id: '', secret: 'm' } });
    active.setSettings(readSettings({ ...moz, endpoints: { moz: 'https://gateway.links-service.com' } }), null);
    active.setHttp({ proxy: 'http://127.0.0.1:9' });
    active.setSettings(readSettings({ ...moz, endpoints: { moz: 'https://gateway.links-service.com' }, caFile: '/nowhere/ca.pem' }), null);
    assert.equal(swaps(), 5);
    assert.equal(active.http()?.caFile, '/nowhere/ca.pem');
    await close();
  });

  it('keeps back what the user never sends, and says what the day may cost', async () => {
    const { active, facts, close } = watched();
    active.setSettings(
      readSettings({ source: 'openpagerank', neverSend: ['**/links-site.com/**'], budget: { perDay: { openpagerank: 3, moz: 9 } } }),
      null,
    );
    active.setConsent({ source: 'openpagerank', host: 'openpagerank.keywordseverywhere.com', given: true });
    assert.deepEqual(facts.get(target), { state: 'skipped', reason: 'ignored' });
    assert.deepEqual(facts.usage()?.budget, { perDay: 3, left: 3 });
    active.setSettings(readSettings({ source: 'openpagerank' }), null);
    assert.notDeepEqual(facts.get(target), { state: 'skipped', reason: 'ignored' });
    assert.equal(facts.usage()?.budget, null);
    await close();
  });
});
