/** The HTML scanner against parse5 on every HTML page of every archive: the tokenizer for ranges, values and order, the tree for what is a link. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { scanHtml } from '../../../../server/src/scan/html.ts';
import type { Link } from '../../../../server/src/scan/link.ts';
import { type ArchivePage, archivePages } from '../../../support/archivePages.ts';
import { dataPath, itWithData } from '../../../support/data.ts';
import { parse5Tags } from '../../../support/parse5Tags.ts';

/** Attributes that hold one URL each, written down apart from the scanner's own table. */
const URL_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  a: ['href', 'xlink:href'],
  area: ['href'],
  audio: ['src', 'poster'],
  base: ['href'],
  blockquote: ['cite'],
  body: ['background'],
  button: ['formaction'],
  del: ['cite'],
  embed: ['src'],
  form: ['action'],
  frame: ['src', 'longdesc'],
  iframe: ['src', 'longdesc'],
  image: ['src', 'href', 'xlink:href'],
  img: ['src', 'longdesc'],
  input: ['src', 'formaction'],
  ins: ['cite'],
  link: ['href'],
  object: ['data'],
  q: ['cite'],
  script: ['src', 'href', 'xlink:href'],
  source: ['src'],
  table: ['background'],
  td: ['background'],
  th: ['background'],
  tr: ['background'],
  track: ['src'],
  use: ['href', 'xlink:href'],
  video: ['src', 'poster'],
};

const holdsUrl = (element: string, attribute: string | null) => attribute !== null && URL_ATTRIBUTES[element]?.includes(attribute) === true;
const trim = (text: string) => text.replace(/^[\0-\x20]+|[\0-\x20]+$/g, '');
const row = (element: string, attribute: string | null, start: number, end: number, url: string) => `${element} ${attribute} ${start}..${end} ${url}`;

/** What parse5's tokenizer finds, in the scanner's terms. */
function expectedLinks(html: string): string[] {
  const rows: string[] = [];
  for (const tag of parse5Tags(html)) {
    const isImageButton = tag.attributes.some(({ name, value }) => name === 'type' && value.trim().toLowerCase() === 'image');
    for (const { name, value, start, end } of tag.attributes) {
      if (!holdsUrl(tag.name, name) || (tag.name === 'input' && name === 'src' && !isImageButton)) continue;
      const raw = html.slice(start, end);
      const from = start + raw.length - raw.trimStart().length;
      // Of a script that sets the location only the literal is a link. An empty address names the document for a link and nothing elsewhere.
      if (/^javascript:location='[^']*'$/.test(trim(value))) continue;
      if (trim(raw) === '' && tag.name !== 'a' && tag.name !== 'area') continue;
      rows.push(row(tag.name, name, from, from + trim(raw).length, trim(value)));
    }
  }
  return rows;
}

/** Single URLs of whole tags, but for those that a script sets. */
function actualLinks(links: readonly Link[]): string[] {
  return links
    .filter((link) => link.complete && link.tag !== 'javascript' && holdsUrl(link.element, link.attribute))
    .map((link) => row(link.element, link.attribute, link.span.start, link.span.end, link.url));
}

/** The elements of a tree by start offset, in document order; the adoption agency gives clones the place of the original. */
function treeElements(html: string): Map<number, DefaultTreeAdapterTypes.Element[]> {
  const found = new Map<number, DefaultTreeAdapterTypes.Element[]>();
  const pending: DefaultTreeAdapterTypes.Node[] = [parse(html, { scriptingEnabled: false, sourceCodeLocationInfo: true })];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if ('childNodes' in node) pending.push(...node.childNodes.toReversed());
    if ('content' in node) pending.push(node.content);
    if (!('tagName' in node) || !node.sourceCodeLocation) continue;
    const offset = node.sourceCodeLocation.startOffset;
    found.set(offset, [...(found.get(offset) ?? []), node]);
  }
  return found;
}

