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

  it('is not needed for what stays on this machine', () => {
    active.setSettings(endpoint('http://127.0.0.1:8700'), null);
    assert.equal(active.needsConsent(), false);
    active.setSettings(readSettings({ source: 'none' }), null);
    assert.equal(active.needsConsent(), false);
  });
});
