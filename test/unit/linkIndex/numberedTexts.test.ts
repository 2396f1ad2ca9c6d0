/** Numbers of texts: those of a Map, also where the table grows and where hashes meet in one place. */
import assert from 'node:assert/strict';
import { hashOf } from '../../../server/src/linkIndex/sqlite/build/hashOf.ts';
import { NumberedTexts } from '../../../server/src/linkIndex/sqlite/numberedTexts.ts';

function numberOf(table: NumberedTexts, text: string): number {
  const found = table.find(text);
  return found >= 0 ? found : table.add(text);
}

/** Two texts with one hash, by trying. */
function twoOfOneHash(): readonly [string, string] {
  const met = new Map<number, string>();
  for (let at = 0; ; at++) {
    const text = `k${at.toString(36)}`;
    const hash = hashOf(text);
    const other = met.get(hash);
    if (other !== undefined) return [other, text];
    met.set(hash, text);
  }
}

describe('numbers of texts', () => {
  it('are those a Map gives, from 0 in the order met', () => {
    const table = new NumberedTexts();
    const known = new Map<string, number>();
    for (let at = 0; at < 60_000; at++) {
      const text = `https://a${(at * 7919) % 23}.com/${(at * at) % 30_011}`;
      if (!known.has(text)) known.set(text, known.size);
      assert.equal(numberOf(table, text), known.get(text));
    }
    assert.deepEqual(table.texts, [...known.keys()]);
    assert.equal(table.find('never added'), -1);
  });

  it('keep texts of one hash apart', () => {
    const [one, other] = twoOfOneHash();
    const table = new NumberedTexts();
    assert.deepEqual(
      [one, other, one, other].map((text) => numberOf(table, text)),
      [0, 1, 0, 1],
    );
  });

  it('keep the texts when the numbers are forgotten', () => {
    const table = new NumberedTexts();
    numberOf(table, 'a');
    table.seal();
    assert.deepEqual(table.texts, ['a']);
  });
});
