/** What the headers of a response say of a page: robots rules and the canonical address. */

/**
 * Reads `X-Robots-Tag` values. Rules addressed to one crawler (`googlebot: nofollow`) are not for everybody and do not count.
 * Source of the format: Google Search Central, "Robots meta tag, data-nosnippet, and X-Robots-Tag specifications".
 *
 * @param headers one a line
 */
export function robotsOf(headers: string): { nofollow: boolean; noindex: boolean } {
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

/**
 * The target of the first `Link` header with `rel=canonical`, as written; null where there is none. Format: RFC 8288, section 3.
 *
 * @param header several values joined by commas
 */
export function canonicalOf(header: string): string | null {
  for (const [, target = '', parameters = ''] of header.matchAll(/<([^<>]*)>([^<]*)/g)) {
    if (relOf(parameters).includes('canonical')) return target.trim();
  }
  return null;
}

/** The relation types of a link; of several `rel` parameters the first counts. */
function relOf(parameters: string): string[] {
  for (const [, name = '', quoted, plain] of parameters.matchAll(/;\s*([\w*-]+)\s*(?:=\s*(?:"([^"]*)"|([^\s";,]*)))?/g)) {
    if (name.toLowerCase() === 'rel') return (quoted ?? plain ?? '').toLowerCase().split(/\s+/);
  }
  return [];
}
