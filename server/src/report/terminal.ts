/** The report as a table for a terminal: aligned by display width, safe against control characters in what came from the web. */
import stringWidth from 'string-width';
import { lastKnown } from '../../../shared/backlinks.ts';
import type { Report, ReportFinding, ReportTarget } from '../../../shared/report.ts';
import { BAR, bar } from '../features/format.ts';
import { cell, cut, safeText } from '../util/terminal.ts';
import { closingLine, countsLine, type Figures, figuresOf, showsSites, targetName, usesText } from './wording.ts';

export interface TerminalOptions {
  /** Columns of the terminal; lines are cut to it. */
  readonly columns: number;
  readonly color: boolean;
  /** BCP 47 tag for numbers. */
  readonly locale: string;
}

interface Row extends Figures {
  readonly bar: string;
  readonly target: string;
  readonly where: string;
}

const TITLE: Row = {
  bar: '',
  strength: 'strength',
  site: 'site',
  backlinks: 'backlinks',
  domains: 'domains',
  internal: 'internal',
  target: 'target',
  where: 'where',
};

/** Columns of numbers, in their order. */
const NUMBERS = ['strength', 'site', 'backlinks', 'domains', 'internal'] as const;

/** Draws the report. Ends with a newline; an empty report says what was looked at. */
export function renderTerminal(report: Report, options: TerminalOptions): string {
  const number = new Intl.NumberFormat(options.locale);
  const lines = [
    ...header(report, number),
    '',
    ...table(report, options, number),
    ...findings(report),
    ...problems(report),
    '',
    closingLine(report, number),
  ];
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

function header(report: Report, number: Intl.NumberFormat): string[] {
  return [`Backlinks report: ${safeText(report.title)}, ${countsLine(report, number)}`, safeText(report.source)];
}

function table(report: Report, options: TerminalOptions, number: Intl.NumberFormat): string[] {
  if (report.targets.length === 0) return ['No links to look up.'];
  const rows = [TITLE, ...report.targets.map((target) => toRow(target, number))];
  const widest = (name: keyof Row) => rows.reduce((most, row) => Math.max(most, stringWidth(row[name])), 0);
  const sites = showsSites(report);
  const widths = NUMBERS.filter((name) => sites || name !== 'site').map((name) => ({ name, width: widest(name) }));
  const left = widths.reduce((sum, { width }) => sum + width + 2, BAR + 1);
  const room = Math.max(24, options.columns - left - 2);
  const target = Math.min(widest('target'), Math.ceil(room * 0.6));
  return rows.map((row) => {
    const numbers = widths.map(({ name, width }) => cell(row[name], width, 'right')).join('  ');
    const line = `  ${row.bar.padEnd(BAR)} ${numbers}  ${cell(cut(row.target, target), target)}  ${cut(row.where, room - target - 2)}`;
    return row === TITLE && options.color ? `\u001B[2m${line}\u001B[22m` : line;
  });
}

function toRow(target: ReportTarget, number: Intl.NumberFormat): Row {
  const strength = lastKnown(target.pageFacts)?.value.strength ?? lastKnown(target.domainFacts)?.value.strength ?? null;
  return {
    ...figuresOf(target, number, 'none', safeText),
    bar: strength === null ? '' : strength.basis === 'vendor' ? bar(strength.value, strength.scale) : bar(strength.value),
    target: safeText(targetName(target)),
    where: safeText(usesText(target, 2)),
  };
}

function findings(report: Report): string[] {
  return report.findings.length === 0 ? [] : ['', 'Needs a look', ...report.findings.map(findingLine)];
}

function findingLine({ severity, rule, message, use }: ReportFinding): string {
  return `  ${severity.padEnd(11)}  ${safeText(use.file)}:${use.line + 1}:${use.character + 1}  ${safeText(message)}  [${rule}]`;
}

function problems(report: Report): string[] {
  return report.problems.length === 0
    ? []
    : ['', 'Not read', ...report.problems.map(({ file, code, message }) => `  ${safeText(file)}: ${safeText(message)} [${code}]`)];
}