describe('HTML scanner on archives', () => {
  let pages: readonly ArchivePage[] = [];
  before(async () => {
    const folder = dataPath('warc');
    if (folder !== null) pages = await archivePages(folder);
  });

  itWithData('finds what the parse5 tokenizer finds: ranges, values, order', 'warc', () => {
    let count = 0;
    for (const page of pages) {
      const expected = expectedLinks(page.html);
      assert.deepEqual(actualLinks(scanHtml(page.html, { url: page.url }).links), expected, page.url);
      count += expected.length;
    }
    assert.ok(pages.length > 100 && count > 40_000);
    console.log(`      ${pages.length} pages, ${count} URL attributes, 0 differences`);
  });

  itWithData('differs from the parse5 tree only where the tree drops an element', 'warc', () => {
    const reasons = new Map<string, number>();
    for (const page of pages) {
      const tree = treeElements(page.html);
      for (const tag of parse5Tags(page.html)) {
        if (!tag.attributes.some(({ name }) => holdsUrl(tag.name, name)) || tree.has(tag.offset)) continue;
        const reason =
          tag.name === 'form' ? 'a form inside a form' : tag.name === 'body' ? 'a second body' : `${tag.name} at ${tag.offset} of ${page.url}`;
        reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      }
    }
    const known = ['a form inside a form', 'a second body'];
    assert.deepEqual(
      [...reasons.keys()].filter((reason) => !known.includes(reason)),
      [],
    );
    console.log(`      dropped by the tree, kept by us: ${[...reasons].map(([reason, count]) => `${count} × ${reason}`).join(', ') || 'none'}`);
  });

  itWithData('reads the link text that the tree holds', 'warc', () => {
    let same = 0;
    let adopted = 0;
    const different: string[] = [];
    for (const page of pages) {
      const tree = treeElements(page.html);
      for (const link of scanHtml(page.html).links) {
        if (link.element !== 'a' || link.attribute !== 'href' || !link.complete) continue;
        const elements = tree.get(page.html.lastIndexOf('<', link.span.start - 1));
        if (elements === undefined) continue;
        const expected = textOf(elements);
        if (expected === link.text) same++;
        // The adoption agency moves the content of `<a><center>…</center></a>` into a clone that has no place.
        else if (expected === '' && page.html.startsWith('><center>', link.span.end + 1)) adopted++;
        else different.push(`${page.url} ${link.span.start}: ${JSON.stringify(link.text)} for ${JSON.stringify(expected)}`);
      }
    }
    console.log(`      ${same} link texts as in the tree, ${adopted} moved by the adoption agency, ${different.length} others`);
    assert.deepEqual(different.slice(0, 20), []);
  });
});

describe('HTML scanner on a page with everything', () => {
  it('finds what the parse5 tokenizer finds', () => {
    const html = readFileSync(new URL('../../../fixtures/html/everything.html', import.meta.url), 'utf8');
    const expected = expectedLinks(html);
    assert.deepEqual(actualLinks(scanHtml(html).links), expected);
    assert.ok(expected.length > 20);
  });
});

const PARTING = new Set('br div p li ul ol dd dt h1 h2 h3 h4 h5 h6 hr table pre tr td th'.split(' '));
const SILENT = new Set(['script', 'style', 'title', 'textarea', 'iframe', 'noembed', 'noframes', 'xmp']);

/** The text rule of the scanner, over a tree: words, else the images' alt, else `[img]`, else the label. */
function textOf(elements: readonly DefaultTreeAdapterTypes.Element[]): string {
  const words: string[] = [];
  const alts: string[] = [];
  for (const element of elements) walk(element, words, alts);
  const collapse = (text: string) => text.replace(/\s+/g, ' ').trim();
  const text = collapse(words.join(''));
  const attribute = (name: string) => elements[0]?.attrs.find((candidate) => candidate.name === name)?.value ?? '';
  if (text !== '') return text;
  return alts.length > 0 ? collapse(alts.join(' ')) || '[img]' : collapse(attribute('aria-label'));
}

function walk(node: DefaultTreeAdapterTypes.Node, words: string[], alts: string[]): void {
  if (node.nodeName === '#text' && 'value' in node) words.push(node.value);
  if (!('childNodes' in node)) return;
  for (const child of node.childNodes) {
    const name = child.nodeName;
    const parts = PARTING.has(name);
    if (parts) words.push(' ');
    if ((name === 'img' || name === 'svg') && 'attrs' in child) alts.push(child.attrs.find((candidate) => candidate.name === 'alt')?.value ?? '');
    if (!SILENT.has(name) || ('namespaceURI' in child && child.namespaceURI.endsWith('svg'))) walk(child, words, alts);
    if (parts) words.push(' ');
  }
}
