/** The report as Markdown (GFM): for a pull request, an issue, a wiki. Everything from the web is escaped: it is text, never markup. */

import { escapeMarkdown } from '../../../shared/escapeMarkdown.ts';
import type { Report, ReportFinding, ReportTarget } from '../../../shared/report.ts';
import { closingLine, countsLine, figuresOf, showsSites, targetName, usesText } from './wording.ts';

/**
 * Draws the report.
 *
 * @param locale BCP 47 tag for numbers
 */
export function renderMarkdown(report: Report, locale: string): string {
  const number = new Intl.NumberFormat(locale);
  const sections = [
    `# Backlinks report: ${escapeMarkdown(report.title)}`,
    `${countsLine(report, number)}. ${escapeMarkdown(report.source)}.`,
    findings(report.findings),
    targets(report, number),
    problems(report),
    closingLine(report, number),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function findings(list: readonly ReportFinding[]): string {
  if (list.length === 0) return '';
  const lines = list.map(
    ({ severity, rule, message, use }) =>
      `- **${severity}** \`${rule}\` ${escapeMarkdown(`${use.file}:${use.line + 1}`)}: ${escapeMarkdown(message)}`,
  );
  return `## Needs a look\n\n${lines.join('\n')}`;
}

function targets(report: Report, number: Intl.NumberFormat): string {
  if (report.targets.length === 0) return 'No links to look up.';
  const sites = showsSites(report);
  const [name, line] = sites ? [' Site |', ' ---: |'] : ['', ''];
  const head = `| Strength |${name} Backlinks | Domains | Internal | Target | Where |\n| ---: |${line} ---: | ---: | ---: | --- | --- |`;
  return `## All targets\n\n${head}\n${report.targets.map((target) => row(target, number, sites)).join('\n')}`;
}

function row(target: ReportTarget, number: Intl.NumberFormat, sites: boolean): string {
  const { strength, site, backlinks, domains, internal } = figuresOf(target, number, 'none seen', escapeMarkdown);
  return `| ${strength} |${sites ? ` ${site} |` : ''} ${backlinks} | ${domains} | ${internal} | ${escapeMarkdown(targetName(target))} | ${escapeMarkdown(usesText(target, 5))} |`;
}

function problems(report: Report): string {
  if (report.problems.length === 0) return '';
  const lines = report.problems.map(({ file, code, message }) => `- ${escapeMarkdown(file)}: ${escapeMarkdown(message)} (\`${code}\`)`);
  return `## Not read\n\n${lines.join('\n')}`;
}
