/**
 * The last step of every scan: drafts are put into document order, resolved against the document's base and numbered as the contract's `pos`.
 */
import { URL_FORM, urlForm } from '../urls/fastResolve.ts';
import { isWebUrl, type Resolver, resolverFor } from '../urls/resolve.ts';
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
 * As `finishLinks`, for a document that is finished in parts with one resolver. One pass over the links: those of a large document leave
 * the processor's cache before a second one.
 *
 * @param hasWebBase true when relative links resolve to http(s)
 */
export function finishResolved(drafts: LinkDrafts, resolve: Resolver, hasWebBase: boolean): readonly DraftLink[] {
  const { links, owners } = drafts;
  let position = 0;
  let owner = -1;
  /** The numbered link of this owner, if it may still lose the number to one that is not made by script. */
  let byScript: DraftLink | null = null;
  let isNumbered = false;
  let inOrder = true;
  let lastStart = 0;
  for (let index = 0; index < links.length; index++) {
    const link = links[index] as DraftLink;
    const { start } = link.span;
    inOrder &&= start >= lastStart;
    lastStart = start;
    const form = link.position ?? urlForm(link.url, 0, link.url.length);
    link.resolved = resolve(link.url, form);
    link.position = null;
    if (owners[index] !== owner || index === 0) {
      owner = owners[index] ?? 0;
      byScript = null;
      isNumbered = false;
    }
    if (isNumbered || link.tag === null || link.role !== 'hyperlink' || !countsOnWeb(link, form, hasWebBase)) continue;
    if (byScript === null) position++;
    else if (link.tag === 'javascript') continue;
    else byScript.position = null;
    link.position = position;
    if (link.tag === 'javascript') byScript = link;
    else isNumbered = true;
  }
  return inOrder ? links : links.sort(bySpan);
}

/** True for a link that resolves to http(s), or would on the web. */
function countsOnWeb(link: DraftLink, form: number, hasWebBase: boolean): boolean {
  // Plain URLs do; looking at `resolved` would make the engine join its parts.
  if (form !== URL_FORM.parser) return true;
  if (link.resolved !== null && isWebUrl(link.resolved)) return true;
  return !hasWebBase && !/^[a-z][a-z0-9+.-]*:/i.test(link.url) && URL.canParse(link.url, SOMEWHERE);
}

function bySpan(a: Link, b: Link): number {
  return a.span.start - b.span.start || a.span.end - b.span.end;
}
