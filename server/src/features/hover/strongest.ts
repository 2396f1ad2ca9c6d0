/** The three strongest pages that link to the target, one per domain. */
import * as l10n from '@vscode/l10n';
import type { Backlink, Summary } from '../../../../shared/backlinks.ts';
import { registrableDomain } from '../../urls/domains.ts';
import { count, decimal, month } from '../format.ts';
import { webLink, webText } from '../safeMarkdown.ts';

const SHOWN = 3;

/** Empty where none is known. */
export function strongestTable(page: Summary, locale: string): string {
  const shown = (page.strongest ?? []).slice(0, SHOWN);
  if (shown.length === 0) return '';
  const rows = shown.map(({ row, more }) => `| ${strength(row, locale)} | ${description(row, more, locale)} | ${place(row)} |`);
  return [`| | ${l10n.t('Strongest, one per domain')} | |`, '| --: | :-- | :-- |', ...rows].join('\n');
}

function strength({ strength: value }: Backlink, locale: string): string {
  if (value === null) return '–';
  return value.basis === 'vendor' ? webText(`${value.name} ${count(value.value, locale)}`) : decimal(value.value, locale);
}

function description(row: Backlink, more: number | null, locale: string): string {
  const title = row.title === null || row.title === '' ? l10n.t('(no title)') : webText(row.title, 60);
  const anchor = row.anchorText === null || row.anchorText === '' ? '' : ` — “${webText(row.anchorText, 40)}”`;
  const facts = [
    row.nofollow === null ? '' : row.nofollow ? l10n.t('nofollow') : l10n.t('followed'),
    row.firstSeen === null ? '' : l10n.t('since {0}', month(row.firstSeen, locale)),
    more === null || more === 0 ? '' : l10n.t('and {0} more', count(more, locale)),
  ];
  return [title + anchor, ...facts.filter((fact) => fact !== '')].join(' · ');
}

function place(row: Backlink): string {
  const host = URL.parse(row.sourceUrl)?.hostname;
  return host === undefined ? webText(row.sourceUrl, 40) : webLink(webText(host.length > 40 ? registrableDomain(host) : host, 40), row.sourceUrl);
}
