/**
 * Links while they are being found: what a scanner fills in before resolution and numbering, which need the whole document
 * (`<base href>` may come last). `server/src/scan/numbering.ts` turns drafts into the links of a result.
 */
import type { Link } from './link.ts';

/**
 * A link under construction: the scanner sets everything but `resolved` and `position`. A scanner that has looked at the characters of a
 * URL leaves what `urlForm` (server/src/urls/fastResolve.ts) said of them in `position`, which means nothing yet: they need no second look.
 */
export type DraftLink = { -readonly [Key in Exclude<keyof Link, 'span'>]: Link[Key] } & { span: { start: number; end: number } };

/**
 * Where scanners put what they find. `owner` is the offset of the element or Markdown construct a link belongs to: links with one owner
 * share one number, so `<a href=… onclick=…>` counts once.
 */
export class LinkDrafts {
  readonly links: DraftLink[] = [];
  readonly owners: number[] = [];

  add(link: DraftLink, owner: number): void {
    this.links.push(link);
    this.owners.push(owner);
  }

  /** Keeps the links that are wanted, in their order. */
  keep(wanted: (link: DraftLink) => boolean): void {
    const { links, owners } = this;
    let kept = 0;
    for (const [index, link] of links.entries()) {
      if (!wanted(link)) continue;
      links[kept] = link;
      owners[kept] = owners[index] ?? 0;
      kept++;
    }
    links.length = kept;
    owners.length = kept;
  }
}
