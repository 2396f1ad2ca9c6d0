/** Resolution is what browsers do: the fast way and the parser's are the same on the WPT cases, on real links and on generated ones. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { scanHtml } from '../../../server/src/scan/html.ts';
import { FastBase, urlForm } from '../../../server/src/urls/fastResolve.ts';
import { isWebUrl, resolverFor, resolveUrl } from '../../../server/src/urls/resolve.ts';
import { archivePages } from '../../support/archivePages.ts';
import { itWithData } from '../../support/data.ts';

interface WptCase {
  readonly input: string;
  readonly base: string | null;
  readonly href?: string;
  readonly failure?: boolean;
}

const BASES = [
  undefined,
  'https://site.example/docs/page.html?q=1#part',
  'http://site.example:8080',
  'https://user:pw@site.example/a/',
  'http://[::1]/x/y',
  'http://192.168.0.1/x',
  'file:///home/me/page.html',
  'data:text/html,x',
  'no base',
  'https://site.example/a;b/c%20d/%7e?x',
];

/** Everything the fast way looks at, and what it must leave to the parser. */
const PARTS = [
  ...'http:// https:// HTTP:// http: // / ? # . .. /. /.. %2e %2E % %2 %20 %zz : @ :80 :443 :8080 a A x.y'.split(' '),
  ...'site.example SITE.example xn--bcher-kva.example a--b.example -a.example a-.example bücher.example 1.2.3.4 0x7f.1 a.1 a.0x1'.split(' '),
  ...'\\ | [ ] ^ ` { } < > " \' ~ ! $ & ( ) * + , ; = _ - é \uD800 \u0000 mailto: javascript: data: index.html a:b 1:b a/b:c'.split(' '),
  ' ',
  '\t',
  '\n',
];

const same = (raw: string, base: string | undefined) =>
  assert.equal(
    resolverFor(base)(raw),
    resolveUrl(raw, base !== undefined && URL.canParse(base) ? base : undefined),
    `${JSON.stringify(raw)} on ${base}`,
  );

describe('URL resolution', () => {
  const CASES: readonly (readonly [string, string | undefined, string | null])[] = [
    ['https://site.example', undefined, 'https://site.example/'],
    ['/a', 'https://site.example/docs/', 'https://site.example/a'],
    ['a', 'https://site.example/docs/page', 'https://site.example/docs/a'],
    ['../a', 'https://site.example/docs/page', 'https://site.example/a'],
    ['?b', 'https://site.example/docs/page?a#c', 'https://site.example/docs/page?b'],
    ['#d', 'https://site.example/docs/page?a#c', 'https://site.example/docs/page?a#d'],
    ['', 'https://site.example/docs/page?a#c', 'https://site.example/docs/page?a'],
    ['//other.example/x', 'http://site.example/', 'http://other.example/x'],
    ['a', undefined, null],
    ['http://[', 'https://site.example/', null],
    ['mailto:a@b', 'https://site.example/', 'mailto:a@b'],
    ['HTTPS://Bücher.example', undefined, 'https://xn--bcher-kva.example/'],
  ];
  for (const [raw, base, expected] of CASES) {
    it(`${JSON.stringify(raw)} on ${base}`, () => {
      assert.equal(resolverFor(base)(raw), expected);
      assert.equal(resolveUrl(raw, base), expected);
    });
  }

  it('knows the two schemes that have backlinks', () => {
    for (const url of ['http://a', 'https://a', 'HTTPS://A']) assert.ok(isWebUrl(url));
    for (const url of ['ftp://a', 'mailto:a@b', '//a', 'http:a', '']) assert.ok(!isWebUrl(url));
  });

  it('is the same both ways on generated URLs', () => {
    let count = 0;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PARTS), { maxLength: 8 }), fc.constantFrom(...BASES), (parts, base) => {
        same(parts.join(''), base);
        count++;
      }),
      { numRuns: 40_000, seed: 5 },
    );
    console.log(`      ${count} generated URLs, 0 differences`);
  });

  itWithData('is what the WPT cases say', 'conformance/wpt-url', (folder) => {
    let count = 0;
    for (const file of ['urltestdata.json', 'urltestdata-javascript-only.json']) {
      const cases = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as (WptCase | string)[];
      for (const test of cases) {
        if (typeof test === 'string') continue;
        const base = test.base ?? undefined;
        // A base that does not parse makes the URL constructor fail; a document then has no base.
        if (base !== undefined && !URL.canParse(base)) continue;
        const built = newUrl(test.input, base);
        assert.equal(resolverFor(base)(test.input), built, test.input);
        for (const other of BASES) same(test.input, other);
        count++;
      }
    }
    console.log(`      ${count} WPT cases, 0 differences from new URL`);
    assert.ok(count > 800);
  });

  itWithData('is the same both ways on every link of the archives', 'warc', async (folder) => {
    let count = 0;
    let fast = 0;
    for (const page of await archivePages(folder)) {
      if (!URL.canParse(page.url)) continue;
      const { links, facts } = scanHtml(page.html, { url: page.url });
      const base = new FastBase(new URL(facts.base ?? page.url));
      for (const { url, resolved } of links) {
        assert.equal(resolved, newUrl(url, facts.base ?? page.url), url);
        count++;
        if (base.resolve(url, urlForm(url, 0, url.length)) !== null) fast++;
      }
    }
    console.log(`      ${count} links, ${fast} of them the fast way, 0 differences from new URL`);
    assert.ok(fast > count * 0.9);
  });
});

function newUrl(input: string, base: string | undefined): string | null {
  try {
    return new URL(input, base).href;
  } catch {
    return null;
  }
}
