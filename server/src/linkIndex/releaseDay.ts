/** The day up to which a release of the web graph speaks: the end of the last month it is named after. */

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * @param release such as `cc-main-2025-26-dec-jan-feb`, whose last month is of the later year
 * @returns epoch milliseconds, or null for another name
 */
export function releaseDay(release: string): number | null {
  const [, first, later, months] = /^cc-main-(\d{4})(?:-(\d{2}))?((?:-[a-z]{3})+)$/.exec(release) ?? [];
  const month = MONTHS.indexOf(months?.slice(-3) ?? '');
  if (first === undefined || month < 0) return null;
  const year = later === undefined ? Number(first) : Math.floor(Number(first) / 100) * 100 + Number(later);
  return Date.UTC(year, month + 1, 0);
}
