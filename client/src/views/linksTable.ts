/** Links and what is known of them as a table: CSV for spreadsheets, Markdown for people. Pure. */
import { lastKnown } from '../../../shared/backlinks.ts';
import { escapeMarkdown } from '../../../shared/escapeMarkdown.ts';
import { knownWords } from '../knownWords.ts';
import type { Words } from '../words.ts';
import { nameOf } from './arrangement.ts';
import type { LinkNode } from './nodes.ts';

const HEAD = [
  'document',
  'line',
  'url',
  'text',
  'links',
  'state',
  'page_strength',
  'strength_basis',
  'backlinks',
  'referring_domains',
  'domain',
  'domain_strength',
  'folder_backlinks',
  'findings',
] as const;

/**
 * CSV as RFC 4180 has it, with a head; what nobody knows is an empty cell, never 0. A cell that a spreadsheet would take for a formula begins
 * with an apostrophe.
 */
export function linksCsv(links: readonly LinkNode[], pathOf: (uri: string) => string): string {
  return [HEAD, ...links.map((node) => cellsOf(node, pathOf))].map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('');
}

function cellsOf({ document, link }: LinkNode, pathOf: (uri: string) => string): (string | number | null)[] {
  const page = lastKnown(link.page)?.value;
  const domain = lastKnown(link.domain)?.value;
  return [
    pathOf(document),
    link.range.start.line + 1,
    link.targets?.page.name ?? link.url,
    link.text,
    link.count,
    link.targets === null ? null : link.page.state,
    page?.strength?.value ?? null,
    page?.strength?.basis ?? domain?.strength?.basis ?? null,
    page?.backlinks ?? null,
    page?.referringDomains ?? null,
    link.targets?.domain.name ?? null,
    domain?.strength?.value ?? null,
    link.local?.backlinks ?? null,
    link.findings,
  ];
}

function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function linksMarkdown(links: readonly LinkNode[], pathOf: (uri: string) => string, words: Words): string {
  const { t } = words;
  const head = `| ${t('Link')} | ${t('Known of it')} | ${t('Where used')} |\n| --- | --- | --- |`;
  const now = Date.now();
  const rows = links.map(({ document, link }) => {
    const known = link.targets === null ? '' : knownWords(link.page, words, now);
    return `| ${escapeMarkdown(nameOf(link))} | ${escapeMarkdown(known)} | ${escapeMarkdown(`${pathOf(document)}:${link.range.start.line + 1}`)} |`;
  });
  return `${[head, ...rows].join('\n')}\n`;
}
