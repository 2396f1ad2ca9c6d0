/** Rows as a table for spreadsheets, and for `backlink-lens index add`, which knows these headings. Pure. */
import type { Row } from './rowsCall.ts';

const COLUMNS: readonly (readonly [heading: string, cell: (row: Row) => string | number | null])[] = [
  ['Source URL', (row) => row.sourceUrl],
  ['Title', (row) => row.title],
  ['Link text', (row) => row.anchorText],
  ['External links', (row) => row.externalLinks],
  ['Internal links', (row) => row.internalLinks],
  ['All links', (row) => row.totalLinks],
  ['Strength', (row) => row.strength?.value ?? null],
  ['Position', (row) => row.position],
  ['Target URL', (row) => row.targetUrl],
  ['Kind', (row) => row.tag],
  ['Nofollow', (row) => (row.nofollow === null ? null : row.nofollow ? 'true' : 'false')],
  ['Rel', (row) => row.rel?.join(' ') ?? null],
  ['IP', (row) => row.ip],
  ['Country code', (row) => row.countryCode],
  ['Country', (row) => row.country],
  ['City', (row) => row.city],
  ['First seen', (row) => row.firstSeen],
  ['Last seen', (row) => row.lastSeen],
  ['Lost on', (row) => row.lost?.on ?? null],
  ['Lost reason', (row) => row.lost?.reason ?? null],
];

/** With a mark of UTF-8 in front, which spreadsheets need, and the line ends of RFC 4180. */
export function csvOf(rows: readonly Row[]): string {
  const lines = [COLUMNS.map(([heading]) => heading), ...rows.map((row) => COLUMNS.map(([, cell]) => cell(row)))];
  return `\ufeff${lines.map((line) => `${line.map(csvCell).join(',')}\r\n`).join('')}`;
}

/** A text that a spreadsheet would take for a formula gets an apostrophe, whatever blanks or quotes it hides behind. Source: OWASP, CSV injection. */
export function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^(?:[=+\-@|%\t\r\n]|[\s"']+[=+\-@|%])/.test(value) ? `'${value}` : value;
  return /[",\r\n;\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A file name that says whose backlinks are in it. */
export function csvName(target: string): string {
  const name = target
    .replace(/^https?:\/\//i, '')
    .replace(/[^\p{L}\p{N}.-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 80);
  return `backlinks-${name === '' ? 'rows' : name}.csv`;
}
