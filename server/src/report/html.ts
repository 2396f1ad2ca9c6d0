/**
 * The report as one HTML file: to be mailed, printed and kept. No script, nothing loaded from anywhere, light and dark as its reader has it;
 * everything from the web is escaped.
 */
import type { Report, ReportFinding, ReportTarget } from '../../../shared/report.ts';
import { SEVERITIES } from '../../../shared/rules.ts';
import { REPORT_STYLE } from './htmlStyle.ts';
import { closingLine, countsLine, figuresOf, showsSites, targetName, usesText } from './wording.ts';

/** Uses of a target that are named. */
const USES = 5;

/**
 * Draws the report.
 *
 * @param locale BCP 47 tag for numbers
 */
export function renderHtml(report: Report, locale: string): string {
  const number = new Intl.NumberFormat(locale);
  const title = `Backlinks report: ${report.title}`;
  const day = report.createdAt.slice(0, 10);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(countsLine(report, number))}. ${escapeHtml(report.source)}. <time datetime="${escapeHtml(day)}">${escapeHtml(day)}</time></p>
${[findings(report.findings), targets(report, number), problems(report)].filter((part) => part !== '').join('\n')}
<p>${escapeHtml(closingLine(report, number))}</p>
</main>
</body>
</html>
`;
}

function findings(list: readonly ReportFinding[]): string {
  if (list.length === 0) return '';
  const graver = (a: ReportFinding, b: ReportFinding) => SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity);
  const items = list.toSorted(graver).map(({ severity, rule, message, use }) => {
    const place = escapeHtml(`${use.file}:${use.line + 1}`);
    return `<li><strong>${severity}</strong> <code>${rule}</code> ${place}: <bdi>${escapeHtml(message)}</bdi></li>`;
  });
  return `<h2>Needs a look</h2>\n<ul>\n${items.join('\n')}\n</ul>`;
}

function targets(report: Report, number: Intl.NumberFormat): string {
  if (report.targets.length === 0) return '<p>No links to look up.</p>';
  const sites = showsSites(report);
  const heads = ['Target', 'Strength', ...(sites ? ['Site'] : []), 'Backlinks', 'Domains', 'Internal', 'Where'];
  const head = heads.map((name, index) => `<th scope="col"${index === 0 || index === heads.length - 1 ? '' : ' class="n"'}>${name}</th>`).join('');
  const rows = report.targets.map((target) => row(target, number, sites));
  return `<h2>All targets</h2>
<div class="wide" tabindex="0" role="region" aria-label="All targets"><table>
<thead><tr>${head}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table></div>`;
}

function row(target: ReportTarget, number: Intl.NumberFormat, sites: boolean): string {
  const { strength, site, backlinks, domains, internal } = figuresOf(target, number, 'none seen', escapeHtml);
  const cells = [strength, ...(sites ? [site] : []), backlinks, domains, internal].map((text) => `<td class="n">${text}</td>`).join('');
  return `<tr><th scope="row">${nameOf(target)}</th>${cells}<td>${escapeHtml(usesText(target, USES))}</td></tr>`;
}

/** A link only where it leads to the web; it hands on neither where it stood nor any strength. */
function nameOf(target: ReportTarget): string {
  const name = `<bdi>${escapeHtml(targetName(target))}</bdi>`;
  return /^https?:\/\//i.test(target.page.name) ? `<a rel="nofollow noreferrer" href="${escapeHtml(target.page.name)}">${name}</a>` : name;
}

function problems({ problems: list }: Report): string {
  if (list.length === 0) return '';
  const items = list.map(({ file, code, message }) => `<li>${escapeHtml(file)}: ${escapeHtml(message)} (<code>${escapeHtml(code)}</code>)</li>`);
  return `<h2>Not read</h2>\n<ul>\n${items.join('\n')}\n</ul>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeHtml(text: string): string {
  // Marks that turn the direction of a text would turn the words of the report, too.
  return text.replace(/[\u202A-\u202E\u2066-\u2069]/g, '').replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
