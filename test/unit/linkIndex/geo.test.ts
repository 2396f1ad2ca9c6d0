/** Addresses to places, with the country database that comes along and with city databases of both shapes. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openGeo } from '../../../server/src/linkIndex/geo.ts';
import { BacklinkLensError } from '../../../server/src/util/errors.ts';
import { writeTinyMmdb } from './tinyMmdb.ts';

describe('geo', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'backlink-lens-geo-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const inDatabase = (name: string, record: Parameters<typeof writeTinyMmdb>[1], ipVersion?: 4 | 6): string => {
    const file = path.join(folder, name);
    writeTinyMmdb(file, record, ipVersion);
    return file;
  };

  it('knows countries by the database that comes along', () => {
    const locate = openGeo();
    const countries: readonly (readonly [ip: string | null, code: string | null, country: string | null])[] = [
      ['8.8.8.8', 'US', 'United States'],
      ['2001:4860:4860::8888', 'US', 'United States'],
      ['[2001:4860:4860::8888]', 'US', 'United States'],
      ['::ffff:8.8.8.8', 'US', 'United States'],
      ['::FFFF:0808:0808', 'US', 'United States'],
      ['0:0:0:0:0:ffff:8.8.8.8', 'US', 'United States'],
      [' 8.8.8.8 ', 'US', 'United States'],
      ['2001:4860:4860:0:0:0:0:8888', 'US', 'United States'],
      ['::ffff:192.0.2.1', null, null],
      ['::ffff:7f00:1', null, null],
      ['fe80::1%eth0', null, null],
      ['8.8.8.8:80', null, null],
      ['08.8.8.8', null, null],
      ['8.8.8.8/24', null, null],
      ['88.198.0.1', 'DE', 'Germany'],
      ['2a01:4f8::1', 'DE', 'Germany'],
      ['127.0.0.1', null, null],
      ['10.0.0.1', null, null],
      ['::1', null, null],
      ['192.0.2.1', null, null],
      ['2001:db8::21', null, null],
      ['not an address', null, null],
      ['1.2.3', null, null],
      ['', null, null],
      [null, null, null],
    ];
    for (const [ip, countryCode, country] of countries) assert.deepEqual(locate(ip), { countryCode, country, city: null }, String(ip));
  });

  it('reads cities from nested and from flat records', () => {
    const nested = inDatabase('nested.mmdb', { country: { iso_code: 'DE' }, city: { names: { de: 'Wien', en: 'Vienna' } } });
    const flat = inDatabase('flat.mmdb', { country_code: 'AT', city: 'Graz' });
    assert.deepEqual(openGeo(nested)('198.18.0.1'), { countryCode: 'DE', country: 'Germany', city: 'Vienna' });
    assert.deepEqual(openGeo(flat)('2001:4860::1'), { countryCode: 'AT', country: 'Austria', city: 'Graz' });
  });

  it('leaves null what a record does not say, and a code that is no country without a name', () => {
    assert.deepEqual(openGeo(inDatabase('empty.mmdb', {}))('198.18.0.1'), { countryCode: null, country: null, city: null });
    assert.deepEqual(openGeo(inDatabase('odd.mmdb', { country_code: '??' }))('198.18.0.1'), { countryCode: '??', country: null, city: null });
    assert.deepEqual(openGeo(inDatabase('no-city.mmdb', { country_code: 'FR', city: '' }))('198.18.0.1').city, null);
  });

  it('does not ask a database of IPv4 addresses for others', () => {
    const locate = openGeo(inDatabase('four.mmdb', { country_code: 'FR' }, 4));
    assert.equal(locate('198.18.0.1').countryCode, 'FR');
    assert.equal(locate('2001:4860::1').countryCode, null);
  });

  it('has null for all of what a damaged database says', () => {
    const file = inDatabase('damaged.mmdb', { country: { iso_code: 'DE' } });
    const bytes = readFileSync(file);
    // The record's type becomes a pointer to nowhere.
    bytes.fill(0x3f, 6 + 16, 6 + 16 + 4);
    writeFileSync(file, bytes);
    assert.deepEqual(openGeo(file)('198.18.0.1'), { countryCode: null, country: null, city: null });
    for (const odd of [{ country: 'DE' }, { country_code: { deep: 'DE' } }, { city: { names: 'Graz' } }])
      assert.deepEqual(openGeo(inDatabase('odd-shape.mmdb', odd))('198.18.0.1'), { countryCode: null, country: null, city: null });
  });

  it('says which database could not be read', () => {
    const broken = path.join(folder, 'broken.mmdb');
    writeFileSync(broken, 'no database');
    for (const file of [broken, path.join(folder, 'missing.mmdb')]) {
      assert.throws(
        () => openGeo(file),
        (error) => BacklinkLensError.is(error, 'input.unreadable') && error.message.includes(path.basename(file)),
      );
    }
  });
});
