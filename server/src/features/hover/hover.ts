/**
 * What stands in a hover: one compact table, the state of what is not known, the strongest pages, and where it all comes from. Editors open
 * hovers about 250 pixels high: what can be done stands beside the name, and what says most comes first.
 */
import * as l10n from '@vscode/l10n';
import type { Hover } from 'vscode-languageserver-protocol';
import { type Known, lastKnown, type Summary } from '../../../../shared/backlinks.ts';
import type { SourceInfo } from '../../sources/source.ts';
import { withoutScheme } from '../../urls/resolve.ts';
import { age, basesText, day } from '../format.ts';
import { webText } from '../safeMarkdown.ts';
import { isUndated, sourceLine } from '../sourceLine.ts';
import { actionLine } from './actions.ts';
import { changesPhrase } from './changes.ts';
import type { HoverInput } from './input.ts';
import { localSection } from './local.ts';
import { stateLines } from './states.ts';
import { strongestTable } from './strongest.ts';
import { factsTable } from './table.ts';

/** Where the formula behind a strength is printed. */
const STRENGTH_DOCS = 'https://github.com/backlink-lens/backlink-lens/blob/main/docs/strength.md';

/**
 * Pure: everything it says is already known.
 *
 * @returns null for a link that has nothing to do with backlinks: `mailto:`, images, scripts
 */
export function createHover(input: HoverInput): Hover | null {
  const { view } = input;
  // An image of the folder is no page that anybody links to.
  const local = view.link.role === 'hyperlink' || view.link.role === 'definition' ? localSection(input) : [];
  if (view.targets === null && local.length === 0 && !isBadWebUrl(input)) return null;
  const web = view.targets === null ? [] : webSections(input);
  const sections = [...local, ...web, ...unreadable(input), ...(web.length === 0 ? [actionLine(input)] : [])];
  const drawn = sections.filter((section) => section !== '').join('\n\n');
  // A screen reader reads a bar box by box; the number beside it says the same.
  const value = input.spoken === true ? drawn.replace(/ ?[▰▱]+/g, '') : drawn;
  return value === '' ? null : { contents: { kind: 'markdown', value }, range: view.range };
}

function webSections(input: HoverInput): string[] {
  const { view, locale } = input;
  const page = lastKnown(view.page)?.value ?? null;
  const domain = lastKnown(view.domain)?.value ?? null;
  const name = view.targets === null ? '' : withoutScheme(view.targets.page.name);
  const known = page !== null || domain !== null;
  return [
    [`**${webText(name, 100)}**`, actionLine(input)].filter((part) => part !== '').join(' · '),
    known ? factsTable(input, page, domain) : '',
    ...stateLines(input),
    page === null ? '' : strongestTable(page, locale),
    known ? closingLine(input, page, domain) : '',
  ];
}

/** What has changed, where the facts come from, whose they are where it only passes them on, and what a strength among them is measured in. */
function closingLine({ source, health, now, locale, view }: HoverInput, page: Summary | null, domain: Summary | null): string {
  const basis = basesText(page?.strength ?? null, domain?.strength ?? null, locale);
  const parts = [
    changesPhrase(page, domain, locale),
    webText(sourceLine(source, health, now, locale), 200) + askedPhrase(source, view.page, now, locale),
    ...new Set([page, domain].map((summary) => statedLine(summary, locale))),
    basis === null ? '' : `${l10n.t('Strength')}: ${webText(basis, 120)} ([${l10n.t('how strength is computed')}](${STRENGTH_DOCS}))`,
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** When a source that does not say how old its data are was asked: what is known may be weeks old. A page that was asked long ago says so itself. */
function askedPhrase(source: SourceInfo | null, page: Known<Summary>, now: number, locale: string): string {
  if (source === null || !isUndated(source) || page.state !== 'fresh') return '';
  return `, ${l10n.t('asked {0}', age(page.at, now, locale))}`;
}

/** `Counts as stated by Google Search Console, 30 Sep 2026`; nothing for counts of the source's own. */
function statedLine(summary: Summary | null, locale: string): string {
  if (summary?.statedBy == null) return '';
  const list = webText(summary.statedBy, 60);
  return summary.asOf === null ? l10n.t('Counts as stated by {0}', list) : l10n.t('Counts as stated by {0}, {1}', list, day(summary.asOf, locale));
}

function isBadWebUrl({ view: { link, webUrl } }: HoverInput): boolean {
  return webUrl === null && link.role === 'hyperlink' && /^(?:https?:|\/\/)/i.test(link.url) && link.resolved === null;
}

function unreadable(input: HoverInput): string[] {
  return isBadWebUrl(input)
    ? [l10n.t('Not looked up: {0} is not a URL that can be read. Check how it is written.', webText(input.view.link.url, 100))]
    : [];
}
