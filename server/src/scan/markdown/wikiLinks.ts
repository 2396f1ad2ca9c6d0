/** Wiki links, `[[page]]` and `[[page#part|text]]`, as Obsidian, Foam and MediaWiki have them. */

const LONGEST = 1000;

/**
 * Reads a wiki link: one line, no bracket inside, not empty.
 *
 * @param from offset of the first `[`
 * @returns the offset after `]]`, or -1
 */
export function wikiLinkEnd(text: string, from: number, end: number): number {
  if (text.charCodeAt(from + 1) !== 91) return -1;
  const limit = Math.min(end, from + LONGEST);
  for (let at = from + 2; at < limit; at++) {
    const code = text.charCodeAt(at);
    if (code === 91 || code === 10 || code === 13) return -1;
    if (code === 93) return at > from + 2 && at + 1 < end && text.charCodeAt(at + 1) === 93 && text.charCodeAt(from + 2) !== 124 ? at + 2 : -1;
  }
  return -1;
}
