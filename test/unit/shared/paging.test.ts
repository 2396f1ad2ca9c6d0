import assert from 'node:assert/strict';
import { readPageLimit, readRowOffset } from '../../../shared/paging.ts';

describe('paging', () => {
  it('permits the limits of the contract, written as they are', () => {
    assert.deepEqual(['10', '25', '50', '100', '250'].map(readPageLimit), [10, 25, 50, 100, 250]);
    for (const text of ['', '7', '010', ' 10', '10.0', '1e1', '-10', '1000']) assert.equal(readPageLimit(text), null, text);
  });

  it('permits offsets that are a multiple of any limit', () => {
    assert.deepEqual(['0', '10', '25', '35000', '999999999999990'].map(readRowOffset), [0, 10, 25, 35_000, 999_999_999_999_990]);
    for (const text of ['', '15', '-10', '1e2', ' 0', '0x10', '10.0', '1000000000000000']) assert.equal(readRowOffset(text), null, text);
  });
});
