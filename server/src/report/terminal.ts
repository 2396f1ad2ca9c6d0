/** The report as a table for a terminal: aligned by display width, safe against control characters in what came from the web. */
import stringWidth from 'string-width';
import { lastKnown } from '../../../shared/backlinks.ts';
import type { Report, ReportFinding, ReportTarget } from '../../../shared/report.ts';
import { cell, cut, safeText } from '../util/terminal.ts';
import { closingLine, stateWord, targetName, usesText } from './wording.ts';

export interface TerminalOptions {
  /** Columns of the terminal; lines are cut to it. */
  readonly columns: number;
  readonly color: boolean;
  /** BCP 47 tag for numbers. */
  readonly locale: string;
}

interface Row {
  readonly bar: string;
  readonly strength: string;
  readonly backlinks: string;
  readonly domains: string;
  readonly internal: string;
  readonly target: string;
  readonly where: string;
}

const BAR = 10;

/** Draws the report. Ends with a newline; an empty report says what was looked at. */
export function renderTerminal(report: Report, options: TerminalOptions): string {
  const number = new Intl.NumberFormat(options.locale);
  const lines = [...header(report, number), '', ...table(report, options, number), ...findings(report), ...problems(report), '', closingLine(report)];
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

function header(report: Report, number: Intl.NumberFormat): string[] {
  const counts = `${count(report.files, 'file', number)}, ${count(report.links, 'link', number)}, ${count(report.targets.length, 'target', number)}`;
  return [`Backlinks report: ${safeText(report.title)}, ${counts}`, safeText(report.source)];
}

function table(report: Report, options: TerminalOptions, number: Intl.NumberFormat): string[] {
  if (report.targets.length === 0) return ['No links to look up.'];
  const rows = report.targets.map((target) => toRow(target, number));
  const title: Row = {
    bar: '',
    strength: 'strength',
    backlinks: 'backlinks',
    domains: 'domains',
    internal: 'internal',
    target: 'target',
    where: 'where',
  };
  const widest = (name: keyof Row) => Math.max(...[title, ...rows].map((row) => stringWidth(row[name])));
  const left = BAR + 1 + widest('strength') + 2 + widest('backlinks') + 2 + widest('domains') + 2 + widest('internal') + 2;
  const room = Math.max(24, options.columns - left - 2);
  const target = Math.min(widest('target'), Math.ceil(room * 0.6));
  return [title, ...rows].map((row, index) => {
    const start = `  ${row.bar.padEnd(BAR)} ${cell(row.strength, widest('strength'), 'right')}`;
    const numbers = `  ${cell(row.backlinks, widest('backlinks'), 'right')}  ${cell(row.domains, widest('domains'), 'right')}  ${cell(row.internal, widest('internal'), 'right')}`;
    const line = `${start}${numbers}  ${cell(cut(row.target, target), target)}  ${cut(row.where, room - target - 2)}`;
    return index === 0 && options.color ? `\u001B[2m${line}\u001B[22m` : line;
  });
}

function toRow(target: ReportTarget, number: Intl.NumberFormat): Row {
  const place = { target: safeText(targetName(target)), where: safeText(usesText(target, 2)) };
  const known = lastKnown(target.pageFacts);
  if (known === null) return { bar: '', strength: '?', backlinks: stateWord(target.pageFacts) ?? '?', domains: '?', internal: '?', ...place };
  const { strength, backlinks, referringDomains, internalBacklinks } = known.value;
  return {
    bar: strength === null ? '' : bar(strength.basis === 'vendor' ? (10 * strength.value) / strength.scale : strength.value),
    strength: strength === null ? '–' : strength.basis === 'vendor' ? `${strength.name} ${strength.value}` : strength.value.toFixed(1),
    backlinks: backlinks === null ? '?' : backlinks === 0 ? 'none' : number.format(backlinks),
    domains: referringDomains === null ? '?' : referringDomains === 0 ? '–' : number.format(referringDomains),
    internal: internalBacklinks === null ? '?' : internalBacklinks === 0 ? '–' : number.format(internalBacklinks),
    ...place,
  };
}

function bar(value: number): string {
  const full = Math.max(0, Math.min(BAR, Math.round(value)));
  return '▰'.repeat(full) + '▱'.repeat(BAR - full);
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

function count(value: number, word: string, number: Intl.NumberFormat): string {
  return `${number.format(value)} ${word}${value === 1 ? '' : 's'}`;
}
