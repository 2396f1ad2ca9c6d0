/** Dates of replies, as the ISO days that our words have. */
import type { Checker } from './check.ts';

/**
 * The day of a date or a moment in ISO 8601, or with a blank before the time.
 *
 * @returns null when it is absent or ""
 * @throws BacklinkLensError source.bad-reply for anything else, a day that no calendar has included
 */
export function readDay(value: unknown, path: string, check: Checker): string | null {
  const text = check.textOrNone(value, path);
  if (text === null) return null;
  const day = /^(\d{4}-\d{2}-\d{2})(?:$|[T ])/.exec(text)?.[1];
  if (day === undefined || Number.isNaN(Date.parse(day)) || new Date(day).toISOString().slice(0, 10) !== day) {
    throw check.wrong(value, 'a date', path);
  }
  return day;
}
