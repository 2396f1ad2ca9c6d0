/** *Needs a look*: findings with the place they are at, and what could not be read. */
import type { LinkUse, ReportFinding } from '../../../../shared/report.ts';
import { RULES, SEVERITIES } from '../../../../shared/rules.ts';
import { button, h } from './dom.ts';
import type { Page } from './page.ts';

/** Findings shown at first; the rest on a click. */
const FIRST = 20;

/** The most serious first. */
export function findings(page: Page): HTMLElement | null {
  const { report, words } = page;
  if (report.findings.length === 0) return null;
  const list = h('ul', { class: 'findings' });
  const add = (some: readonly ReportFinding[]) => list.append(...some.map((finding) => item(finding, page)));
  const ordered = report.findings.toSorted((a, b) => SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity));
  add(ordered.slice(0, FIRST));
  const rest = ordered.slice(FIRST);
  const section = h(
    'section',
    { 'aria-labelledby': 'findings' },
    h('h2', { id: 'findings' }, words.t('Needs a look ({0})', words.count(report.findings.length))),
    list,
  );
  if (rest.length > 0) {
    const more = button('secondary', words.t('Show {0} more', words.count(rest.length)), () => {
      add(rest);
      more.remove();
    });
    section.append(more);
  }
  return section;
}

export function problems({ report, words }: Page): HTMLElement | null {
  if (report.problems.length === 0) return null;
  return h(
    'section',
    { 'aria-labelledby': 'problems' },
    h('h2', { id: 'problems' }, words.t('Not read ({0})', words.count(report.problems.length))),
    h('ul', { class: 'problems' }, ...report.problems.map((problem) => h('li', {}, h('code', {}, problem.file), ' ', problem.message))),
  );
}

/** A place in a file that opens it. */
export function useButton(use: LinkUse, { post }: Page): HTMLElement {
  return button(
    'link',
    `${use.file}:${use.line + 1}`,
    () => post({ type: 'open', uri: use.uri, line: use.line, character: use.character }),
    use.text === '' ? {} : { title: use.text },
  );
}

function item(finding: ReportFinding, page: Page): HTMLElement {
  const rule = RULES.find(({ code }) => code === finding.rule);
  return h(
    'li',
    {},
    h('span', { class: `severity ${finding.severity}` }, severityWord(finding.severity, page)),
    h('span', { class: 'message', title: rule === undefined ? null : page.words.t(rule.title) }, finding.message),
    h('code', { class: 'muted' }, finding.rule),
    useButton(finding.use, page),
  );
}

function severityWord(severity: ReportFinding['severity'], { words: { t } }: Page): string {
  switch (severity) {
    case 'error':
      return t('error');
    case 'warning':
      return t('warning');
    case 'information':
      return t('information');
    case 'hint':
      return t('hint');
  }
}
