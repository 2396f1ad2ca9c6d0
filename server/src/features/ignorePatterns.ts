/** The `ignore` setting: which URLs are neither looked up nor reported. */
import { withoutScheme } from '../urls/resolve.ts';

/**
 * The first pattern that a URL matches.
 *
 * A pattern with a wildcard is matched against the whole URL without query and fragment: `*` stands for anything but `/`, `**` for
 * anything, `?` for one character. A pattern without wildcard and slash is a host with everything below it; any other is the start of a URL.
 *
 * @param url absolute URL
 * @example ignoredBy('https://staging.example.com/a/b', ['**' + '/staging.example.com/**'])
 */
export function ignoredBy(url: string, patterns: readonly string[]): string | null {
  if (patterns.length === 0) return null;
  const parsed = URL.parse(url);
  if (parsed === null) return null;
  const address = `${parsed.protocol}//${parsed.host}${parsed.pathname}`;
  return patterns.find((pattern) => matches(pattern.trim(), address, parsed.hostname)) ?? null;
}

/** The pattern that ignores exactly one page. */
export function linkPattern(url: string): string {
  const parsed = URL.parse(url);
  return parsed === null ? url : `**/${parsed.host}${parsed.pathname}`;
}

/** The pattern that ignores a host. */
export function hostPattern(url: string): string {
  return `**/${URL.parse(url)?.host ?? url}/**`;
}

/**
 * Whether a path below a site fits a pattern: `*` stands for anything but `/`, and `**` for anything; a pattern that ends in two stars after a slash takes the place
 * itself, too. Without a wildcard it is the path, with or without the slash at its end.
 */
export function pathMatches(pattern: string, path: string): boolean {
  const wanted = pattern.trim();
  if (wanted === '') return false;
  if (!/[*?]/.test(wanted)) return wanted.replace(/(.)\/$/, '$1') === path.replace(/(.)\/$/, '$1');
  return globMatches(wanted, path) || (wanted.endsWith('/**') && wanted.slice(0, -3) === path);
}

function matches(pattern: string, address: string, host: string): boolean {
  if (pattern === '') return false;
  if (/[*?]/.test(pattern)) return globMatches(pattern, address);
  if (!pattern.includes('/')) return host === pattern || host.endsWith(`.${pattern}`);
  return address.startsWith(pattern) || withoutScheme(address).startsWith(pattern);
}

/** All positions that may be reached are followed at once, so that no pattern is exponential. */
function globMatches(pattern: string, text: string): boolean {
  const tokens = pattern.match(/\*\*|[\s\S]/g) ?? [];
  let reached = closure(new Set([0]), tokens);
  for (const character of text) {
    const next = new Set<number>();
    for (const at of reached) {
      const token = tokens[at];
      if (token === '**' || (token === '*' && character !== '/')) next.add(at);
      else if (token === '?' || token === character) next.add(at + 1);
    }
    reached = closure(next, tokens);
  }
  return reached.has(tokens.length);
}

/** A star may also stand for nothing. */
function closure(reached: Set<number>, tokens: readonly string[]): Set<number> {
  for (const at of reached) if (tokens[at] === '*' || tokens[at] === '**') reached.add(at + 1);
  return reached;
}
