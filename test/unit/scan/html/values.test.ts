/** URLs inside values: srcset, meta refresh, style sheets, JSON-LD, scripts, and the way back from a decoded value to the document. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { decodeHTMLAttribute } from 'entities';
import fc from 'fast-check';
import { cssUrls } from '../../../../server/src/scan/html/css.ts';
import { jsonUrls } from '../../../../server/src/scan/html/jsonLd.ts';
import { refreshUrl } from '../../../../server/src/scan/html/refresh.ts';
import { scriptLocations } from '../../../../server/src/scan/html/scriptLocation.ts';
import { splitSrcset } from '../../../../server/src/scan/html/srcset.ts';
import { collapse, decodeText, tracedValue } from '../../../../server/src/scan/html/value.ts';
import { itWithData } from '../../../support/data.ts';

function candidates(text: string): string[] {
  const found: string[] = [];
  splitSrcset(text, (start, end) => found.push(text.slice(start, end)));
  return found;
}

/** Pieces as `source -> url`; the source is what stands at the given range. */
const pieces = (text: string, found: readonly { start: number; end: number; url: string }[]) =>
  found.map(({ start, end, url }) => (text.slice(start, end) === url ? url : `${text.slice(start, end)} -> ${url}`));

describe('srcset', () => {
  const CASES: readonly (readonly [string, readonly string[]])[] = [
    ['', []],
    [' , ,, ', []],
    ['a.png', ['a.png']],
    ['a.png 1x, b.png 2x', ['a.png', 'b.png']],
    ['a.png,b.png', ['a.png,b.png']],
    ['a.png, b.png', ['a.png', 'b.png']],
    ['a.png,, , b.png', ['a.png', 'b.png']],
    ['data:image/png;base64,AA== 1x, b.png', ['data:image/png;base64,AA==', 'b.png']],
    ['a.png (,) 1x, b.png', ['a.png', 'b.png']],
    ['a.png (, b.png', ['a.png']],
    ['\n  a.png\t100w\n, b.png 200w\n', ['a.png', 'b.png']],
  ];
  for (const [text, urls] of CASES) it(JSON.stringify(text), () => assert.deepEqual(candidates(text), urls));

  itWithData('finds the URL that the WPT cases select', 'conformance/wpt-srcset', (folder) => {
    const cases = JSON.parse(readFileSync(path.join(folder, 'parse-a-srcset-attribute.subset.json'), 'utf8')) as [string, string][];
    for (const [text, selected] of cases) {
      // A candidate whose descriptor is wrong is not selected, but it is a URL of the document.
      if (selected === '')
        assert.ok(
          candidates(text).every((url) => url.startsWith('data:')),
          text,
        );
      else assert.ok(candidates(text).includes(selected), text);
    }
    console.log(`      ${cases.length} WPT cases`);
    assert.ok(cases.length > 30);
  });
});

describe('meta refresh', () => {
  const CASES: readonly (readonly [string, string | null])[] = [
    ['5', null],
    ['', null],
    ['soon; url=/a', null],
    ['5; url=/a', '/a'],
    ['5;URL=/a', '/a'],
    ['0.5 , url = /a b ', '/a b '],
    ['5 /a', '/a'],
    ["5; url='/a' ignored", '/a'],
    ['5; url="/a', '/a'],
    ['5; url=', null],
    ['5; urlish', 'urlish'],
    ['.; url=/a', '/a'],
    [' 5;url=/a', '/a'],
  ];
  for (const [content, url] of CASES) {
    it(JSON.stringify(content), () => {
      const range = refreshUrl(content);
      assert.equal(range === null ? null : content.slice(range.start, range.end), url);
    });
  }
});

describe('style sheets', () => {
  const CASES: readonly (readonly [string, readonly string[]])[] = [
    ['a { background: url(x.png) }', ['x.png']],
    ['a { background: URL( "x y.png" ), url(\'z.png\') }', ['x y.png', 'z.png']],
    ['@import "a.css"; @import url(b.css); @IMPORT\'c.css\'', ['a.css', 'b.css', 'c.css']],
    ['/* url(no.png) */ a::before { content: "url(no.png)" } b { src: url(y.woff) }', ['y.woff']],
    ['url(a\\)b.png) url(\\66 oo)', ['a\\)b.png -> a)b.png', '\\66 oo -> foo']],
    ['url()', []],
    ['url(open', ['open']],
    ['/* open url(x)', []],
    ['"open\nurl(x)', ['x']],
  ];
  for (const [text, urls] of CASES) it(JSON.stringify(text), () => assert.deepEqual(pieces(text, cssUrls(text)), urls));
});

