/** Places come out in order, however many they are and however far apart they lie. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sortPlaces } from '../../../server/src/linkIndex/sqlite/build/sortPlaces.ts';

describe('sorting of places', () => {
  it('gives what comparing gives', () => {
    const anyPlaces = fc
      .tuple(fc.constantFrom(0, 7, 2 ** 31, 2 ** 32 - 70_000), fc.constantFrom(100, 5000, 70_000), fc.integer({ min: 0, max: 3000 }), fc.integer())
      .map(([lowest, range, count, seed]) => {
        let state = seed >>> 0;
        const found = new Set<number>();
        for (let at = 0; at < count; at++) {
          state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
          found.add(lowest + (state % range));
        }
        return Uint32Array.from(found);
      });
    fc.assert(
      fc.property(anyPlaces, (places) => {
        assert.deepEqual(sortPlaces(places.slice()), places.toSorted());
      }),
      { numRuns: 300 },
    );
  });

  it('gives nothing of nothing, and places far apart as well', () => {
    assert.deepEqual(sortPlaces(new Uint32Array(0)), new Uint32Array(0));
    const far = Uint32Array.from({ length: 100 }, (_, at) => ((at * 7919) % 100) * 40_000_000);
    assert.deepEqual(sortPlaces(far.slice()), far.toSorted());
  });
});
