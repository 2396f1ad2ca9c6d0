/** The small table of countries says what the database says that it was made from. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import fc from 'fast-check';
import { type CountryRange, readCountryTable, writeCountryTable } from '../../../server/src/linkIndex/countryTable.ts';
import { openCountryTable, openGeo } from '../../../server/src/linkIndex/geo.ts';
import { BacklinkLensError } from '../../../server/src/util/errors.ts';
import { emptyFolders } from './support.ts';

// The script has no types of its own.
const script = (await import(new URL('../../../scripts/countries.mjs', import.meta.url).href)) as {
  readonly countryTableOf: (mmdb: Buffer) => Buffer;
};
const MMDB = createRequire(import.meta.url).resolve('@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb');

const number = fc.oneof(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: 300 }));
const ranges = (version: 4 | 6): fc.Arbitrary<CountryRange[]> =>
  fc
    .array(fc.record({ high: number, low: version === 4 ? fc.constant(0) : number, code: fc.constantFrom(null, 'DE', 'AT', 'CH') }), {
      maxLength: 30,
    })
    .map((list) => [{ high: 0, low: 0, code: null }, ...list].toSorted((a, b) => a.high - b.high || a.low - b.low));

describe('the table of countries', function () {
  this.timeout(60_000);
  const folder = emptyFolders('countries');

  it('gives back any ranges', () => {
    fc.assert(
      fc.property(ranges(4), ranges(6), fc.array(fc.tuple(number, number)), (v4, v6, asked) => {
        const codeOf = readCountryTable(writeCountryTable({ v4, v6 }));
        const expected = (list: readonly CountryRange[], high: number, low: number): string | null =>
          list.findLast((range) => range.high < high || (range.high === high && range.low <= low))?.code ?? null;
        for (const [high, low] of asked) {
          assert.equal(codeOf(4, high, 0), expected(v4, high, 0));
          assert.equal(codeOf(6, high, low), expected(v6, high, low));
        }
      }),
    );
  });

  it('made from the database that comes along, it is small and says the same of every address', () => {
    const table = script.countryTableOf(readFileSync(MMDB));
    assert.ok(table.length < 700_000, `${table.length} bytes`);
    const file = path.join(folder(), 'countries.bin');
    writeFileSync(file, table);
    const [locate, lookUp] = [openGeo(MMDB), openCountryTable(file)];
    const answers = { asked: 0, known: 0 };
    const ask = (address: string): void => {
      const found = lookUp(address);
      const code = typeof found === 'object' && found !== null && 'country_code' in found ? found.country_code : null;
      const expected = locate(address).countryCode;
      // Documentation stands nowhere, whatever a registry says.
      if (expected !== null || !/^(?:192\.0\.2|198\.51\.100|203\.0\.113)\.|^(?:2001:db8|3fff:0):/.test(address))
        assert.equal(code, expected, address);
      answers.asked++;
      if (expected !== null) answers.known++;
    };
    const byte = (at: number, seed: number): number => Math.imul(at + 1, 2_654_435_761 ^ seed) >>> 24;
    for (let at = 0; at < 30_000; at++) ask([1, 2, 3, 4].map((seed) => byte(at, seed * 7919)).join('.'));
    for (let at = 0; at < 30_000; at++) {
      const group = (seed: number): string => (byte(at, seed * 104_729) * 256 + byte(at, seed * 31)).toString(16);
      ask(`2${(at % 0xfff).toString(16).padStart(3, '0')}:${group(1)}:${group(2)}:${group(3)}::${group(4)}`);
    }
    for (const address of ['0.0.0.0', '255.255.255.255', '8.8.8.8', '::', '::1', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', '2a01:4f8::1'])
      ask(address);
    console.log(`      ${table.length} bytes, ${answers.asked} addresses asked, ${answers.known} with a country`);
    assert.ok(answers.known > 15_000);
  });

  for (const [what, bytes] of [
    ['nothing', ''],
    ['another file', 'PK\u0003\u0004 something else'],
    ['a head alone', '{"format":"backlink-lens countries 1","codes":[""],"v4":1,"v6":1}\n'],
    ['a later format', '{"format":"backlink-lens countries 2","codes":[""],"v4":0,"v6":0}\n'],
    ['more ranges than there can be', '{"format":"backlink-lens countries 1","codes":[""],"v4":1e99,"v6":0}\n'],
    ['broken JSON', '{"format":\n'],
  ] as const) {
    it(`refuses ${what}`, () => {
      const file = path.join(folder(), 'countries.bin');
      writeFileSync(file, bytes);
      assert.throws(
        () => openCountryTable(file),
        (error) => BacklinkLensError.is(error, 'input.unreadable'),
      );
    });
  }

  it('refuses one that is cut off anywhere', () => {
    const whole = writeCountryTable({ v4: [{ high: 0, low: 0, code: 'DE' }], v6: [{ high: 5, low: 7, code: 'AT' }] });
    for (let end = 0; end < whole.length; end++) assert.throws(() => readCountryTable(whole.subarray(0, end)), String(end));
  });
});
