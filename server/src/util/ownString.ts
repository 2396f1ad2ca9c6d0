/** Strings that are kept for long, cut loose from the text they were taken from. */

/** Shorter cuts are copied by the engine itself. */
const SHORTEST_SLICE = 13;

/**
 * An equal string with memory of its own. V8 keeps the whole text alive behind a slice of it, so a few link texts would hold every file
 * that was ever read.
 */
export function ownString(text: string): string {
  return text.length < SHORTEST_SLICE || !text.isWellFormed() ? text : Buffer.from(text, 'utf8').toString('utf8');
}
