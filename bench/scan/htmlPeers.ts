/** What others would do for the same fields: an htmlparser2 extractor, a parse5 tree with locations, and linkinator's own function. */
import { Readable } from 'node:stream';
import { Parser } from 'htmlparser2';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';

/** Attributes with one URL, as in the scanner's table. */
const URLS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    a: ['href', 'xlink:href'],
    area: ['href'],
    audio: ['src'],
    base: ['href'],
    blockquote: ['cite'],
    body: ['background'],
    button: ['formaction'],
    del: ['cite'],
    embed: ['src'],
    form: ['action'],
    frame: ['src'],
    iframe: ['src'],
    image: ['xlink:href', 'href'],
    img: ['src'],
    input: ['src'],
    ins: ['cite'],
    link: ['href'],
    object: ['data'],
    q: ['cite'],
    script: ['src'],
    source: ['src'],
    table: ['background'],
    td: ['background'],
    track: ['src'],
    use: ['href', 'xlink:href'],
    video: ['src', 'poster'],
  }),
);

export interface PeerLink {
  start: number;
  end: number;
  url: string;
  resolved: string | null;
  element: string;
  attribute: string;
  text: string;
  rel: string[];
  tag: string | null;
  position: number | null;
}

const HYPERLINKS: ReadonlySet<string> = new Set(['a', 'area', 'iframe', 'frame', 'form']);

/** Links with range, value, resolved URL, text, rel, tag and position by htmlparser2's parser. */
export function htmlparser2Links(html: string, url: string): PeerLink[] {
  const links: PeerLink[] = [];
  let attributes: { name: string; value: string; start: number; end: number }[] = [];
  let open: PeerLink | null = null;
  let text = '';
  let alt: string | null = null;
  let base: string | null = null;
  const close = () => {
    if (open === null) return;
    const words = text.replace(/\s+/g, ' ').trim();
    if (words === '' && alt !== null) open.tag = 'aimg';
    open.text = words || (alt === null ? '' : alt || '[img]');
    open = null;
  };
  const parser: Parser = new Parser({
    onopentagname() {
      attributes = [];
    },
    onattribute(name, value, quote) {
      if (attributes.some((attribute) => attribute.name === name)) return;
      const end = parser.endIndex - (quote ? 1 : 0);
      attributes.push({ name, value, start: end - value.length, end });
    },
    onopentag(element, values) {
      if (element === 'a') close();
      if (element === 'img' && open !== null) alt = values['alt'] ?? '';
      const wanted = URLS.get(element);
      const rel = values['rel']?.toLowerCase().split(/\s+/) ?? [];
      for (const { name, value, start, end } of attributes) {
        if (name === 'srcset') for (const candidate of value.split(/\s*,\s+/)) add(element, name, candidate.split(/\s/)[0] ?? '', start, end, rel);
        if (name === 'style' && value.includes('url(')) add(element, name, /url\(["']?([^"')]*)/.exec(value)?.[1] ?? '', start, end, rel);
        if (!wanted?.includes(name)) continue;
        if (element === 'base') base ??= value;
        const link = add(element, name, value, start, end, rel);
        if (element === 'a' && name === 'href') {
          open = link;
          text = '';
          alt = null;
        }
      }
    },
    ontext(data) {
      if (open !== null) text += data;
    },
    onclosetag(element) {
      if (element === 'a') close();
    },
  });
  function add(element: string, attribute: string, value: string, start: number, end: number, rel: string[]): PeerLink {
    const tag = HYPERLINKS.has(element) ? element : null;
    const link = { start, end, url: value.trim(), resolved: null, element, attribute, text: '', rel, tag, position: null };
    links.push(link);
    return link;
  }
  parser.write(html);
  parser.end();
  return finish(links, url, base);
}

/** The same by a parse5 tree with locations. */
export function parse5Links(html: string, url: string): PeerLink[] {
  const links: PeerLink[] = [];
  let base: string | null = null;
  const pending: DefaultTreeAdapterTypes.Node[] = [parse(html, { sourceCodeLocationInfo: true, scriptingEnabled: false })];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if ('childNodes' in node) for (let index = node.childNodes.length - 1; index >= 0; index--) pending.push(node.childNodes[index] ?? node);
    if (!('tagName' in node)) continue;
    const wanted = URLS.get(node.tagName);
    if (wanted === undefined) continue;
    for (const { name, value } of node.attrs) {
      if (!wanted.includes(name)) continue;
      if (node.tagName === 'base') base ??= value;
      const place = node.sourceCodeLocation?.attrs?.[name];
      const rel =
        node.attrs
          .find((attribute) => attribute.name === 'rel')
          ?.value.toLowerCase()
          .split(/\s+/) ?? [];
      links.push({
        start: place?.startOffset ?? 0,
        end: place?.endOffset ?? 0,
        url: value.trim(),
        resolved: null,
        element: node.tagName,
        attribute: name,
        text: node.tagName === 'a' ? textOf(node).replace(/\s+/g, ' ').trim() : '',
        rel,
        tag: HYPERLINKS.has(node.tagName) ? node.tagName : null,
        position: null,
      });
    }
  }
  return finish(links, url, base);
}

function textOf(node: DefaultTreeAdapterTypes.Node): string {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}

function finish(links: PeerLink[], url: string, href: string | null): PeerLink[] {
  const base = href === null ? url : (URL.parse(href, url)?.href ?? url);
  let position = 0;
  for (const link of links) {
    link.resolved = URL.parse(link.url, base)?.href ?? null;
    if (link.tag !== null && link.resolved?.startsWith('http')) link.position = ++position;
  }
  return links;
}

type GetLinks = (source: Readable, baseUrl: string) => Promise<unknown[]>;

/** linkinator's extraction function; its package does not export it by name. */
export async function linkinatorLinks(): Promise<(html: string, url: string) => Promise<unknown[]>> {
  const file = new URL('../../node_modules/linkinator/build/src/links.js', import.meta.url);
  const { getLinks } = (await import(file.href)) as { getLinks: GetLinks };
  return (html, url) => getLinks(Readable.from([html]), url);
}
