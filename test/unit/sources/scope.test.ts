/** How far a target reaches in a vendor's eyes, and totals that summaries told. */
import assert from 'node:assert/strict';
import { blankSummary } from '../../../server/src/sources/blank.ts';
import { createKnownTotals } from '../../../server/src/sources/knownTotals.ts';
import { scopeOf } from '../../../server/src/sources/scope.ts';
import { parseTarget } from '../../../server/src/urls/targets.ts';
import { sourceError } from '../../../server/src/util/errors.ts';

function target(text: string) {
  const parsed = parseTarget(text);
  assert.ok(parsed !== null, text);
  return parsed;
}

describe('the scope of a target', () => {
  for (const [text, scope] of [
    ['example.com', 'domain'],
    ['example.co.uk', 'domain'],
    ['www.example.com', 'domain'],
    ['blog.example.com', 'host'],
    ['somebody.github.io', 'host'],
    ['docs.somebody.github.io', 'host'],
    ['bücher.example', 'domain'],
    ['203.0.113.7', 'host'],
    ['https://example.com/', 'page'],
    ['https://somebody.github.io/a', 'page'],
  ] as const) {
    it(`${text} is a ${scope}`, () => assert.equal(scopeOf(target(text)), scope));
  }
});

describe('known totals', () => {
  const [one, other] = [target('a-site.com'), target('b-site.com')];

  it('are those of links, and of nothing else', () => {
    const totals = createKnownTotals();
    assert.equal(totals.of(one.id), null);
    totals.learn([
      { target: one, summary: { ...blankSummary(one), backlinks: 7 } },
      { target: other, error: sourceError('quota', 'used up') },
    ]);
    assert.deepEqual([totals.of(one.id), totals.of(other.id)], [7, null]);
    totals.learn([
      { target: other, summary: { ...blankSummary(other), backlinks: 9, unit: 'pages' } },
      { target: one, summary: blankSummary(one) },
    ]);
    assert.deepEqual([totals.of(one.id), totals.of(other.id)], [7, null]);
    totals.learn([{ target: one, summary: { ...blankSummary(one), backlinks: 0 } }]);
    assert.equal(totals.of(one.id), 0);
  });

  it('are bounded: the oldest go', () => {
    const totals = createKnownTotals();
    const many = Array.from({ length: 10_001 }, (_, n) => target(`site-${n}.com`));
    totals.learn(many.map((each) => ({ target: each, summary: { ...blankSummary(each), backlinks: 1 } })));
    assert.deepEqual([totals.of(many[0]?.id ?? ''), totals.of(many[10_000]?.id ?? '')], [null, 1]);
  });
});
