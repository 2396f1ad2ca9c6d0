/** The links of a page that a crawler follows. */
import type { LinkTag } from '../../../../../shared/backlinks.ts';
import type { CrawledPage } from '../../store.ts';

/** Forms are for people. */
const FOLLOWED: ReadonlySet<LinkTag> = new Set(['a', 'aimg', 'area', 'iframe', 'frame', 'meta', 'javascript']);

/** In document order, without those that `rel` or the page's robots rules (nofollow) ask not to follow. */
export function linksToFollow({ links }: CrawledPage): string[] {
  return links.flatMap(({ url, tag, nofollow }) => (nofollow || !FOLLOWED.has(tag) ? [] : [url]));
}
