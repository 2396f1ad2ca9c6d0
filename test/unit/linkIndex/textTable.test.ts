/** Texts get one number each, and give back what was put in. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TextPile } from '../../../server/src/linkIndex/sqlite/build/textPile.ts';
import { TextTable } from '../../../server/src/linkIndex/sqlite/textTable.ts';

describe('texts of a build', () => {
  const anyText = fc.oneof(
    fc.constantFrom('', 'a', 'b', 'ab', 'ba', 'é', 'e\u0301', '漢', '\ud83d\ude00', '\ud83d', 'a\ud83d', '\0'),
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.integer({ min: 1, max: 3 }).map((times) => 'long é'.repeat(times * 60_000)),
  );

  it('are numbered from 1 in the order met, the same text by the same number', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 40 }), (texts) => {
        const table = new TextTable();
        const known = new Map<string, number>();
        for (const text of texts) {
          const kept = text.toWellFormed();
          const expected = known.get(kept) ?? known.size + 1;
          known.set(kept, expected);
          assert.equal(table.idOf(text), expected);
        }
        assert.equal(table.size, known.size);
        for (const [text, id] of known) assert.equal(table.textOf(id), text);
      }),
      { numRuns: 60 },
    );
  });

  it('keep their numbers when there are many', () => {
    const table = new TextTable();
    const text = (at: number): string => `text ${at} ${at % 3 === 0 ? 'ü' : ''}`;
    for (let round = 0; round < 2; round++) {
      for (let at = 0; at < 100_000; at++) assert.equal(table.idOf(text(at)), at + 1);
    }
    table.seal();
    for (let at = 0; at < 100_000; at += 997) assert.equal(table.textOf(at + 1), text(at));
  });

  it('lie in a pile, with 0 for none', () => {
    const pile = new TextPile();
    const texts = Array.from({ length: 5000 }, (_, at) => (at % 7 === 0 ? null : `${'x'.repeat(at)}é`));
    const numbers = texts.map((text) => pile.add(text));
    for (const [at, text] of texts.entries()) {
      assert.equal(pile.get(numbers[at] ?? -1), text);
      assert.equal(numbers[at] === 0, text === null);
    }
  });
});
