/**
 * The URLs that a sitemap names. Source of the format: sitemaps.org protocol 0.9: an XML list of pages, an XML list of sitemaps, or plain text
 * with a URL a line. Read without an XML parser: only `loc` elements count, and no entity but the five of XML is ever resolved.
 */

/** The protocol's own bound. */
const MOST_ENTRIES = 50_000;
const LONGEST_ENTRY = 4096;
/** Comments, character data, processing instructions, or a tag: in this order, so that what is commented out is not seen. */
const TOKEN = /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[([\s\S]*?)(?:\]\]>|$)|<\?[\s\S]*?(?:\?>|$)|<(\/?)([^\s<>/!?][^\s<>/]*)[^<>]*>/g;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

export interface Sitemap {
  readonly kind: 'pages' | 'sitemaps';
  /** As written, at most 50,000. */
  readonly urls: readonly string[];
}

/**
 * Reads a sitemap, damaged ones up to the damage.
 *
 * @returns null for what is none
 */
export function readSitemap(text: string): Sitemap | null {
  const root = rootOf(text);
  const kind = /(?:^|:)sitemapindex$/.test(root) ? 'sitemaps' : /(?:^|:)urlset$/.test(root) ? 'pages' : null;
  return kind === null ? plainList(text) : { kind, urls: locations(text, `${root.slice(0, root.indexOf(':') + 1)}loc`) };
}

/** Name of the first element. */
function rootOf(text: string): string {
  for (const { 3: name } of text.slice(0, 1 << 16).matchAll(TOKEN)) if (name !== undefined) return name;
  return '';
}

/** Elements of other vocabularies (`image:loc`) have other names. */
function locations(text: string, wanted: string): string[] {
  const urls: string[] = [];
  let inside: { from: number; parts: string } | null = null;
  for (const { 0: token, 1: data, 2: closing, 3: name, index } of text.matchAll(TOKEN)) {
    if (inside !== null) {
      inside.parts += decode(text.slice(inside.from, index)) + (data ?? '');
      inside.from = index + token.length;
      if (closing === '/' && name === wanted) {
        const url = inside.parts.trim();
        if (url !== '' && url.length <= LONGEST_ENTRY && urls.push(url) === MOST_ENTRIES) break;
        inside = null;
      }
    }
    if (name === wanted && closing === '') inside = { from: index + token.length, parts: '' };
  }
  return urls;
}

function plainList(text: string): Sitemap | null {
  if (!/^\ufeff?\s*https?:\/\/\S+\s*(?:[\r\n]|$)/.test(text.slice(0, LONGEST_ENTRY))) return null;
  const lines = text.replace(/^\ufeff/, '').split(/[\r\n]+/);
  const urls = lines.map((line) => line.trim()).filter((line) => /^https?:\/\//.test(line) && line.length <= LONGEST_ENTRY);
  return { kind: 'pages', urls: urls.slice(0, MOST_ENTRIES) };
}

/** The references that XML itself has. Anything else stays as it is written: entities of a document's own are never resolved. */
function decode(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi, (all, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED[name] ?? all;
    const code = Number.parseInt(decimal ?? hex ?? '', decimal === undefined ? 16 : 10);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}
