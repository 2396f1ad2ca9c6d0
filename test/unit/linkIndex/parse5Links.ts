/** The links of kind `a`, `aimg` and `area` that parse5 sees in a page: the oracle for our counts. */
import { parse, type DefaultTreeAdapterTypes as Tree } from 'parse5';

/**
 * Addresses of the `a` and `area` elements that resolve to http(s). The tree builder clones misnested elements; a start tag counts once, and
 * a clone without a place in the text not at all.
 *
 * @param url address of the page
 */
export function hyperlinksOf(html: string, url: string): string[] {
  const document = parse(html, { scriptingEnabled: false, sourceCodeLocationInfo: true });
  const elements = [...elementsOf(document)];
  const base = elements.find(({ tagName, attrs }) => tagName === 'base' && attrs.some(({ name }) => name === 'href'));
  const baseUrl = URL.parse(attribute(base, 'href') ?? '', url)?.href ?? url;
  const links = new Map<number, string>();
  for (const element of elements) {
    const href = element.tagName === 'a' || element.tagName === 'area' ? attribute(element, 'href') : null;
    const resolved = href === null ? null : URL.parse(href, baseUrl);
    const start = element.sourceCodeLocation?.startOffset;
    if (start !== undefined && resolved !== null && /^https?:$/.test(resolved.protocol)) links.set(start, resolved.href);
  }
  return [...links.values()];
}

function attribute(element: Tree.Element | undefined, name: string): string | null {
  return element?.attrs.find((one) => one.name === name)?.value ?? null;
}

function* elementsOf(node: Tree.Node): Generator<Tree.Element, void, void> {
  if ('tagName' in node) yield node;
  if ('content' in node) yield* elementsOf(node.content);
  if ('childNodes' in node) for (const child of node.childNodes) yield* elementsOf(child);
}
