/** Text of strangers, made fit for one line: no controls, nothing that turns the direction of what stands beside it, and not endless. Pure. */

/** Longer texts are cut: a title may be the whole page. */
const LONGEST = 300;

/** C0 and C1 controls, marks and overrides of direction, invisible joiners at the edges of words, and what no text should hold. */
const UNFIT = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff]+/gu;

/** @returns '' for a text without anything to see */
export function plain(text: string, longest = LONGEST): string {
  // Cut before anything is looked at twice: what arrives may have megabytes.
  const line = text
    .slice(0, longest * 8)
    .replace(UNFIT, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const characters = Array.from(line.slice(0, (longest + 1) * 2));
  return characters.length <= longest ? line : `${characters.slice(0, longest).join('').trimEnd()}…`;
}
