/** windows-1252 reads the same on every supported Node. */
import assert from 'node:assert/strict';
import { decodePage, decodeText } from '../../../server/src/util/decodeText.ts';
import { decodeWindows1252 } from '../../../server/src/util/windows1252.ts';

describe('windows-1252', () => {
  const cases: readonly (readonly [bytes: readonly number[], text: string])[] = [
    [[], ''],
    [[0x41, 0x7f], 'A\x7f'],
    [[0x93, 0x48, 0x69, 0x94], '“Hi”'],
    [[0x9c, 0x69, 0x6c, 0x20, 0x80, 0x20, 0x96], 'œil € –'],
    [[0x81, 0x8d, 0x8f, 0x90, 0x9d], '\x81\x8d\x8f\x90\x9d'],
    [[0xa0, 0xe9, 0xff], '\u00a0éÿ'],
  ];
  for (const [bytes, text] of cases) {
    it(`reads ${bytes.map((byte) => byte.toString(16)).join(' ') || 'nothing'}`, () => {
      assert.equal(decodeWindows1252(Uint8Array.from(bytes)), text);
    });
  }

  it('is what latin1 means on the web, and what undeclared bytes fall back to', () => {
    const bytes = Uint8Array.from([0x62, 0x9c, 0x75, 0x66]);
    assert.equal(decodePage(bytes, 'ISO-8859-1'), 'bœuf');
    assert.equal(decodeText(bytes), 'bœuf');
  });

  it('decodes a part of a larger buffer', () => {
    assert.equal(decodeWindows1252(Uint8Array.from([0x41, 0x80, 0x42]).subarray(1, 2)), '€');
  });
});
