/** What the Markdown scanner says of a document: spans, values, texts, roles, tags, positions, and the facts of the page. */
import assert from 'node:assert/strict';
import type { Link, ScanOptions } from '../../../../server/src/scan/link.ts';
import { scanMarkdown } from '../../../../server/src/scan/markdown.ts';

const scan = (text: string, options?: ScanOptions) => scanMarkdown(text, options).links;
const written = (text: string, link: Link) => text.slice(link.span.start, link.span.end);

describe('Markdown scanner', () => {
  /** Text, then for each link `what is underlined -> url`. */
  const SPANS: readonly (readonly [text: string, ...links: string[]])[] = [
    ['[a](https://x.org "t")', 'https://x.org -> https://x.org'],
    ['[a]( <b c> )', 'b c -> b c'],
    ['[a](b\\_c&amp;d)', 'b\\_c&amp;d -> b_c&d'],
    ['![i](j.png)', 'j.png -> j.png'],
    ['[![i](j.png)](k)', 'j.png -> j.png', 'k -> k'],
    ['[t][l]\n\n[L]: <u v> "t"', '[t][l] -> u v', 'u v -> u v'],
    ['[l][] [l]\n\n[l]: u', '[l][] -> u', '[l] -> u', 'u -> u'],
    ['![i][l]\n\n[l]: u', '![i][l] -> u', 'u -> u'],
    ['[![i](j)][l]\n\n[l]: u', '[![i](j)][l] -> u', 'j -> j', 'u -> u'],
    ['<https://x.org/?a&amp;b>', 'https://x.org/?a&amp;b -> https://x.org/?a&amp;b'],
    ['<a@x.org> or b@x.org.', 'a@x.org -> mailto:a@x.org', 'b@x.org -> mailto:b@x.org'],
    ['see www.x.org/a(b), https://y.org.', 'www.x.org/a(b) -> http://www.x.org/a(b)', 'https://y.org -> https://y.org'],
    ['> [a](b\n> "c") [d\n> e](f)', 'b -> b', 'f -> f'],
    ['| [a](b) | c |\n|---|---|\n| d | [e](f\\|g) |', 'b -> b', 'f\\|g -> f|g'],
    ['text[^1]\n\n[^1]: note [a](b)', 'b -> b'],
    ['<p>\n<a href="x&amp;y">z</a> [no](link)\n</p>', 'x&amp;y -> x&y'],
    ['a <a href="x">b</a> [c](d)', 'x -> x', 'd -> d'],
    ['> a <a\n> href="x">b</a>', 'x -> x'],
    ['<picture><source srcset="a.png 1x, b.png 2x"><img src="c.png"></picture>', 'a.png -> a.png', 'b.png -> b.png', 'c.png -> c.png'],
    ['[a](  )', ' -> '],
    ['\ufeff[a](b)', 'b -> b'],
    ['[a](b)\r\n\r\n- [c](d)\r\n  [e](f)', 'b -> b', 'd -> d', 'f -> f'],
  ];
  for (const [text, ...expected] of SPANS) {
    it(`ranges of ${JSON.stringify(text)}`, () =>
      assert.deepEqual(
        scan(text).map((link) => `${written(text, link)} -> ${link.url}`),
        expected,
      ));
  }

  const NO_LINKS = [
    '`[a](b)` ``<https://x.org>``',
    '    [a](b)',
    '```md\n[a](b) https://x.org\n```',
    '~~~\n<a href="x">\n~~~',
    '\\[a](b) [a\\](b)',
    '[a] (b) [c](d e) [f][g]',
    '<!-- [a](b) <a href="x"> https://y.org -->',
    '<script>"https://x.org"</script>',
    '[a](<b\nc>) <a href=">',
    'http:// https://_a._b www http:x.org a@b @c.de',
    '- ```\n  [a](b)\n  ```',
    '>     [a](b)',
    '[x]\n\n    [x]: y',
    '',
    '\n\n\n',
  ];
  for (const text of NO_LINKS) it(`no links in ${JSON.stringify(text)}`, () => assert.deepEqual(scan(text), []));

  const TEXTS: readonly (readonly [text: string, label: string, tag: string | null])[] = [
    ['[plain  text](u)', 'plain text', 'a'],
    ['[a *b* **c** _d_ ~~e~~ ***f***](u)', 'a b c d e f', 'a'],
    ['[a * b snake_case 2*3*4 ~](u)', 'a * b snake_case 234 ~', 'a'],
    ['[`co` `` ` `` de](u)', 'co ` de', 'a'],
    ['[a\\*b &amp; &copy; \\&amp;](u)', 'a*b & © &amp;', 'a'],
    ['[two\nlines  \nhere\\\nend](u)', 'two lines here\\ end', 'a'],
    ['[a <b>c</b><br>d <!-- e -->](u)', 'a c d', 'a'],
    ['[](u)', '', 'a'],
    ['[![logo](i.png)](u)', 'logo', 'aimg'],
    ['[![](i.png)](u)', '[img]', 'aimg'],
    ['[![a](i) ![b](j)](u)', 'a b', 'aimg'],
    ['[![logo](i.png) Docs](u)', 'Docs', 'a'],
    ['[<img src="i.png" alt="logo">](u)', 'logo', 'aimg'],
    ['[a [b] c](u)', 'a [b] c', 'a'],
    ['<a href="u">a *b* `c`</a>', 'a b c', 'a'],
    ['<a href="u">\n\n![logo](i.png)\n\n</a>', 'logo', 'aimg'],
    ['<a href="u"><img src="i.png" alt="logo"></a>', 'logo', 'aimg'],
    [`<a href="u">\n\n<!-- ${'far '.repeat(2000)}-->\n\n![logo](i.png)\n\n</a>`, 'logo', 'aimg'],
    ['<https://x.org>', 'https://x.org', 'a'],
    ['www.x.org', 'www.x.org', 'a'],
  ];
  for (const [text, label, tag] of TEXTS) {
    it(`text of ${JSON.stringify(text.slice(0, 60))}`, () => {
      const link = scan(text).find(({ role }) => role === 'hyperlink');
      assert.deepEqual([link?.text, link?.tag], [label, tag]);
    });
  }

  it('gives every syntax its role, element and position in document order', () => {
    const text =
      '[a](/b) ![c](d.png) [![e](f.png)](g) [h] <https://i.org> www.j.org k@l.org #m [n](#o) [p](mailto:q@r.st) [s](javascript:t) <a href="u">v</a>\n\n[h]: w';
    assert.deepEqual(
      scan(text, { url: 'https://site.example/docs/page' }).map(
        ({ role, element, position, resolved }) => `${role} ${element} ${position} ${resolved}`,
      ),
      [
        'hyperlink md-link 1 https://site.example/b',
        'image md-image null https://site.example/docs/d.png',
        'image md-image null https://site.example/docs/f.png',
        'hyperlink md-link 2 https://site.example/docs/g',
        'hyperlink md-reference 3 https://site.example/docs/w',
        'hyperlink md-autolink 4 https://i.org/',
        'hyperlink md-autolink 5 http://www.j.org/',
        'hyperlink md-autolink null mailto:k@l.org',
        'hyperlink md-link 6 https://site.example/docs/page#o',
        'hyperlink md-link null mailto:q@r.st',
        'hyperlink md-link null javascript:t',
        'hyperlink a 7 https://site.example/docs/u',
        'definition md-definition null https://site.example/docs/w',
      ],
    );
  });

  it('numbers relative links of a document without an address, and resolves none of them', () => {
    assert.deepEqual(
      scan('[a](b) [c](https://d.org) [e](mailto:f@g.org)').map(({ position, resolved }) => [position, resolved]),
      [
        [1, null],
        [2, 'https://d.org/'],
        [null, 'mailto:f@g.org'],
      ],
    );
  });

  it('takes the first of two definitions and lists both', () => {
    assert.deepEqual(
      scan('[a]\n\n[a]: b\n[A]: c').map(({ element, url }) => `${element} ${url}`),
      ['md-reference b', 'md-definition b', 'md-definition c'],
    );
  });

  it('leaves what is no wiki link alone unless told to read them', () => {
    assert.deepEqual(scan('[[page]]'), []);
    const text = 'See [[My page]], [[b#c|d e]] and ![[f.png]], not [[]] or [[a\nb]] or `[[c]]`.';
    assert.deepEqual(
      scan(text, { wikiLinks: true }).map((link) => [link.role, link.element, written(text, link), link.url, link.text]),
      [
        ['hyperlink', 'md-wiki', 'My page', 'My page', 'My page'],
        ['hyperlink', 'md-wiki', 'b#c', 'b#c', 'd e'],
        ['image', 'md-wiki', 'f.png', 'f.png', 'f.png'],
      ],
    );
  });

  it('reads imports and JSX of MDX', () => {
    const text = [
      "import Chart from './chart.js'",
      "import { x } from 'package'",
      'export const y = 1',
      '',
      '# Hello',
      '',
      '<Link to="/a" style={{ color: "red" }}>A</Link> <a href={"/b"} onClick={() => go(1 > 0)}>*B*</a> <img src={image} />',
      '',
      '<Card',
      '  title="c"',
      '  href="/c"',
      '>',
      '  [d](/d)',
      '</Card>',
      '',
      '    [e](/e)',
      '',
      '`<a href="/f">`',
    ].join('\n');
    const { links, facts } = scanMarkdown(text, { mdx: true });
    assert.equal(facts.title, 'Hello');
    assert.deepEqual(
      links.map((link) => `${link.element} ${link.attribute} ${written(text, link)} ${link.url} ${JSON.stringify(link.text)} ${link.position}`),
      [
        'mdx-import null ./chart.js ./chart.js "" null',
        'link to /a /a "" 1',
        'a href /b /b "B" 2',
        'card href /c /c "" 3',
        'md-link null /d /d "d" 4',
        'md-link null /e /e "e" 5',
      ],
    );
  });

  describe('front matter', () => {
    it('gives YAML URLs their spans and the page its facts', () => {
      const text = [
        '---',
        'title: "A \\"title\\""',
        'lang: de',
        'canonical: https://x.org/a # comment',
        "aliases: [/old, '/older', A name]",
        'redirect_from:',
        '  - /b',
        '  - "/c"',
        'image:',
        '  path: d.png',
        'other: https://not.org',
        'url: https://x.org/e#f',
        '---',
        '# Heading',
        '[g](h)',
      ].join('\r\n');
      const { links, facts } = scanMarkdown(text);
      assert.deepEqual(
        links.map((link) => `${link.role} ${link.attribute} ${written(text, link)}`),
        [
          'metadata canonical https://x.org/a',
          'metadata aliases /old',
          'metadata aliases /older',
          'metadata redirect_from /b',
          'metadata redirect_from /c',
          'metadata image d.png',
          'metadata url https://x.org/e#f',
          'hyperlink null h',
        ],
      );
      assert.deepEqual(
        [facts.title, facts.canonical, facts.language, facts.robots, facts.charset],
        ['A "title"', 'https://x.org/a', 'de', { nofollow: false, noindex: false }, null],
      );
    });

    it('reads TOML', () => {
      const text = '+++\ntitle = "T"\naliases = [\n  "/a",\n  \'/b\',\n]\nurl = "/c"\n+++\n\n[d](e)';
      const { links, facts } = scanMarkdown(text);
      assert.deepEqual(
        links.map((link) => written(text, link)),
        ['/a', '/b', '/c', 'e'],
      );
      assert.equal(facts.title, 'T');
    });

    it('is none without its end, or further down', () => {
      assert.deepEqual(
        scan('---\ncanonical: https://x.org\n').map(({ element }) => element),
        ['md-autolink'],
      );
      assert.deepEqual(
        scan('a\n\n---\ncanonical: /x\n---\n').map(({ element }) => element),
        [],
      );
    });
  });

  const TITLES: readonly (readonly [text: string, title: string | null])[] = [
    ['text\n\n# A *b* `c` [d](e) ![f](g) #\n\n# H', 'A b c d f'],
    ['A\nb\n===', 'A b'],
    ['> ## In a quote', 'In a quote'],
    ['#\n\n## After an empty one', 'After an empty one'],
    ['<h1 align="center">\n  <img src="a.png"> A &amp; B\n</h1>\n\n# Later', 'A & B'],
    ['<h1>never closed\n\n# Later', 'Later'],
    ['no heading', null],
    ['    # code\n```\n# code\n```', null],
  ];
  for (const [text, title] of TITLES) it(`title of ${JSON.stringify(text)}`, () => assert.equal(scanMarkdown(text).facts.title, title));

  it('resolves by a base in its HTML', () => {
    const { links, facts } = scanMarkdown('[a](b)\n\n<base href="/c/">\n', { url: 'https://x.org/d/e' });
    assert.deepEqual([links[0]?.resolved, facts.base], ['https://x.org/c/b', 'https://x.org/c/']);
  });
});
