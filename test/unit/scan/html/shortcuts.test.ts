/** The patterns by which plain links and idle tags are passed over change nothing but the time a scan takes. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LinkDrafts } from '../../../../server/src/scan/drafts.ts';
import { AT, TagAttributes } from '../../../../server/src/scan/html/attributes.ts';
import { Collector } from '../../../../server/src/scan/html/collector.ts';
import { EL, ELEMENT_TRAITS, TRAIT } from '../../../../server/src/scan/html/elements.ts';
import { IDLE_ELEMENTS, IdleTags } from '../../../../server/src/scan/html/idleTags.ts';
import { FactsDraft } from '../../../../server/src/scan/html/pageFacts.ts';
import { HtmlScanner } from '../../../../server/src/scan/html/scanner.ts';
import { mattering } from '../../../../server/src/scan/html/urlRules.ts';
import { finishLinks } from '../../../../server/src/scan/numbering.ts';
import { PLAIN_ROOT_URL, URL_FORM, urlForm, WITH_AMPERSAND } from '../../../../server/src/urls/fastResolve.ts';
import { archivePages } from '../../../support/archivePages.ts';
import { dataPath, itWithData } from '../../../support/data.ts';

const BASE = 'https://page.example/folder/';

/** Takes no short cut. */
class SlowCollector extends Collector {
  override plainLink(tagStart: number): number {
    return tagStart;
  }
}
class NoIdleTags extends IdleTags {
  override behind(_text: string, at: number): number {
    return at;
  }
}

function scan(text: string, slowly: boolean): object {
  const drafts = new LinkDrafts();
  const facts = new FactsDraft();
  const collector = new (slowly ? SlowCollector : Collector)(text, 0, drafts, facts);
  new HtmlScanner(text, collector, new TagAttributes(), new (slowly ? NoIdleTags : IdleTags)()).run(0, Number.POSITIVE_INFINITY);
  collector.closeLink();
  return { links: finishLinks(drafts, BASE), facts: facts.finish((url) => url, BASE) };
}

/** How many links, for the count. */
function same(text: string): number {
  const quick = scan(text, false);
  assert.deepEqual(quick, scan(text, true));
  return 'links' in quick && Array.isArray(quick.links) ? quick.links.length : 0;
}

const PIECES = [
  '<a href="/',
  '<A href="/',
  '<a  href="/',
  '<a href="//',
  "<a href='/",
  '<a href="/x" class="y">',
  '<a>',
  '</a>',
  '</A>',
  '</a >',
  '">',
  '" >',
  '"/>',
  'path',
  '/',
  '.',
  '/../',
  '%2e',
  '%',
  '%C3',
  '&x=1',
  '&amp;',
  '&copy',
  '?q',
  '#f',
  ':',
  '\u00e9',
  '\u{1F517}',
  '\0',
  ' ',
  '  ',
  '\n',
  '\u00a0',
  'words',
  'two words',
  '<img src="/i.png" alt="alt">',
  '<b>',
  '</b>',
  '<div class="c">',
  '<div class="c" style="color:red">',
  '<div style="background:url(/b.png)">',
  '<td background="/b.png">',
  '<td align="left" background="/c.png">',
  '<tr style="a" valign="top">',
  '<li onclick="location=\'/js\'">',
  '<li title="(">',
  '<DIV>',
  '<div class=c>',
  '<div class="',
  '<span lang="de">',
  '</div>',
  '</div class="x">',
  '<h1>',
  '<svg>',
  '</svg>',
  '<script>',
  '</script>',
  '<!--',
  '-->',
  '<base href="/base/">',
];

describe('scan: short cuts', () => {
  it('change nothing in 60,000 documents of pieces', () => {
    let links = 0;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 24 }), (pieces) => {
        links += same(pieces.join(''));
      }),
      { numRuns: 60_000, seed: 23 },
    );
    console.log(`      ${links} links`);
    assert.ok(links > 30_000);
  });

  itWithData('change nothing in the pages of the archives', 'warc', async () => {
    let links = 0;
    for (const { html } of await archivePages(dataPath('warc') ?? '')) links += same(html);
    console.log(`      ${links} links`);
    assert.ok(links > 30_000);
  });

  it('take only addresses that stay as they are', () => {
    const pattern = new RegExp(`^${PLAIN_ROOT_URL}$`);
    let taken = 0;
    const parts = ['/', 'a', '.', '-', '%2e', '%2E', '%20', '%', '&', '&a=', '&amp;', '?', '#', ':', '@', "'", '"', '\\', '\u00e9', '=', '1'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 10 }), (pieces) => {
        const url = `/${pieces.join('')}`;
        if (!pattern.test(url)) return;
        taken++;
        assert.equal(urlForm(url, 0, url.length) & ~WITH_AMPERSAND, URL_FORM.root, url);
        assert.equal(new URL(url, BASE).href, `https://page.example${url}`);
      }),
      { numRuns: 50_000, seed: 29 },
    );
    assert.ok(taken > 1_000, `${taken}`);
  });

  for (const name of IDLE_ELEMENTS.flatMap((element) => (element === 'h[1-6]' ? ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'] : [element]))) {
    it(`<${name}> has no address but a background, and no content of its own kind`, () => {
      const element = Object.entries(EL).find(([known]) => known === name)?.[1] ?? 0;
      assert.equal(mattering(element) & ~(1 << AT.background), 0);
      assert.equal((ELEMENT_TRAITS[element] ?? 0) & (TRAIT.content | TRAIT.foreign), 0);
    });
  }

  for (const [what, text] of Object.entries({
    'an address of a million folders': `<a href="/${'a/'.repeat(1_000_000)}">x</a>`,
    'an address of a million references': `<a href="/${'&a='.repeat(1_000_000)}">x</a>`,
    'a million words': `<a href="/x">${'word '.repeat(1_000_000)}</a>`,
    'a million attributes': `<div${' class="a"'.repeat(1_000_000)}>`,
    'a value that never ends': '<div class="'.repeat(100_000),
    'an address that never ends': '<a href="/x'.repeat(100_000),
    'words that never end': '<a href="/x">word word'.repeat(100_000),
  })) {
    it(`read ${what}`, () => void same(text));
  }
});
