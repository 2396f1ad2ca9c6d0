/** What a `<meta>` tag says: page facts, a refresh, or a URL of the page's social card. */
import type { FactsDraft } from './pageFacts.ts';
import { refreshUrl } from './refresh.ts';
import { isUrlProperty } from './urlRules.ts';

/** The naming attributes, trimmed and in lower case; empty where the tag has none. */
export interface MetaNames {
  readonly name: string;
  readonly property: string;
  readonly itemprop: string;
  readonly equiv: string;
}

export interface MetaUrl {
  readonly start: number;
  readonly end: number;
  readonly url: string;
  readonly refresh: boolean;
}

/**
 * Notes facts and finds the URL of a `<meta>` tag.
 *
 * @param content decoded value of its content attribute
 * @returns the URL with its index range in `content`, or null
 */
export function metaUrls(names: MetaNames, content: string, facts: FactsDraft): MetaUrl | null {
  if (names.name === 'robots') facts.addRobots(content);
  if (names.equiv === 'content-language') facts.language ??= content.trim() || null;
  if (names.equiv === 'content-type') facts.charset ??= /charset\s*=\s*["']?([^\s"';]+)/i.exec(content)?.[1]?.toLowerCase() ?? null;
  if (names.equiv === 'refresh') return piece(content, refreshUrl(content), true);
  if (isUrlProperty(names.property || names.name, names.itemprop)) return piece(content, { start: 0, end: content.length }, false);
  return null;
}

function piece(content: string, range: { start: number; end: number } | null, refresh: boolean): MetaUrl | null {
  if (range === null) return null;
  let { start, end } = range;
  while (start < end && content.charCodeAt(start) <= 32) start++;
  while (end > start && content.charCodeAt(end - 1) <= 32) end--;
  return start < end ? { start, end, url: content.slice(start, end), refresh } : null;
}
