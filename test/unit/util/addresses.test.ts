/** IP addresses in one way of writing, and their nets. */
import assert from 'node:assert/strict';
import { bareAddress, netOf } from '../../../server/src/util/addresses.ts';

describe('addresses', () => {
  for (const [given, bare, netC, netB] of [
    ['192.0.2.7', '192.0.2.7', '192.0.2', '192.0'],
    [' 192.0.2.7 ', '192.0.2.7', '192.0.2', '192.0'],
    ['::ffff:192.0.2.7', '192.0.2.7', '192.0.2', '192.0'],
    ['::FFFF:c000:207', '192.0.2.7', '192.0.2', '192.0'],
    ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1', '2001:db8:0', '2001:db8'],
    ['[2001:db8:7::1]', '2001:db8:7::1', '2001:db8:7', '2001:db8'],
    ['fe80::1%eth0', 'fe80::1', 'fe80:0:0', 'fe80:0'],
    ['::1', '::1', '0:0:0', '0:0'],
    ['::', '::', '0:0:0', '0:0'],
    ['1::', '1::', '1:0:0', '1:0'],
    ['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8', '1:2:3', '1:2'],
  ] as const) {
    it(`${given}: ${bare} in ${netC} and ${netB}`, () => {
      const address = bareAddress(given);
      assert.equal(address, bare);
      assert.deepEqual([netOf(bare, 'C'), netOf(bare, 'B')], [netC, netB]);
    });
  }

  for (const given of [null, '', '192.0.2', '192.0.2.256', 'example.com', '192.0.2.7:80', 'not an address']) {
    it(`${JSON.stringify(given)} is none`, () => assert.equal(bareAddress(given), null));
  }
});
