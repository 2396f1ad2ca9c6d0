/** The report as Markdown (GFM): for a pull request, an issue, a wiki. Everything from the web is escaped: it is text, never markup. */
import { lastKnown } from '../../../shared/backlinks.ts';
import type { Report, ReportFinding, ReportTarget } from '../../../shared/report.ts';
import { escapeMarkdown } from '../util/markdown.ts';
import { closingLine, stateWord, targetName, usesText } from './wording.ts';

/**
 * Draws the report.
 *
 * @param locale BCP 47 tag for numbers
 */
export function renderMarkdown(report: Report, locale: string): string {
  const number = new Intl.NumberFormat(locale);
  const sections = [
    `# Backlinks report: ${escapeMarkdown(report.title)}`,
    `${number.format(report.files)} files, ${number.format(report.links)} links, ${number.format(report.targets.length)} targets. ${escapeMarkdown(report.source)}.`,
    findings(report.findings),
    targets(report.targets, number),
    problems(report),
    closingLine(report),
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

function targets(list: readonly ReportTarget[], number: Intl.NumberFormat): string {
  if (list.length === 0) return 'No links to look up.';
  const head = '| Strength | Backlinks | Domains | Internal | Target | Where |\n| ---: | ---: | ---: | ---: | --- | --- |';
  return `## All targets\n\n${head}\n${list.map((target) => row(target, number)).join('\n')}`;
}

function row(target: ReportTarget, number: Intl.NumberFormat): string {
  const known = lastKnown(target.pageFacts)?.value;
  const place = `${escapeMarkdown(targetName(target))} | ${escapeMarkdown(usesText(target, 5))}`;
  if (known === undefined) return `| ? | ${stateWord(target.pageFacts) ?? '?'} | ? | ? | ${place} |`;
  const { strength, backlinks, referringDomains, internalBacklinks } = known;
  const strong =
    strength === null ? '–' : strength.basis === 'vendor' ? `${escapeMarkdown(strength.name)} ${strength.value}` : strength.value.toFixed(1);
  const links = backlinks === null ? '?' : backlinks === 0 ? 'none seen' : number.format(backlinks);
  const domains = referringDomains === null ? '?' : referringDomains === 0 ? '–' : number.format(referringDomains);
  const internal = internalBacklinks === null ? '?' : internalBacklinks === 0 ? '–' : number.format(internalBacklinks);
  return `| ${strong} | ${links} | ${domains} | ${internal} | ${place} |`;
}

function problems(report: Report): string {
  if (report.problems.length === 0) return '';
  const lines = report.problems.map(({ file, code, message }) => `- ${escapeMarkdown(file)}: ${escapeMarkdown(message)} (\`${code}\`)`);
  return `## Not read\n\n${lines.join('\n')}`;
}
