/** The glob patterns of `files.exclude` that are on. */

/** Longer patterns are left alone. */
const LONGEST = 300;

/**
 * Patterns with a condition on a sibling (`{ when: … }`) are left alone: what they hide was made from another file, and its links are that file's.
 *
 * @param value the setting as the editor has it; anything else gives none
 */
export function hiddenPatterns(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([pattern, on]) => (on === true && pattern !== '' && pattern.length <= LONGEST ? [pattern] : []));
}
