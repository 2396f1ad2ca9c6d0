/**
 * The HTML scanner never throws and always keeps its promises: on generated documents, on mutated real ones, on hostile text.
 * FUZZ_RUNS sets the number of documents (200,000 unless told otherwise).
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { scanHtml } from '../../server/src/scan/html.ts';
import type { ScanResult } from '../../server/src/scan/link.ts';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 200_000);

/** Pieces that the tokenizer and the readers of values tell apart. */
const PIECES = [
  ...'<>/="\'!-?&;#,()[]{}\\ \t\n\f\r\0:.@%+x1'.split(''),
  ...[
    '<a ',
    '<a href=',
    '</a>',
    '<img src=',
    ' srcset=',
    ' alt=',
    '<script>',
    '</script',
    '<!--',
    '-->',
    '--!>',
    '<![CDATA[',
    ']]>',
    '<svg>',
    '</svg>',
  ],
  ...['<math>', '<mi>', '<title>', '</title>', '<style>', '</style>', 'url(', '@import "', '/*', '*/', '<base href=', '<meta ', 'http-equiv=refresh'],
  ...[
    ' content="',
    '0;url=',
    ' onclick="',
    "location='",
    'javascript:',
    '<script type="application/ld+json">',
    '{"url":"https://',
    '<plaintext>',
    '<p>',
    '<td>',
  ],
  ...[
    'https://',
    'http://[',
    '//',
    '..',
    '&amp;',
    '&#',
    '&#x110000;',
    '&notit;',
    ' rel=',
    ' style=',
    ' xlink:href=',
    ' ping=',
    '<textarea>',
    '<link ',
    '<form action=',
  ],
  ...['\u{1F600}', '\uD800', '\uDC00', '\u00A0', '\uFEFF', '\u2028', 'İ', 'é', '%zz', '\\u00', '\\"'],
];

/** What holds for every result, whatever the text. */
function check(text: string, result: ScanResult): void {
  let last = 0;
  let position = 0;
  for (const { span, url, resolved, position: number, complete, text: words } of result.links) {
    if (span.start < last || span.end < span.start || span.end > text.length) assert.fail(`span ${span.start}..${span.end} after ${last}`);
    last = span.start;
    if (number !== null) {
      if (number < 1) assert.fail('a position below 1');
      position++;
    }
    if (typeof url !== 'string' || typeof words !== 'string' || typeof complete !== 'boolean') assert.fail('a field of the wrong type');
    if (resolved !== null && !URL.canParse(resolved)) assert.fail(`${url} resolved to ${resolved}`);
  }
  const numbers = result.links.flatMap((link) => link.position ?? []).sort((a, b) => a - b);
  if (numbers.some((number, index) => number !== index + 1) || numbers.length !== position) assert.fail('positions have gaps');
}

function scanned(text: string, url?: string): number {
  const result = scanHtml(text, { url });
  check(text, result);
  return result.links.length;
}

/** A small generator of its own: fast-check's would take minutes for so many documents. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

describe('HTML scanner under fuzzing', () => {
  const everything = readFileSync(new URL('../fixtures/html/everything.html', import.meta.url), 'utf8');

  it(`never throws on ${RUNS} generated and mutated documents`, function () {
    this.timeout(600_000);
    const below = generator(20_261_123);
    let links = 0;
    for (let run = 0; run < RUNS; run++) {
      let text = '';
      if (run % 4 === 0) {
        const start = below(everything.length);
        text = everything.slice(start, start + below(600));
        for (let cut = below(6); cut > 0; cut--) {
          const at = below(text.length + 1);
          text = text.slice(0, at) + (PIECES[below(PIECES.length)] ?? '') + text.slice(at + below(5));
        }
      } else for (let count = below(24); count > 0; count--) text += PIECES[below(PIECES.length)] ?? '';
      links += scanned(text, run % 3 === 0 ? undefined : 'https://site.example/docs/');
    }
    console.log(`      ${RUNS} documents, ${links} links`);
    assert.ok(links > RUNS / 20);
  });

  it('never throws on any string, with any address', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.option(fc.oneof(fc.webUrl(), fc.string()), { nil: undefined }), (text, url) => {
        scanned(text, url);
        scanned(`<a href="${text}" onclick="${text}"><style>${text}`, url);
      }),
      { numRuns: 2_000 },
    );
  });

  const MEGABYTE = 1_000_000;
  const HOSTILE: Readonly<Record<string, string>> = {
    'a megabyte without a newline': 'a'.repeat(MEGABYTE),
    'a megabyte of NUL': '\0'.repeat(MEGABYTE),
    'a megabyte of lone surrogates': '\uD800'.repeat(MEGABYTE),
    'lone surrogates in a URL': '<a href="\uDC00\uD800">\uD800</a>'.repeat(1_000),
    'one URL of a megabyte': `<a href="/${'a'.repeat(MEGABYTE)}">`,
    'one relative URL of dots': `<a href="${'../'.repeat(MEGABYTE / 3)}">`,
    'one attribute of a megabyte': `<a ${'b'.repeat(MEGABYTE)}=c href=d>`,
    'a hundred thousand attributes': `<a ${'b=c '.repeat(100_000)} href=d>`,
    'a hundred thousand handlers': `<a ${'onclick="location=1" '.repeat(50_000)} href=d>`,
    'references without end': `<a href="${'&amp'.repeat(250_000)}" srcset="${'&'.repeat(MEGABYTE)}">`,
    'a link that is never closed': `<a href=x>${'word '.repeat(MEGABYTE / 5)}`,
    'fifty thousand open svg elements': '<svg>'.repeat(50_000) + '</desc></p>'.repeat(50_000),
  };
  for (const [name, text] of Object.entries(HOSTILE)) it(`stands ${name}`, () => assert.ok(scanned(text, 'https://site.example/') >= 0));
});
