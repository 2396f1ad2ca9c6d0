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

/** The end of the year 9999, in seconds since 1970. */
const LAST_MOMENT = 253_402_300_799;

/**
 * The day of a number of seconds since 1970, also as a string.
 *
 * @returns null when it is absent, "" or 0, which stands for "not given"
 * @throws BacklinkLensError source.bad-reply for anything else, and after the year 9999
 */
export function readDayOfSeconds(value: unknown, path: string, check: Checker): string | null {
  const seconds = check.count(value, path);
  if (seconds === null || seconds === 0) return null;
  if (seconds > LAST_MOMENT) throw check.wrong(value, 'seconds since 1970', path);
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}
