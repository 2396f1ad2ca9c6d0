/** The report as CSV: a line a target, for spreadsheets. What nobody knows is an empty cell, never 0. */
import { type Known, lastKnown, type Summary } from '../../../shared/backlinks.ts';
import type { Report, ReportTarget } from '../../../shared/report.ts';

const COLUMNS: readonly (readonly [heading: string, cell: (target: ReportTarget) => string | number | null])[] = [
  ['url', ({ page }) => page.name],
  ['domain', ({ domain }) => domain.name],
  ['state', ({ pageFacts }) => stateOf(pageFacts)],
  ['strength', ({ pageFacts }) => summaryOf(pageFacts)?.strength?.value ?? null],
  ['strength_basis', ({ pageFacts, domainFacts }) => basisOf(summaryOf(pageFacts) ?? summaryOf(domainFacts))],
  ['domain_strength', ({ domainFacts }) => summaryOf(domainFacts)?.strength?.value ?? null],
  ['backlinks', ({ pageFacts }) => summaryOf(pageFacts)?.backlinks ?? null],
  ['referring_domains', ({ pageFacts }) => summaryOf(pageFacts)?.referringDomains ?? null],
  ['followed_links', ({ pageFacts }) => summaryOf(pageFacts)?.followed?.links ?? null],
  ['followable_links', ({ pageFacts }) => summaryOf(pageFacts)?.followed?.of ?? null],
  ['internal_links', ({ pageFacts }) => summaryOf(pageFacts)?.internalBacklinks ?? null],
  ['as_of', ({ pageFacts }) => summaryOf(pageFacts)?.asOf ?? null],
  ['uses', ({ uses }) => uses.length],
  ['where', ({ uses }) => uses.map(({ file, line }) => `${file}:${line + 1}`).join(' ')],
];

/** Lines end as RFC 4180 says; a mark of UTF-8 stands in front, which spreadsheets need. */
export function renderCsv(report: Report): string {
  const lines = [COLUMNS.map(([heading]) => heading), ...report.targets.map((target) => COLUMNS.map(([, cell]) => cell(target)))];
  return `\ufeff${lines.map((line) => `${line.map(csvCell).join(',')}\r\n`).join('')}`;
}

function summaryOf(known: Known<Summary>): Summary | null {
  return lastKnown(known)?.value ?? null;
}

function stateOf(known: Known<Summary>): string {
  return known.state === 'failed' || known.state === 'skipped' ? `${known.state}: ${known.reason}` : known.state;
}

function basisOf(summary: Summary | null): string | null {
  const strength = summary?.strength ?? null;
  if (strength === null) return null;
  return strength.basis === 'vendor' ? `${strength.name} of ${strength.scale}` : strength.basis;
}

/** A text that a spreadsheet would take for a formula gets an apostrophe, whatever blanks it hides behind. Source: OWASP, CSV injection. */
function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^\s*[=+\-@|%]/.test(value) ? `'${value}` : value;
  return /[",\r\n;\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
