/** Edits beside a URL: `rel` tokens, comments that silence, and the end of a link. Each as text before and after. */
import assert from 'node:assert/strict';
import { ignoredLines } from '../../../server/src/features/diagnostics/ignoreComments.ts';
import { ignoreCommentEdit } from '../../../server/src/features/ignoreCommentEdit.ts';
import { relEdit, type TextChange } from '../../../server/src/features/relEdit.ts';
import { tagAt } from '../../../server/src/features/tagAt.ts';
import { SCANNERS } from '../../../server/src/scan/scanners.ts';
import { lineIndex } from '../../../server/src/util/lineIndex.ts';

const apply = (text: string, change: TextChange | null) =>
  change === null ? null : text.slice(0, change.start) + change.newText + text.slice(change.end);

describe('rel tokens', () => {
  const ADD = { add: ['nofollow'], remove: [] };
  const DROP = { add: [], remove: ['nofollow', 'ugc', 'sponsored'] };
  const CASES: readonly [name: string, before: string, change: typeof ADD | typeof DROP, after: string | null][] = [
    ['no rel yet', '<a href="https://x.org">x</a>', ADD, '<a href="https://x.org" rel="nofollow">x</a>'],
    ['no quotes', '<a href=https://x.org>x</a>', ADD, '<a href=https://x.org rel="nofollow">x</a>'],
    ['other tokens stay', '<a rel="noopener me" href="https://x.org">', ADD, '<a rel="noopener me nofollow" href="https://x.org">'],
    ['an empty rel', '<a href="https://x.org" rel>', ADD, '<a href="https://x.org" rel="nofollow">'],
    ['single quotes and another case', "<A HREF='https://x.org' REL='ME'>", ADD, `<A HREF='https://x.org' rel="ME nofollow">`],
    ['is there already', '<a href="https://x.org" rel="NoFollow">', ADD, null],
    ['one of several goes', '<a href="https://x.org" rel="nofollow me ugc">', DROP, '<a href="https://x.org" rel="me">'],
    ['the last one takes the attribute along', '<a href="https://x.org" rel="nofollow" class="b">', DROP, '<a href="https://x.org" class="b">'],
    ['over several lines', '<a\n  rel="nofollow"\n  href="https://x.org"\n>', DROP, '<a\n  href="https://x.org"\n>'],
    ['a `>` in a value before it', '<a title="a > b" href="https://x.org">', ADD, '<a title="a > b" href="https://x.org" rel="nofollow">'],
    ['a `<` in a value before it', '<a title="a <b c" href="https://x.org">', ADD, '<a title="a <b c" href="https://x.org" rel="nofollow">'],
    ['a template makes it', '<a href="https://x.org" rel="{{ rel }}">', ADD, null],
    ['nothing to drop', '<a href="https://x.org">', DROP, null],
    ['a Markdown link', '[x](https://x.org)', ADD, null],
    ['a Markdown link beside a tag', '<b>x</b> [x](https://x.org)', ADD, null],
    ['a tag cut off', '<a href="https://x.org"', ADD, null],
  ];
  for (const [name, before, change, after] of CASES) {
    it(name, () => assert.equal(apply(before, relEdit(before, before.indexOf('https://'), change)), after));
  }

  it('does not look for a tag for ever', () => {
    const text = `${'<'.repeat(200_000)}https://x.org`;
    assert.equal(tagAt(text, text.length - 3), null);
    assert.equal(tagAt(`<a title="${'x'.repeat(100_000)}" href="u">`, 100_018), null);
  });
});

