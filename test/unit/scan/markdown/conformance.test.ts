/** CommonMark and GFM: no difference from micromark in what is found and where, on the examples of both specifications and on a table of our own. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { decodeHTMLStrict } from 'entities';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { normalizeUri } from 'micromark-util-sanitize-uri';
import { scanMarkdown } from '../../../../server/src/scan/markdown.ts';
import { itWithData } from '../../../support/data.ts';
import { KNOWN_DIFFERENCES } from './knownDifferences.ts';
import { differences } from './sites.ts';

/** Corner cases of both phases; what is expected is what micromark says, which runs everywhere. */
const CASES = [
  '[a](b) [a](<b c>) [a](b "t") [a](b\n\'t\n\') [a]( b (t) ) [a]() [a](<>)',
  '[a](b(c(d))) [a](b\\)) [a](b(c) [a](<b\\>c>) [a](<b>c) [a](b c)',
  '[a [b](c) d](e) ![a [b](c) d](e) [![a](b)](c) [a ![b [c](d)](e)](f)',
  '[a]: b\n[c]: <d>\n  "title\n  more"\n[E  F]: g\n\n[a] [a][] [x][a] [x] [a] [c] [e\nf] ![a] ![x][c]',
  '[a]: b "t" c\n[d]: e\n\n[a] [d]',
  '[foo]: /a\n===\n[foo]',
  '[a]: b\n\n[a](c [a][x [a][x] [a](c)[x]',
  '`[a](b)` [a`](b)` [a](b`)` ``[a](`b)`` \\[a](b) [a\\](b)',
  '<http://a.b/[c](d)> [a<http://x.y](z)> <a href="](c)"> [b](d)',
  'www.a.b http://a.b/c(d)). https://a_b.c http://a.b&amp; http://a.b&x; (www.a.b), x@y.zz. x@y.z_ +www.a',
  '[www.a.b](c) [http://a.b see [x](y) www.z.q',
  '> [a](b\n> "c\n> d")\n> [e](f)\nlazy [g](h)\n\n> - > [i](j)\n>   > [k](l)',
  '- [a](b)\n\n  [c](d)\n\n      [not](code)\n- \n\n  [e](f)\n10) [g](h)',
  '    [code](x)\n\n\t[code](x)\n\n```\n[code](x)\n```\n~~~ a `\n[code](x)\n~~~~\n[a](b)',
  '<div>\n[a](b)\n\n[c](d)\n</div>\n\n<!-- [e](f)\n\n[g](h) --> [i](j)\n[k](l)',
  '<script>\n[a](b)\n\n</script> [c](d)\n[e](f)\n<x>\n[g](h)\n\n<x>\n[i](j)',
  '# [a](b) #\n## [c](d)##\n[e](f)\n---\n[g](h)\n===\n***\n[i](j)',
  '| [a](b) | `|` [c](d) |\n|--|--|\n| [e](f \\| g) | [h](i|j) |\n[k](l)\n\n[m](n)',
  'a\n| [b](c) |\n|-|\n[d](e) | [f](g)\n> [h](i)',
  '[^1]: [a](b)\n    [c](d)\n\n    [e](f)\n\n[^1](g) [^2](h) ![^1](i)\n[x]: y\n',
  '[a](b)\r\n\r\n> [c](d)\r[e](f)\n\n[g](\r\nh)',
  '[ẞ]: a\n[ΑΓΩ]: b\n\n[SS] [αγω] [ss]',
] as const;

describe('Markdown against micromark', () => {
  for (const text of CASES) {
    it(JSON.stringify(text), () => assert.deepEqual(differences(text), []));
  }

  it('has no difference that its list does not hold', () => {
    for (const { reason, applies, example } of KNOWN_DIFFERENCES) {
      assert.ok(applies(example), reason);
      assert.notDeepEqual(differences(example), [], reason);
    }
  });

  itWithData('finds what micromark finds, with the same ranges and values, in every specification example', 'conformance', (folder) => {
    let examples = 0;
    let found = 0;
    for (const name of ['commonmark/spec', 'gfm/spec', 'gfm/extensions', 'gfm/regression']) {
      for (const { markdown, example } of readExamples(path.join(folder, `${name}.json`))) {
        assert.deepEqual(differences(markdown), [], `${name} ${example}: ${JSON.stringify(markdown)}`);
        // HTML shows an image's text without the links and images in it.
        if (!/!\[[^\]]*\[/.test(markdown))
          assert.deepEqual(ourValues(markdown), theirValues(markdown), `${name} ${example}: ${JSON.stringify(markdown)}`);
        examples++;
        found += scanMarkdown(markdown).links.length;
      }
    }
    console.log(`      ${examples} examples, ${found} links, 0 differences`);
    assert.ok(examples > 1_300 && found > 500);
  });
});

function readExamples(file: string): { markdown: string; example: number }[] {
  return JSON.parse(readFileSync(file, 'utf8')) as { markdown: string; example: number }[];
}

/** The values of links and images as they would be written into HTML. */
function ourValues(text: string): string[] {
  const { links } = scanMarkdown(text);
  return links
    .filter(({ element, role }) => element.startsWith('md-') && role !== 'definition')
    .map(({ url }) => normalizeUri(url))
    .sort();
}

function theirValues(text: string): string[] {
  const html = micromark(text, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousProtocol: true });
  const values = [...html.matchAll(/<(?:a href|img src)="([^"]*)"([^>]*)/g)]
    .filter(([, , rest]) => !/data-footnote/.test(rest ?? ''))
    .map(([, value]) => decodeHTMLStrict(value ?? ''));
  return values.sort();
}
