/** Every sentence that the server says has a German one, with the same places for numbers and names. */
import assert from 'node:assert/strict';
import german from '../../../l10n/server.de.json' with { type: 'json' };
import { filesBelow, textOf } from '../../support/tree.ts';

/** The first argument of every call of `l10n.t`. */
function sentences(): Set<string> {
  const found = new Set<string>();
  for (const file of filesBelow('server/src', /\.ts$/)) {
    for (const [, single, double] of textOf(file).matchAll(/l10n\.t\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g)) {
      found.add((single ?? double ?? '').replace(/\\(.)/g, '$1'));
    }
  }
  return found;
}

const places = (text: string) => [...text.matchAll(/\{\d+\}/g)].map(([place]) => place).sort();

describe('translations of the server', () => {
  it('has every sentence in German, and none that is not said', () => {
    assert.deepEqual(Object.keys(german).sort(), [...sentences()].sort());
  });

  it('keeps the places', () => {
    for (const [english, translated] of Object.entries(german)) assert.deepEqual(places(translated), places(english), english);
  });
});
