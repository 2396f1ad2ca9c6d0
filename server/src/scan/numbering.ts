/**
 * The last step of every scan: drafts are put into document order, resolved against the document's base and numbered as the contract's `pos`.
 */
import { isWebUrl, resolverFor } from '../urls/resolve.ts';
import type { DraftLink, LinkDrafts } from './drafts.ts';
import type { Link } from './link.ts';

/** Stands in for the address of a document that has none: a relative link of a page on the web would be a web link. */
const SOMEWHERE = 'https://document.invalid/';

/**
 * Resolves and numbers what a scanner found. Every hyperlink that resolves to http(s) is numbered from 1 in document order, one number an
 * element: of several links of one owner the first counts, one made by script last. A relative link counts also where the document has no
 * http(s) address of its own: on the web it would have one.
 *
 * @param base absolute URL that relative links are resolved against; undefined where there is none
 * @returns the same objects, sorted by span
 */
export function finishLinks(drafts: LinkDrafts, base: string | undefined): readonly Link[] {
  return finishResolved(drafts, resolverFor(base), base !== undefined && isWebUrl(base));
}

/**
 * As `finishLinks`, for a document that is finished in parts with one resolver.
 *
 * @param hasWebBase true when relative links resolve to http(s)
 */
export function finishResolved(drafts: LinkDrafts, resolve: (url: string) => string | null, hasWebBase: boolean): readonly DraftLink[] {
  const { links, owners } = drafts;
  for (const link of links) link.resolved = resolve(link.url);
  number(links, owners, hasWebBase);
  return inOrder(links) ? links : links.sort(bySpan);
}

function number(links: readonly DraftLink[], owners: readonly number[], hasWebBase: boolean): void {
  let position = 0;
  for (let first = 0; first < links.length; ) {
    let behind = first + 1;
    while (behind < links.length && owners[behind] === owners[first]) behind++;
    const chosen = counting(links, first, behind, hasWebBase);
    if (chosen !== undefined) chosen.position = ++position;
    first = behind;
  }
}

/** The link of one owner that carries the number. */
function counting(links: readonly DraftLink[], first: number, behind: number, hasWebBase: boolean): DraftLink | undefined {
  let byScript: DraftLink | undefined;
  for (let index = first; index < behind; index++) {
    const link = links[index];
    if (link === undefined || link.tag === null || link.role !== 'hyperlink' || !isNumbered(link, hasWebBase)) continue;
    if (link.tag !== 'javascript') return link;
    byScript ??= link;
  }
  return byScript;
}

function isNumbered(link: DraftLink, hasWebBase: boolean): boolean {
  // What does not begin with a letter has no scheme; looking at `resolved` would make the engine join its parts.
  if (hasWebBase && link.resolved !== null && (link.url.charCodeAt(0) | 0x20) < 0x61) return true;
  if (link.resolved !== null && isWebUrl(link.resolved)) return true;
  return !hasWebBase && !/^[a-z][a-z0-9+.-]*:/i.test(link.url) && URL.canParse(link.url, SOMEWHERE);
}

function inOrder(links: readonly DraftLink[]): boolean {
  for (let index = 1; index < links.length; index++) {
    if ((links[index]?.span.start ?? 0) < (links[index - 1]?.span.start ?? 0)) return false;
  }
  return true;
}

function bySpan(a: Link, b: Link): number {
  return a.span.start - b.span.start || a.span.end - b.span.end;
}
