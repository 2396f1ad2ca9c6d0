/** A scanned document to the page that is stored: its numbered links, whether they are followed, and what the page says of itself. */
import type { ScanResult } from '../../scan/link.ts';
import { isWebUrl, resolveUrl } from '../../urls/resolve.ts';
import type { CrawledLink, CrawledPage } from '../store.ts';
import { canonicalOf, robotsOf } from './pageHeaders.ts';

/** What is known of a page before it is scanned. */
export interface PageOrigin {
  readonly url: string;
  readonly capturedAt: number | null;
  readonly ip: string | null;
  /** `X-Robots-Tag` headers, one a line; null where there are none. */
  readonly robotsHeader?: string | null | undefined;
  /** `Link` headers, joined by commas. Their canonical counts where the page itself names none. */
  readonly linkHeader?: string | null | undefined;
  /** As in CrawledPage. */
  readonly truncated?: boolean | undefined;
}

/** A title or link text beyond this is no title and no link text; the contract's own service cut texts at 100 characters. */
const LONGEST_TEXT = 1000;
const NOT_FOLLOWED = new Set(['nofollow', 'ugc', 'sponsored']);

/** Puts a page together from its scan. */
export function crawledPage(origin: PageOrigin, scan: ScanResult): CrawledPage {
  const header = robotsOf(origin.robotsHeader ?? '');
  const { facts } = scan;
  const pageNofollow = facts.robots.nofollow || header.nofollow;
  const named = facts.canonical ?? canonicalOf(origin.linkHeader ?? '');
  const canonical = named === null ? null : resolveUrl(named, origin.url);
  return {
    url: origin.url,
    title: facts.title === null || facts.title === '' ? null : short(facts.title),
    capturedAt: origin.capturedAt,
    ip: origin.ip,
    canonical: canonical !== null && isWebUrl(canonical) ? canonical : null,
    noindex: facts.robots.noindex || header.noindex,
    ...(origin.truncated === true ? { truncated: true } : {}),
    links: numberedLinks(scan, pageNofollow),
  };
}

function numberedLinks(scan: ScanResult, pageNofollow: boolean): CrawledLink[] {
  const links: CrawledLink[] = [];
  for (const { resolved, tag, position, text, rel } of scan.links) {
    if (resolved === null || tag === null || position === null) continue;
    links.push({ url: resolved, text: short(text), tag, position, nofollow: pageNofollow || rel.some((token) => NOT_FOLLOWED.has(token)), rel });
  }
  return links;
}

/** Cut without leaving half a character. */
function short(text: string): string {
  return text.length <= LONGEST_TEXT ? text : text.slice(0, LONGEST_TEXT).replace(/[\ud800-\udbff]$/, '');
}
