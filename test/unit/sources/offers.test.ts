/** What the picker and `backlink-lens sources` say of each source, without asking any. */
import assert from 'node:assert/strict';
import { offerSources } from '../../../server/src/sources/offers.ts';
import { createSource } from '../../../server/src/sources/registry.ts';
import { parseTarget } from '../../../server/src/urls/targets.ts';
import { sourceError } from '../../../server/src/util/errors.ts';
import { silentLog } from '../../../server/src/util/log.ts';
import { hostAsked } from '../../../shared/destination.ts';
import { readSettings } from '../../../shared/settings.ts';
import { isVendor, SOURCE_IDS, SOURCES } from '../../../shared/sources.ts';

describe('offers of sources', () => {
  it('has every source once, in order, with what it fills', () => {
    const offers = offerSources(readSettings({}));
    assert.deepEqual(
      offers.map(({ id }) => id),
      SOURCE_IDS,
    );
    for (const { id, fields, targetKinds } of offers) {
      if (id === 'none') assert.deepEqual([fields, targetKinds], [[], []]);
      else if (id === 'index' || id === 'searchmetrics') assert.equal(fields.length, 15, id);
    }
  });

  it('says what is missing, until it is set', () => {
    const missing = (section: object) =>
      Object.fromEntries(offerSources(readSettings(section)).flatMap(({ id, missing }) => (missing === null ? [] : [[id, missing]])));
    const before = missing({});
    assert.match(before['index'] ?? '', /index\.path/);
    assert.match(before['ranks'] ?? '', /ranks\.path/);
    assert.match(before['searchmetrics'] ?? '', /searchmetrics\.endpoint/);
    const after = missing({ 'index.path': 'web.db', 'ranks.path': 'ranks.db', 'searchmetrics.endpoint': 'https://links.org' });
    assert.deepEqual([after['index'], after['ranks'], after['searchmetrics']], [undefined, undefined, undefined]);
  });

  it('names the host that would be asked, and none for what stays on this machine', () => {
    const host = (section: object, id: string) => offerSources(readSettings(section)).find((offer) => offer.id === id)?.host;
    assert.equal(host({}, 'index'), null);
    assert.equal(host({ 'searchmetrics.endpoint': 'https://links.org:8443/v3' }, 'searchmetrics'), 'links.org:8443');
    assert.equal(host({ 'searchmetrics.endpoint': 'http://127.0.0.1:8700' }, 'searchmetrics'), null);
  });

  it('asks the address that the user set in place of the own one of a vendor', () => {
    assert.equal(hostAsked(readSettings({ source: 'ahrefs' })), 'api.ahrefs.com');
    assert.equal(hostAsked(readSettings({ source: 'ahrefs', endpoints: { ahrefs: 'https://gateway.links.org:444/a' } })), 'gateway.links.org:444');
    assert.equal(hostAsked(readSettings({ source: 'moz' })), 'lsapi.seomoz.com, api.moz.com');
    assert.equal(hostAsked(readSettings({ source: 'moz', endpoints: { moz: 'https://gateway.links.org' } })), 'gateway.links.org');
    assert.equal(hostAsked(readSettings({ source: 'index', 'searchmetrics.endpoint': 'https://links.org' })), null);
    assert.equal(hostAsked(readSettings({ source: 'none' })), null);
    assert.equal(hostAsked(readSettings({ source: 'searchmetrics' })), null);
  });

  for (const id of SOURCE_IDS.filter((source) => isVendor(source))) {
    it(`${id} asks the host that consent is given for, and no other; at a gateway, that`, async () => {
      for (const [section, host] of [
        [{ source: id }, hostAsked(readSettings({ source: id }))],
        [{ source: id, endpoints: { [id]: 'https://gateway.links.org/prefix' } }, 'gateway.links.org'],
      ] as const) {
        const asked = new Set<string>();
        const transport = {
          request: (url: string) => {
            asked.add(new URL(url).host);
            return Promise.reject(sourceError('offline', 'The network is away.'));
          },
          close: async () => {},
        };
        // Waits are over at once: some may be asked every ten seconds only.
        let now = 0;
        const after = (milliseconds: number, run: () => void) => {
          now += milliseconds;
          queueMicrotask(run);
          return () => {};
        };
        const credentials = { [id]: { id: 'me', secret: 'x' } };
        const parts = { transport, credentials, openIndex: () => assert.fail(), log: silentLog, clock: () => now, after };
        const source = createSource(readSettings(section), parts);
        const target = parseTarget('links-site.com');
        assert.ok(source !== null && target !== null);
        const signal = new AbortController().signal;
        await source.summaries([target], signal).catch(() => null);
        await source.rows(target, { limit: 10, offset: 0, internal: 'exclude' }, signal).catch(() => null);
        await source.balance?.(signal).catch(() => null);
        assert.equal(asked.size, 1);
        for (const one of asked) assert.ok(host?.split(', ').includes(one), one);
        assert.deepEqual([source.capabilities.label, source.capabilities.remote], [SOURCES[id].label, true]);
        await source.close();
      }
    });
  }
});
