/** Names as Common Crawl's web graphs write them, top-level domain first. */

/**
 * Turns a name around: `com.example` is `example.com`.
 *
 * @returns null for what is no host name in ASCII
 */
export function turnedName(reversed: string): string | null {
  if (!/^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/i.test(reversed) || reversed.length > 253) return null;
  return reversed.toLowerCase().split('.').reverse().join('.');
}
