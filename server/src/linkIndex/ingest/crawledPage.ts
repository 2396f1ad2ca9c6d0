/** A scanned document to the page that is stored: its numbered links, whether they are followed, and what the page says of itself. */
import type { ScanResult } from '../../scan/link.ts';
import { isWebUrl, resolveUrl } from '../../urls/resolve.ts';
import type { CrawledLink, CrawledPage } from '../store.ts';

/** What is known of a page before it is scanned. */
export interface PageOrigin {
  readonly url: string;
  readonly capturedAt: number | null;
  readonly ip: string | null;
  /** `X-Robots-Tag` headers, one a line; null where there are none. */
  readonly robotsHeader?: string | null | undefined;
}

/** A title or link text beyond this is no title and no link text; the contract's own service cut texts at 100 characters. */
const LONGEST_TEXT = 1000;
const NOT_FOLLOWED = new Set(['nofollow', 'ugc', 'sponsored']);

/** Puts a page together from its scan. */
export function crawledPage(origin: PageOrigin, scan: ScanResult): CrawledPage {
  const header = robotsOf(origin.robotsHeader ?? '');
  const { facts } = scan;
  const pageNofollow = facts.robots.nofollow || header.nofollow;
  const canonical = facts.canonical === null ? null : resolveUrl(facts.canonical, origin.url);
  return {
    url: origin.url,
    title: facts.title === null || facts.title === '' ? null : short(facts.title),
    capturedAt: origin.capturedAt,
    ip: origin.ip,
    canonical: canonical !== null && isWebUrl(canonical) ? canonical : null,
    noindex: facts.robots.noindex || header.noindex,
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

/**
 * Reads `X-Robots-Tag` values. Rules addressed to one crawler (`googlebot: nofollow`) are not for everybody and do not count.
 * Source of the format: Google Search Central, "Robots meta tag, data-nosnippet, and X-Robots-Tag specifications".
 */
function robotsOf(headers: string): { nofollow: boolean; noindex: boolean } {
  const rules = headers.toLowerCase().split('\n').flatMap(rulesForAll);
  const none = rules.includes('none');
  return { nofollow: none || rules.includes('nofollow'), noindex: none || rules.includes('noindex') };
}

function rulesForAll(header: string): string[] {
  const rules = header.split(',').map((rule) => rule.trim());
  // The rest of a line belongs to the crawler it names; `unavailable_after` is a rule that has a colon of its own.
  const addressed = rules.findIndex((rule) => /^[\w-]+\s*:/.test(rule) && !rule.startsWith('unavailable_after'));
  return addressed < 0 ? rules : rules.slice(0, addressed);
}