describe('JSON-LD', () => {
  const CASES: readonly (readonly [string, readonly string[]])[] = [
    ['{"url": "https://site.example/a"}', ['https://site.example/a']],
    ['{"url": "https:\\/\\/site.example\\/a"}', ['https:\\/\\/site.example\\/a -> https://site.example/a']],
    ['{"https://site.example/key": "HTTP://site.example/b"}', ['HTTP://site.example/b']],
    ['["https://a.example", "text https://no.example", "https is a word", "/relative"]', ['https://a.example']],
    ['{"a": "unclosed https://', []],
    ['{"a" : "x\\"https://no.example"}', []],
    ['not json "https://a.example/x" at all', ['https://a.example/x']],
  ];
  for (const [text, urls] of CASES) it(text, () => assert.deepEqual(pieces(text, jsonUrls(text)), urls));
});

describe('script locations', () => {
  const CASES: readonly (readonly [string, readonly string[]])[] = [
    ["location='/a'", ['/a']],
    ['window.location = "/a"; return false', ['/a']],
    ["document.location.href='/a'", ['/a']],
    ["top.location.assign('/a')", ['/a']],
    ['self.location.replace( "/a" )', ['/a']],
    ['location=`/a`', ['/a']],
    ["location='/a'; location='/b'", ['/a', '/b']],
    ["location='https:\\/\\/a.example\\x2f'", ['https:\\/\\/a.example\\x2f -> https://a.example/']],
    ["location='/a?id=' + id", []],
    ["location='/a'.concat(b)", []],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: source text of a script
    ['location=`/a/${b}`', []],
    ["location == '/a'", []],
    ["location === '/a'", []],
    ["mylocation='/a'", []],
    ["allocation.href='/a'", []],
    ['location=there', []],
    ["location=''", []],
    ["location='open", []],
    ["window.open('/a')", []],
    ["location.hash='#a'", []],
  ];
  for (const [script, urls] of CASES) it(script, () => assert.deepEqual(pieces(script, scriptLocations(script)), urls));
});

describe('values', () => {
  it('know where each character of a decoded value stands', () => {
    const raw = 'a&amp;b&#x2F;c&nosuch;&d&lt;';
    const { text, sourceOf } = tracedValue(raw, 100);
    assert.equal(text, 'a&b/c&nosuch;&d<');
    const expected: Readonly<Record<string, number>> = { a: 0, b: 6, '/': 7, c: 13, d: 23, '<': 24 };
    for (const [character, offset] of Object.entries(expected)) assert.equal(sourceOf(text.indexOf(character)), 100 + offset, character);
    assert.equal(sourceOf(text.length), 100 + raw.length);
  });

  it('decode in pieces as in one', () => {
    const parts = fc.constantFrom(
      '&',
      '&amp',
      '&amp;',
      '&copy',
      '&copy=',
      '&notit;',
      '&NotEqualTilde;',
      '&#38;',
      '&#x',
      '&#128;',
      '&#0',
      ';',
      '=',
      'a',
      '1',
      '&&',
    );
    fc.assert(
      fc.property(fc.array(parts), (list) => {
        const raw = list.join('');
        const { text, sourceOf } = tracedValue(raw, 0);
        assert.equal(text, decodeHTMLAttribute(raw));
        for (let index = 1; index <= text.length; index++) assert.ok(sourceOf(index) >= sourceOf(index - 1), raw);
      }),
      { numRuns: 5_000, seed: 2 },
    );
  });

  it('normalise line ends, NUL and blanks', () => {
    assert.equal(decodeText('a\r\nb\rc\0&lt;'), 'a\nb\nc\uFFFD<');
    assert.equal(collapse(' a \n\t b\u00A0 c '), 'a b c');
    assert.equal(collapse('plain words'), 'plain words');
  });
});
