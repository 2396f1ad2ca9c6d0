/** What is told again of a document: only what changed, and all of it where the text or the list is another. */
import assert from 'node:assert/strict';
import { createToldFacts } from '../../../server/src/lsp/toldFacts.ts';
import type { DocumentFacts, LinkFacts } from '../../../shared/protocol.ts';

const URI = 'file:///a.md';
const place = { start: { line: 0, character: 0 }, end: { line: 0, character: 4 } };
const link = (url: string, findings = 0): LinkFacts => ({
  range: place,
  url,
  text: '',
  count: 1,
  places: [place],
  targets: null,
  page: { state: 'unknown' },
  domain: { state: 'unknown' },
  local: null,
  findings,
});
const facts = (urls: readonly string[], changes: Partial<DocumentFacts> = {}): DocumentFacts => ({
  uri: URI,
  version: 1,
  links: urls.map((url) => link(url)),
  findings: 0,
  problem: null,
  ...changes,
});

describe('facts that are told again', () => {
  it('bear no revision for whoever keeps none', () => {
    const whole = facts(['a']);
    assert.equal(createToldFacts().tell(URI, whole, undefined), whole);
  });

  const cases: [string, DocumentFacts, boolean, string[]][] = [
    ['nothing where nothing changed', facts(['a', 'b', 'c']), true, []],
    ['the link that changed', facts([], { links: [link('a'), link('b', 1), link('c')] }), true, ['b']],
    ['everything of another text', facts(['a', 'b', 'c'], { version: 2 }), false, ['a', 'b', 'c']],
    ['everything of another list', facts(['a', 'b']), false, ['a', 'b']],
    ['everything where a link leads elsewhere', facts(['a', 'x', 'c']), false, ['a', 'x', 'c']],
  ];
  for (const [name, next, partial, urls] of cases) {
    it(name, () => {
      const told = createToldFacts();
      const first = told.tell(URI, facts(['a', 'b', 'c']), 0);
      const second = told.tell(URI, next, first?.revision);
      assert.deepEqual([second?.partial === true, second?.links.map(({ url }) => url)], [partial, urls]);
      assert.notEqual(second?.revision, first?.revision);
    });
  }

  it('are whole for another revision than the last, and after the document was closed', () => {
    const told = createToldFacts();
    const first = told.tell(URI, facts(['a']), 0);
    told.tell(URI, facts(['a']), first?.revision);
    assert.equal(told.tell(URI, facts(['a']), first?.revision)?.partial, undefined);
    assert.equal(told.tell(URI, null, 5), null);
    assert.equal(told.tell(URI, facts(['a']), 3)?.partial, undefined);
  });
});