describe('comments that silence', () => {
  const C = '<!-- backlink-lens-ignore -->';
  const N = '<!-- backlink-lens-ignore-next-line -->';
  const M = '{/* backlink-lens-ignore */}';
  type Language = 'html' | 'markdown' | 'mdx';
  /** The link is the first whose URL contains `URL`. */
  const CASES: readonly [language: Language, before: string, after: string | null][] = [
    ['markdown', 'See [a](URL), and so on.', `See [a](URL)${C}, and so on.`],
    ['markdown', '[a](<URL> "a (b) c")  \nnext', `[a](<URL> "a (b) c")${C}  \nnext`],
    ['markdown', '[a](URL\n"title")', null],
    ['markdown', '<https://URL> x', `<https://URL>${C} x`],
    ['markdown', 'https://URL.org/ x', `https://URL.org/${C} x`],
    ['markdown', '| [a](URL) | b |\n|--|--|', `| [a](URL)${C} | b |\n|--|--|`],
    ['markdown', '![i](URL)', `![i](URL)${C}`],
    ['markdown', 'a [b][r]\n\n> [r]: URL "t"\r\n', `a [b][r]\n\n> ${N}\n> [r]: URL "t"\r\n`],
    ['markdown', 'x <a href="URL">y</a>', `x <a href="URL">${C}y</a>`],
    ['markdown', '---\ncanonical: https://URL/\n---\n', null],
    ['mdx', 'See [a](URL).', `See [a](URL)${M}.`],
    ['mdx', 'x <img alt="" src="URL" /> y', `x <img alt="" src="URL" />${M} y`],
    ['html', '<p><a class="x" href="URL">y</a>', `<p><a class="x" href="URL">${C}y</a>`],
    ['html', '<a\nhref="URL" rel="x">y</a>', `<a\nhref="URL" rel="x">${C}y</a>`],
    ['html', '<p>\n<a\nhref="URL"\n>y</a>', `<p>\n${N}<a\nhref="URL"\n>y</a>`],
    ['html', '<p>\n<a\nid="x"\nhref="URL"\n>y</a>', null],
    ['html', '<script type="application/ld+json">{"url":"https://URL/"}</script>', null],
  ];
  for (const [language, before, after] of CASES) {
    it(`${language}: ${JSON.stringify(before)}`, () => {
      const kind = language === 'html' ? 'html' : 'markdown';
      const options = { mdx: language === 'mdx' };
      const links = SCANNERS[kind](before, options).links;
      const link = links.find(({ url, element }) => url.includes('URL') && element !== 'md-reference');
      const change = link === undefined ? null : ignoreCommentEdit({ text: before, kind, mdx: options.mdx, link });
      assert.equal(apply(before, change), after);
      if (after === null || link === undefined) return;
      const again = SCANNERS[kind](after, options).links;
      assert.deepEqual(
        again.map(({ url, element, text }) => [url, element, text]),
        links.map(({ url, element, text }) => [url, element, text]),
      );
      const place = again[links.indexOf(link)];
      assert.ok(place && ignoredLines(after, options.mdx).has(lineIndex(after)(place.span.start).line), 'its line is silent');
    });
  }

  const TOPS: readonly [kind: 'html' | 'markdown', before: string, after: string | null][] = [
    ['markdown', '# Title\n', `${C}\n# Title\n`],
    ['markdown', '---\ntitle: x\n---\n', null],
    ['html', '<!doctype html>\r\n<title>x</title>', `<!doctype html>${C}\r\n<title>x</title>`],
    ['html', '', C],
    ['html', '<script>\n', null],
    ['html', 'text', null],
  ];
  for (const [kind, before, after] of TOPS) {
    it(`of a whole page: ${JSON.stringify(before)}`, () => {
      const result = apply(before, ignoreCommentEdit({ text: before, kind, mdx: false, link: null }));
      assert.equal(result, after);
      if (result !== null) assert.ok(ignoredLines(result).has(0));
    });
  }

  it('of MDX are read in MDX alone', () => {
    const text = 'a {/* backlink-lens-ignore */}\n{/*backlink-lens-ignore-next-line*/}\nb';
    assert.deepEqual([...ignoredLines(text, true)], [0, 2]);
    assert.deepEqual([...ignoredLines(text)], []);
  });
});
