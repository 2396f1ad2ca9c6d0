/** After any edit an open template or MDX document gives exactly what a full scan gives, and keeps the links that the edit leaves alone. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { openDocument } from '../../../server/src/scan/incremental.ts';
import type { ScannerKind } from '../../../server/src/scan/languages.ts';
import type { ScanOptions } from '../../../server/src/scan/link.ts';
import { SCANNERS } from '../../../server/src/scan/scanners.ts';

interface Language {
  readonly name: string;
  readonly kind: ScannerKind;
  readonly options: ScanOptions;
  /** What opens and closes its tags, beside the markup of all. */
  readonly pieces: readonly string[];
}

const url = 'https://site.example/docs/';
const MARKUP = [
  '<a href="',
  '/page',
  '"',
  '>',
  'word',
  '</a>',
  ' ',
  '\n',
  '\n\n',
  '<base href="',
  '<img src=',
  '<script>',
  '</script>',
  '<!--',
  '-->',
];

const LANGUAGES: readonly Language[] = [
  { name: 'liquid', kind: 'html', options: { url, template: 'liquid' }, pieces: ['{{', '}}', '{%', '%}', '{% if a > "b" %}', '{{ url }}'] },
  { name: 'handlebars', kind: 'html', options: { url, template: 'handlebars' }, pieces: ['{{!--', '--}}', '{{{', '}}}', '{{', '}}'] },
  { name: 'astro', kind: 'html', options: { url, template: 'astro' }, pieces: ['---\n', '{', '}', '`', 'href={x}', '<A {...b}>'] },
  { name: 'php', kind: 'html', options: { url, template: 'php' }, pieces: ['<?php', '?>', '<?= $a ?>'] },
  {
    name: 'mdx',
    kind: 'markdown',
    options: { url, mdx: true },
    pieces: ['href={"/x"}', '<Link to="/y">', '{', '}', '[a](/b)', 'import a from "./b"\n', '<', '# '],
  },
];

const PARAGRAPH = '<p>word <a href="/one">one</a></p>\n\n[two](/two)\n\n';

const edits = fc.array(
  fc.record({ place: fc.double({ min: 0, max: 1, noNaN: true }), removed: fc.integer({ min: 0, max: 12 }), piece: fc.nat({ max: 1000 }) }),
  { minLength: 1, maxLength: 6 },
);

describe('open documents of other languages', () => {
  for (const { name, kind, options, pieces } of LANGUAGES) {
    const all = [...MARKUP, ...pieces, ...pieces];
    const pick = (number: number) => all[number % all.length] ?? '';

    it(`${name} is the same as a full scan after random edits`, () => {
      let count = 0;
      fc.assert(
        fc.property(fc.array(fc.nat({ max: 1000 }), { maxLength: 60 }), fc.constantFrom(0, 0, 400), edits, (start, paragraphs, list) => {
          // Long ones have several parts.
          let text = start.map(pick).join('') + PARAGRAPH.repeat(paragraphs) + start.map(pick).join('');
          const document = openDocument(kind, text, options);
          for (const { place, removed, piece } of list) {
            const at = Math.floor(place * text.length);
            const end = Math.min(text.length, at + removed);
            const inserted = pick(piece);
            text = text.slice(0, at) + inserted + text.slice(end);
            const result = document.update(text, { start: at, removed: end - at, inserted: inserted.length });
            assert.equal(JSON.stringify(result), JSON.stringify(SCANNERS[kind](text, options)), text);
            count++;
          }
        }),
        { numRuns: 400, seed: 17 },
      );
      console.log(`      ${count} edits, 0 differences`);
    });
  }

  it('keeps the links that an edit leaves alone', () => {
    const [liquid] = LANGUAGES;
    const page = '<p>{{ a }} <a href="/one">one</a></p>\n'.repeat(500);
    const document = openDocument('html', page, liquid?.options);
    const last = document.result.links.at(-1);
    const updated = document.update(`{{ b }}${page}`, { start: 0, removed: 0, inserted: 7 });
    assert.equal(updated.links.at(-1), last);
  });
});
