/**
 * The links and facts in the HTML-Metadata of a WAT record, as a scan of the page would give them: numbered, resolved against `<base href>`.
 *
 * What WAT leaves out is missing here too. Links stand in document order, an `<a>` at its end tag (what is inside it comes first) and not at
 * all where it is never closed; meta refreshes come first. Links by script are only those of `onclick` in `<div>` and `<input>` and of
 * `javascript:` URLs. Numbers count what is there, so they are lower than the page's own where something is missing. Texts end after 128
 * characters. That a link is around an image is not told: one without text right behind an image is taken to be, with the image's `alt`.
 */
import type { LinkTag } from '../../../../../shared/backlinks.ts';
import { LinkDrafts } from '../../../scan/drafts.ts';
import { documentBase } from '../../../scan/html/base.ts';
import { metaUrls } from '../../../scan/html/meta.ts';
import { FactsDraft } from '../../../scan/html/pageFacts.ts';
import { scriptLocations } from '../../../scan/html/scriptLocation.ts';
import { collapse, tokens } from '../../../scan/html/value.ts';
import type { ScanResult } from '../../../scan/link.ts';
import { finishResolved } from '../../../scan/numbering.ts';
import { isWebUrl, resolverFor } from '../../../urls/resolve.ts';
import { field, list, text } from './json.ts';

/** Element and attribute (`A@/href`) to our tag. */
const TAGS: ReadonlyMap<string, LinkTag> = new Map([
  ['A@/href', 'a'],
  ['AREA@/href', 'area'],
  ['IFRAME@/src', 'iframe'],
  ['FRAME@/src', 'frame'],
  ['FORM@/action', 'form'],
]);
const BY_SCRIPT = /^(?:[A-Z0-9]+)@\/onclick$/i;
const IMAGE = /^IMG@\//;

/**
 * Reads the HTML-Metadata.
 *
 * @param url address of the page
 */
export function scanWat(html: unknown, url: string): ScanResult {
  const head = field(html, 'Head');
  const drafts = new Drafts();
  const facts = headFacts(head, drafts);
  let alt: string | null = null;
  for (const link of list(field(html, 'Links'))) {
    const path = text(field(link, 'path')) ?? '';
    if (IMAGE.test(path)) alt = text(field(link, 'alt')) ?? (path === 'IMG@/src' ? '' : alt);
    else {
      drafts.addLink(path, link, alt);
      alt = null;
    }
  }
  const base = documentBase(facts.base, url);
  const resolve = resolverFor(base);
  return { links: finishResolved(drafts.found, resolve, base !== undefined && isWebUrl(base)), facts: facts.finish(resolve, base ?? null) };
}

/** Facts of the page, and its meta refreshes as drafts. */
function headFacts(head: unknown, drafts: Drafts): FactsDraft {
  const facts = new FactsDraft();
  const title = text(field(head, 'Title'));
  facts.title = title === undefined ? null : collapse(title);
  facts.base = text(field(head, 'Base')) ?? null;
  for (const meta of list(field(head, 'Metas'))) {
    const named = (name: string): string => (text(field(meta, name)) ?? '').trim().toLowerCase();
    const names = { name: named('name'), property: named('property'), itemprop: '', equiv: named('http-equiv') };
    const found = metaUrls(names, text(field(meta, 'content')) ?? '', facts);
    if (found?.refresh) drafts.add('meta', found.url, '', []);
  }
  for (const link of list(field(head, 'Link'))) {
    const href = (text(field(link, 'url')) ?? '').trim();
    if (href !== '' && tokens(text(field(link, 'rel')) ?? '').includes('canonical')) facts.canonical ??= href;
  }
  return facts;
}

/** Links under construction, each an element of its own. */
class Drafts {
  readonly found = new LinkDrafts();
  #elements = 0;

  /** @param alt of the image right before; null where none is */
  addLink(path: string, link: unknown, alt: string | null): void {
    const url = (text(field(link, 'url')) ?? text(field(link, 'href')) ?? '').trim();
    const tag = BY_SCRIPT.test(path) ? 'javascript' : TAGS.get(path);
    // An empty address is the document itself for a link, and nothing anywhere else.
    if (tag === undefined || (url === '' && tag !== 'a' && tag !== 'area')) return;
    const words = collapse(text(field(link, 'text')) ?? '');
    const rel = tokens(text(field(link, 'rel')) ?? '');
    if (tag === 'a' && words === '' && alt !== null) this.add('aimg', url, collapse(alt) || '[img]', rel);
    else this.add(tag, url, words, rel);
  }

  add(tag: LinkTag, url: string, words: string, rel: readonly string[]): void {
    const owner = this.#elements++;
    const scripted = /^javascript:/i.test(url) ? scriptLocations(url) : [];
    for (const { url: location } of scripted) this.#draft(owner, 'javascript', location, words, rel);
    if (scripted.length === 0) this.#draft(owner, tag, url, words, rel);
  }

  #draft(owner: number, tag: LinkTag, url: string, words: string, rel: readonly string[]): void {
    const span = { start: owner, end: owner };
    const draft = { span, url, resolved: null, role: 'hyperlink', tag, element: '', attribute: null, text: words, rel, position: null } as const;
    this.found.add({ ...draft, complete: true }, owner);
  }
}
