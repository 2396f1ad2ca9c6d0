/** The numbers of a hover: this page beside its domain, right-aligned. A row of which nothing is known is left out. */
import * as l10n from '@vscode/l10n';
import type { Summary } from '../../../../shared/backlinks.ts';
import { count, share, strengthText } from '../format.ts';
import { webText } from '../safeMarkdown.ts';
import type { HoverInput } from './input.ts';

/** Names of rows never wrap: a table in a hover is narrow. */
const NBSP = '\u00A0';
/** VS Code's tables have no space between columns, so that two heads read as one. As entities, for plain ones are trimmed from a cell. */
const APART = '&nbsp;'.repeat(4);

export function factsTable(input: HoverInput, page: Summary | null, domain: Summary | null): string {
  const { locale, uses, view } = input;
  const number = (pick: (summary: Summary) => number | null) => both(page, domain, (summary) => total(pick(summary), locale));
  const rows: [string, readonly [string, string]][] = [
    [l10n.t('Strength'), both(page, domain, (summary) => webText(strengthText(summary.strength, locale)))],
    [page?.unit === 'pages' ? l10n.t('Linking pages') : l10n.t('Backlinks'), number((summary) => summary.backlinks)],
    [l10n.t('Referring domains'), number((summary) => summary.referringDomains)],
    [l10n.t('Followed'), both(page, domain, (summary) => share(summary.followed, locale))],
    [l10n.t('Internal links'), number((summary) => summary.internalBacklinks)],
    [l10n.t('In this folder'), [total(uses.page, locale), total(uses.domain, locale)]],
  ];
  const head = `| | ${APART}${l10n.t('this page').replaceAll(' ', NBSP)} | ${APART}${webText(view.targets?.domain.name ?? '', 40)} |\n| :-- | --: | --: |`;
  const body = rows
    .filter(([, cells]) => cells.some((cell) => cell !== '–'))
    .map(([name, [a, b]]) => `| ${name.replaceAll(' ', NBSP)} | ${a} | ${b} |`);
  return [head, ...body].join('\n');
}

/** A zero is what this source saw, not what there is: it is never a number in here. */
function total(value: number | null, locale: string): string {
  return value === 0 ? l10n.t('none') : count(value, locale);
}

function both(page: Summary | null, domain: Summary | null, text: (summary: Summary) => string): [string, string] {
  return [page === null ? '–' : text(page), domain === null ? '–' : text(domain)];
}
