/** After any edit an open HTML document gives exactly what a full scan gives. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { HtmlDocument } from '../../../../server/src/scan/html/document.ts';
import { scanHtml } from '../../../../server/src/scan/html.ts';
import { editBetween } from '../../../../server/src/scan/incremental.ts';
import { archivePages } from '../../../support/archivePages.ts';
import { itWithData } from '../../../support/data.ts';

/** What people and accidents put into documents, chosen to open and close what the scanner knows. */
const SNIPPETS = [
  'x',
  ' ',
  '\n',
  '<',
  '>',
  '"',
  "'",
  '=',
  '&amp;',
  '<!--',
  '-->',
  '<a href="/new">',
  '</a>',
  '<a href=x',
  '<script>',
  '</script>',
  '<style>',
  '</style>',
  '<svg>',
  '</svg>',
  '<![CDATA[',
  '<title>T</title>',
  '<base href="/b/">',
  '<img src=i alt=j>',
  '<plaintext>',
  '<textarea>',
  '<meta name=robots content=nofollow>',
  '',
];

interface RandomEdit {
  readonly place: number;
  readonly removed: number;
  readonly inserted: string;
}

const edits = fc.array(
  fc.record({
    place: fc.double({ min: 0, max: 1, noNaN: true }),
    removed: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 20_000 })),
    inserted: fc.oneof(fc.constantFrom(...SNIPPETS), fc.constantFrom(...SNIPPETS), fc.string({ maxLength: 8 })),
  }),
  { minLength: 1, maxLength: 8 },
);

/** Applies edits one by one and compares after each. */
function check(html: string, url: string, list: readonly RandomEdit[], partLength?: number): number {
  const document = new HtmlDocument(html, { url }, partLength);
  let text = html;
  for (const { place, removed, inserted } of list) {
    const start = Math.floor(place * text.length);
    const end = Math.min(text.length, start + removed);
    text = text.slice(0, start) + inserted + text.slice(end);
    const updated = document.update(text, { start, removed: end - start, inserted: inserted.length });
    assert.equal(
      JSON.stringify(updated),
      JSON.stringify(scanHtml(text, { url })),
      `${url}: ${JSON.stringify({ start, removed: end - start, inserted })}`,
    );
  }
  return list.length;
}

describe('open HTML document', () => {
  const everything = readFileSync(new URL('../../../fixtures/html/everything.html', import.meta.url), 'utf8');
  const url = 'https://site.example/';

  it('is the same as a full scan after random edits of a page with everything', () => {
    // Repeated, the page has many parts.
    const page = everything
      .replace('<base href="https://site.example/docs/">', '')
      .replace(/<a href="cut\s*$/, '')
      .repeat(8);
    let count = 0;
    fc.assert(
      fc.property(edits, (list) => {
        count += check(page, url, list);
      }),
      { numRuns: 150, seed: 7 },
    );
    console.log(`      ${count} edits, 0 differences`);
  });

  it('is the same with the smallest parts, which end wherever they can', () => {
    const pieces = fc.array(fc.constantFrom(...SNIPPETS, '<p>', 'word', '<a href=y rel=ugc>z</a>'), { maxLength: 30 });
    let count = 0;
    fc.assert(
      fc.property(pieces, edits, (text, list) => {
        count += check(text.join(''), url, list, 1);
      }),
      { numRuns: 10_000, seed: 13 },
    );
    console.log(`      ${count} edits, 0 differences`);
  });

  it('is the same at every single offset', () => {
    const page = `${'<p>word <a href="/one">one</a></p>\n'.repeat(400)}<a href="/two">two</a>`;
    const document = new HtmlDocument(page, { url });
    let text = page;
    // Around each place where a part may begin.
    for (let start = 4080; start < 4180; start++) {
      for (const inserted of ['<', 'b']) {
        text = text.slice(0, start) + inserted + text.slice(start);
        assert.deepEqual(document.update(text, { start, removed: 0, inserted: 1 }), scanHtml(text, { url }), `${inserted} at ${start}`);
      }
    }
  });

  it('keeps the links that an edit leaves alone, moved in place', () => {
    const page = '<a href="/one">one</a>\n<a href="/two">two</a>'.repeat(500);
    const document = new HtmlDocument(page, { url });
    const last = document.result.links.at(-1);
    const place = last?.span.start ?? 0;
    const updated = document.update(`<a href=x>${page}`, { start: 0, removed: 0, inserted: 10 }).links.at(-1);
    assert.equal(updated, last);
    assert.deepEqual([updated?.span.start, updated?.position], [place + 10, 1001]);
  });

  it('follows a new base, an emptied document and a filled one', () => {
    const document = new HtmlDocument('<a href=x>', { url });
    assert.equal(
      document.update('<base href="/b/"><a href=x>', { start: 0, removed: 0, inserted: 17 }).links[1]?.resolved,
      'https://site.example/b/x',
    );
    assert.deepEqual(document.update('', { start: 0, removed: 27, inserted: 0 }), scanHtml('', { url }));
    assert.deepEqual(document.update('<a href=y>', { start: 0, removed: 0, inserted: 10 }), scanHtml('<a href=y>', { url }));
  });

  itWithData('is the same as a full scan after random edits of real pages', 'warc', async (folder) => {
    const pages = (await archivePages(folder)).filter((page) => page.html.length > 1_000);
    let count = 0;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: pages.length - 1 }), edits, (index, list) => {
        const page = pages[index];
        if (page !== undefined) count += check(page.html, page.url, list);
      }),
      { numRuns: 400, seed: 11 },
    );
    console.log(`      ${count} edits of ${pages.length} real pages, 0 differences`);
  });
});

describe('editBetween', () => {
  it('finds the one edit between two texts', () => {
    assert.deepEqual(editBetween('abc', 'abXc'), { start: 2, removed: 0, inserted: 1 });
    assert.deepEqual(editBetween('aaa', 'aa'), { start: 2, removed: 1, inserted: 0 });
    assert.deepEqual(editBetween('', 'x'), { start: 0, removed: 0, inserted: 1 });
    assert.equal(editBetween('same', 'same'), null);
  });

  it('gives the new text when it is applied', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const edit = editBetween(before, after) ?? { start: 0, removed: 0, inserted: 0 };
        const inserted = after.slice(edit.start, edit.start + edit.inserted);
        assert.equal(before.slice(0, edit.start) + inserted + before.slice(edit.start + edit.removed), after);
      }),
    );
  });
});
