/** What every format of redirects is tested with: which paths a file saves, what it looks like after pages have moved, and hostile input. */
import assert from 'node:assert/strict';
import { type Move, type RedirectFormat, saves, type TextChange } from '../../../server/src/redirects/redirect.ts';

/** Applies changes that must not overlap, as an editor does. */
export function apply(text: string, changes: readonly TextChange[] | null): string | null {
  if (changes === null) return null;
  const ordered = changes.map((change, index) => ({ ...change, index })).sort((a, b) => a.start - b.start || a.end - b.end || a.index - b.index);
  let result = '';
  let at = 0;
  for (const { start, end, newText } of ordered) {
    assert.ok(start >= at && end >= start && end <= text.length, `${start} to ${end} overlaps or lies outside`);
    result += text.slice(at, start) + newText;
    at = end;
  }
  return result + text.slice(at);
}

/** `- /path` is not saved by the text, any other path is. */
export function savesTable(format: RedirectFormat, cases: readonly (readonly [name: string, text: string, ...paths: string[]])[]): void {
  for (const [name, text, ...paths] of cases) {
    it(name, () => {
      const rules = format.parse(text);
      for (const entry of paths) {
        const path = entry.replace(/^- /, '');
        assert.equal(
          rules.some((rule) => saves(rule, path)),
          !entry.startsWith('- '),
          entry,
        );
      }
    });
  }
}

/** @param cases before and after; null: the file is not touched */
export function addTable(
  format: RedirectFormat,
  cases: readonly (readonly [name: string, before: string, moves: readonly Move[], after: string | null])[],
): void {
  for (const [name, before, moves, after] of cases) {
    it(name, () => assert.equal(apply(before, format.add(before, moves)), after));
  }
}

const MOVE: Move = { from: '/guide/install/', to: '/guide/setup/' };
const BACK: Move = { from: '/guide/setup/', to: '/guide/install/' };

/** What holds for every syntax, whatever the file held before. */
export function lawsOf(format: RedirectFormat, files: readonly string[]): void {
  const taken = (text: string, path: string) => format.parse(text).some((rule) => saves(rule, path));
  for (const before of files) {
    const once = apply(before, format.add(before, [MOVE])) ?? '';
    it(`saves what has moved: ${JSON.stringify(before.slice(0, 40))}`, () => {
      const first = format.parse(once).find((rule) => saves(rule, MOVE.from));
      assert.equal(first?.to, MOVE.to, once);
    });
    it('is the same when written twice', () => assert.equal(apply(once, format.add(once, [MOVE])), once));
    it('does not lead in a circle when a page moves back', () => {
      const back = apply(once, format.add(once, [BACK])) ?? '';
      assert.ok(taken(back, BACK.from), back);
      assert.equal(format.parse(back).find((rule) => saves(rule, BACK.from))?.to, BACK.to);
      assert.notEqual(format.parse(back).find((rule) => saves(rule, BACK.to))?.to, BACK.from, back);
    });
    it('does not make a chain when a page moves on', () => {
      const on = apply(once, format.add(once, [{ from: MOVE.to, to: '/start/' }])) ?? '';
      assert.deepEqual(
        [MOVE.from, MOVE.to].map((path) => format.parse(on).find((rule) => saves(rule, path))?.to),
        ['/start/', '/start/'],
        on,
      );
    });
    it('writes a path with blanks, quotes and signs so that it is read back', () => {
      const odd = { from: '/a%20b/%22c%22+(d).html', to: '/e%20f/' };
      const text = apply(before, format.add(before, [odd])) ?? '';
      assert.equal(format.parse(text).find((rule) => saves(rule, odd.from))?.to, odd.to, text);
    });
  }
  it('reads hostile and broken text without a word and without delay', () => {
    const junk = [
      '\0',
      '"',
      "'",
      '[[',
      '{',
      '{{{{',
      '(((((a+)+)+)+)+$',
      '^(([a-z])+.)+[A-Z]([a-z])+$',
      '\\',
      '#',
      '[[redirects]]',
      'RewriteRule',
      'rewrite ^/',
    ];
    for (const piece of junk) for (const text of [piece, piece.repeat(5_000), `${piece}\n`.repeat(2_000), `/a ${piece} /b`]) format.parse(text);
    const evil = `^/${'(a*)*'.repeat(50)}$`;
    for (const text of [
      `RedirectMatch 301 ${evil} /x`,
      `rewrite ${evil} /x permanent;`,
      `{"redirects":[{"source":"/${evil}","destination":"/x"}]}`,
    ]) {
      for (const rule of format.parse(text)) saves(rule, `/${'a'.repeat(50_000)}!`);
    }
  });
}
