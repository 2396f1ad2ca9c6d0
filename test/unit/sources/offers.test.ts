/** What the picker and `backlink-lens sources` say of each source, without asking any. */
import assert from 'node:assert/strict';
import { offerSources } from '../../../server/src/sources/offers.ts';
import { hostAsked } from '../../../shared/destination.ts';
import { readSettings } from '../../../shared/settings.ts';
import { SOURCE_IDS } from '../../../shared/sources.ts';

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
});
