/**
 * The Markdown scanner never throws, keeps its promises and finds what micromark finds: on generated documents, on mutated real ones, on
 * hostile text. FUZZ_RUNS sets the number of documents (200,000 unless told otherwise); micromark sees one in twenty.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ScanOptions } from '../../server/src/scan/link.ts';
import { scanMarkdown } from '../../server/src/scan/markdown.ts';
import { mayDiffer } from '../unit/scan/markdown/knownDifferences.ts';
import { realDocuments } from '../unit/scan/markdown/realDocuments.ts';
import { differences } from '../unit/scan/markdown/sites.ts';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 200_000);
const COMPARED = 20;

/** Pieces that the two phases tell apart. */
const PIECES = [
  ...'[]()<>`*_~\\!:@.|-+#=&;"\' \t\n\r{}a1'.split(''),
  ...['](', '](/u)', '][a]', '[]', '[a]', '[a]: ', '[^a]', '[^a]: ', '![', '[[', ']]', '\\[', '\\]', '\\`'],
  ...['http://a.b', 'https://x.y/z', 'www.a.b', 'a@b.cd', '<http://a>', '<a@b.c>', '/u', '"t"', '&amp;', '&lt'],
  ...['<a href="x">', '</a>', '<div>', '<x>', '<pre>', '</pre>', '<!--', '-->', '<?', '?>', '<![CDATA[', ']]>', '<!A'],
  ...['\n', '\n\n', '\r\n', '    ', '- ', '* ', '1. ', '14. ', '2) ', '> ', '>', '# ', '---', '===', '```', '~~~', '``', '**'],
  ...['|-|', ':-', '-|-', '\n|a|b|\n|-|-|\n', '---\n', '+++\n', 'url: ', 'aliases: [', 'import a from "./b"\n', '<L to={"'],
  ...['ü', '“', '\u{1F600}', '\uD800', '\uDC00', '\0', '\u00A0', '\uFEFF', '\u2028', 'İ'],
];

const OPTIONS: readonly ScanOptions[] = [{}, { url: 'https://site.example/docs/' }, { wikiLinks: true }, { mdx: true, wikiLinks: true }];

function scanned(text: string, options: ScanOptions): number {
  const { links } = scanMarkdown(text, options);
  let last = 0;
  let position = 0;
  for (const { span, url, resolved, position: number, text: words } of links) {
    if (span.start < last || span.end < span.start || span.end > text.length) assert.fail(`span ${span.start}..${span.end} after ${last}`);
    last = span.start;
    if (number !== null && number !== ++position) assert.fail(`position ${number} after ${position - 1}`);
    if (typeof url !== 'string' || typeof words !== 'string') assert.fail('a field of the wrong type');
    if (resolved !== null && !URL.canParse(resolved)) assert.fail(`${url} resolved to ${resolved}`);
  }
  return links.length;
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

describe('Markdown scanner under fuzzing', () => {
  it(`never throws on ${RUNS} generated and mutated documents, and finds in some what micromark finds`, function () {
    this.timeout(900_000);
    const below = generator(20_261_123);
    const real = realDocuments().filter(({ text }) => text.length > 0);
    let links = 0;
    let compared = 0;
    for (let run = 0; run < RUNS; run++) {
      let text = '';
      if (run % 4 === 0) {
        const whole = real[below(real.length)]?.text ?? '';
        const start = below(whole.length);
        text = whole.slice(start, start + below(600));
        for (let cut = below(6); cut > 0; cut--) {
          const at = below(text.length + 1);
          text = text.slice(0, at) + (PIECES[below(PIECES.length)] ?? '') + text.slice(at + below(5));
        }
      } else for (let count = below(24); count > 0; count--) text += PIECES[below(PIECES.length)] ?? '';
      links += scanned(text, OPTIONS[run % OPTIONS.length] ?? {});
      if (run % COMPARED === 0 && comparable(text)) {
        assert.deepEqual(differences(text), [], JSON.stringify(text));
        compared++;
      }
    }
    console.log(`      ${RUNS} documents, ${links} links; ${compared} compared with micromark`);
    assert.ok(links > RUNS / 20 && compared > RUNS / COMPARED / 4);
  });

  it('never throws on any string, with any address', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.option(fc.oneof(fc.webUrl(), fc.string()), { nil: undefined }), (text, url) => {
        for (const options of OPTIONS) {
          scanned(text, { ...options, url });
          scanned(`[a](${text})\n\n> [${text}](b)\n\n[${text}]: ${text}`, { ...options, url });
        }
      }),
      { numRuns: 2_000 },
    );
  });

  const MEGABYTE = 1_000_000;
  const HOSTILE: Readonly<Record<string, string>> = {
    'a megabyte without a newline': 'a'.repeat(MEGABYTE),
    'a megabyte of NUL': '\0'.repeat(MEGABYTE),
    'a megabyte of lone surrogates': '\uD800'.repeat(MEGABYTE),
    'a megabyte of newlines': '\n'.repeat(MEGABYTE),
    'one URL of a megabyte': `[a](/${'a'.repeat(MEGABYTE)})`,
    'one bare URL of a megabyte': `https://a.b/${'a'.repeat(MEGABYTE)}`,
    'one link text of a megabyte': `[${'word *a* '.repeat(MEGABYTE / 9)}](b)`,
    'one label of a megabyte': `[${'a'.repeat(MEGABYTE)}]: b`,
    'half a million nested lists': `${'- '.repeat(MEGABYTE / 2)}a`,
    'half a million nested quotes': `${'>'.repeat(MEGABYTE / 2)}a\n[b](c)`,
    'images in images': '!['.repeat(MEGABYTE / 7) + '](x)'.repeat(MEGABYTE / 7),
    'front matter without end': `---\n${'a: b\n'.repeat(MEGABYTE / 5)}`,
  };
  for (const [name, text] of Object.entries(HOSTILE)) {
    it(`stands ${name}`, () => {
      for (const options of OPTIONS) assert.ok(scanned(text, options) >= 0);
    });
  }
});

/** Front matter and the byte order mark are ours alone; lone surrogates and NUL change in micromark's hands. */
function comparable(text: string): boolean {
  return !/^(?:---|\+\+\+|\uFEFF)/.test(text) && !/[\0\uD800-\uDFFF\uFEFF]/.test(text) && !mayDiffer(text);
}
