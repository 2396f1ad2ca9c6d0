/** The date of a record. */

const DAY_OF_YEAR = /^(\d{4})-(\d{2})-(\d{2,3})(T.*)$/;
const DIGITS = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/;

/**
 * Reads `WARC-Date` (ISO 8601 with or without fractions of a second), the fourteen digits of ARC, and the dates of ClueWeb09, which have the
 * day of the year where the day of the month belongs (`2009-03-65` is 6 March).
 *
 * @returns epoch milliseconds; null for what is no date
 */
export function recordDate(text: string | undefined): number | null {
  if (text === undefined) return null;
  const date = Date.parse(text.trim().replace(DIGITS, '$1-$2-$3T$4:$5:$6Z'));
  return Number.isNaN(date) ? dayOfYear(text.trim()) : date;
}

function dayOfYear(text: string): number | null {
  const [, year, month, day, time] = DAY_OF_YEAR.exec(text) ?? [];
  const dayStart = Date.UTC(Number(year), 0, Number(day));
  if (time === undefined || new Date(dayStart).getUTCMonth() + 1 !== Number(month)) return null;
  const date = Date.parse(new Date(dayStart).toISOString().slice(0, 10) + time);
  return Number.isNaN(date) ? null : date;
}
