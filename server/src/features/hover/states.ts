/** One sentence for every state that is not simply "known": what is the case, what was last known, what to do. */
import * as l10n from '@vscode/l10n';
import { type Dated, type Known, lastKnown, type SkipReason, type Summary } from '../../../../shared/backlinks.ts';
import { COMMANDS } from '../../../../shared/protocol.ts';
import { age, count, strengthText } from '../format.ts';
import { amountText } from '../money.ts';
import { clip, commandLink, shortUrl, webText } from '../safeMarkdown.ts';
import { noneSeen } from '../sourceLine.ts';
import type { HoverInput } from './input.ts';

/** The page's state; the domain's shares it nearly always, and where it does not its column says so by a dash. */
export function stateLines(input: HoverInput): string[] {
  const { page } = input.view;
  switch (page.state) {
    case 'fresh':
      return [...none(input, page), ...unranked(input)];
    case 'stale':
      return [...none(input, page), ...unranked(input), l10n.t('Last asked {0}.', age(page.at, input.now, input.locale))];
    case 'pending':
      return [l10n.t('Looking up {0} …', name(input)) + remembered(page.last, input)];
    case 'failed':
      return [failure(input, page)];
    case 'skipped':
      return [skipped(input, page.reason)];
    case 'unknown':
      return [input.health.state === 'none' ? noSource(input) : l10n.t('Not asked yet.') + actions(input, lookUpActions(input))];
  }
}

function none(input: HoverInput, page: Known<Summary>): string[] {
  const summary = lastKnown(page)?.value;
  return summary?.backlinks === 0 ? [noneSeen(input.source, summary.internalBacklinks, input.locale)] : [];
}

/** Why there is no strength: domain ranks know the first so many only. */
function unranked({ view, locale }: HoverInput): string[] {
  const first = lastKnown(view.domain)?.value.notAmongFirst ?? null;
  if (first === null) return [];
  return [l10n.t('{0} is not among the first {1} domains of these ranks.', webText(view.targets?.domain.name ?? '', 60), count(first, locale))];
}

function failure(input: HoverInput, page: Known<Summary> & { state: 'failed' }): string {
  const label = webText(input.source?.label ?? l10n.t('The source'));
  const wait = page.retryAt === null ? null : Math.max(1, Math.ceil((page.retryAt - input.now) / 1000));
  const last = remembered(page.last, input);
  switch (page.reason) {
    case 'throttled':
      return (wait === null ? l10n.t('{0} asks us to wait.', label) : l10n.t('{0} asks us to wait {1} s.', label, count(wait, input.locale))) + last;
    case 'offline':
      return l10n.t('Offline.') + last;
    case 'auth':
      return (
        webText(page.message, 300) + last + actions(input, [commandLink(l10n.t('Set key'), COMMANDS.setKey, { source: input.source?.id ?? '' })])
      );
    case 'quota':
      return webText(page.message, 300) + last + actions(input, [showUsage()]);
    case 'timeout':
    case 'refused-target':
    case 'bad-reply':
    case 'unavailable':
      return webText(page.message, 300) + last + (isIndexFailure(page.code) ? actions(input, [chooseIndex()]) : '');
  }
}

function isIndexFailure(code: string): boolean {
  return code.startsWith('index.');
}

function chooseIndex(): string {
  return commandLink(l10n.t('Choose an index file'), COMMANDS.chooseIndex);
}

function skipped(input: HoverInput, reason: SkipReason): string {
  const { view } = input;
  const host = webText(URL.parse(view.webUrl ?? '')?.hostname ?? '');
  switch (reason) {
    case 'private':
      return l10n.t('Not looked up: {0} is a private address.', host);
    case 'reserved':
      return l10n.t('Not looked up: {0} is reserved for examples and tests.', host);
    case 'ignored':
      return ignored(input);
    case 'budget':
      return spentToday(input) + actions(input, [showUsage()]);
    case 'manual':
      return onDemand(input) + actions(input, lookUpActions(input));
    case 'kind':
      return l10n.t('{0} tells nothing about single pages.', webText(input.source?.label ?? l10n.t('The source')));
    case 'no-source':
      return noSource(input);
  }
}

function onDemand({ source, linkCost, locale }: HoverInput): string {
  const label = webText(source?.label ?? l10n.t('this source'));
  if (linkCost === undefined || linkCost === null) return l10n.t('Not asked yet: {0} is asked on demand.', label);
  return l10n.t('Not asked yet: {0} costs about {1} a link.', label, amountText(linkCost.amount, linkCost.unit, locale));
}

function spentToday({ budget, locale }: HoverInput): string {
  if (budget === undefined || budget === null) return l10n.t("Today's budget of look-ups is used up.");
  return l10n.t("Today's budget ({0}) is used up.", amountText(budget.amount, budget.unit, locale));
}

function showUsage(): string {
  return commandLink(l10n.t('Show usage'), COMMANDS.showUsage);
}

function ignored(input: HoverInput): string {
  const pattern = input.view.ignoredBy;
  if (pattern === null) return l10n.t('Ignored by the settings.');
  const stop = commandLink(l10n.t('Stop ignoring'), COMMANDS.ignore, { uri: input.uri, kind: 'remove', pattern });
  return l10n.t('Ignored by {0}', `\`${clip(pattern, 100).replace(/[`\s|]+/g, ' ')}\``) + actions(input, [stop]);
}

function noSource(input: HoverInput): string {
  const { health, uses, locale } = input;
  const here = uses.page === null ? '' : `${l10n.t('In this folder: {0}.', count(uses.page, locale))} `;
  const why =
    health.state === 'none' && health.message !== undefined ? webText(health.message, 300) : l10n.t('For backlinks from the web a source is needed.');
  return here + why + actions(input, firstSteps());
}

/** What costs nothing comes first. */
function firstSteps(): string[] {
  return [
    commandLink(l10n.t('Free domain ranks'), COMMANDS.fetchRanks),
    commandLink(l10n.t('Import an export'), COMMANDS.addExport),
    commandLink(l10n.t('Crawl my site'), COMMANDS.crawlSite),
    commandLink(l10n.t('Choose a source'), COMMANDS.chooseSource),
  ];
}

function lookUpActions({ uri, view }: HoverInput): string[] {
  return [
    commandLink(l10n.t('Look up'), COMMANDS.lookUp, { uri, range: view.range }),
    commandLink(l10n.t('Look up this document'), COMMANDS.lookUp, { uri }),
  ];
}

function actions({ commandLinks }: HoverInput, links: readonly string[]): string {
  return commandLinks ? ` · ${links.join(' · ')}` : '';
}

/** ` Last known 3 hr. ago: 6.2 ▰▰▰▰▰▰▱▱▱▱, 132 backlinks.` */
function remembered(last: Dated<Summary> | null, { now, locale }: HoverInput): string {
  if (last === null) return '';
  const { backlinks, strength } = last.value;
  const parts = [
    strength === null ? '' : webText(strengthText(strength, locale)),
    backlinks === null ? '' : l10n.t('{0} backlinks', count(backlinks, locale)),
  ];
  return ` ${l10n.t('Last known {0}', age(last.at, now, locale))}: ${parts.filter((part) => part !== '').join(', ') || '–'}.`;
}

function name({ view }: HoverInput): string {
  return shortUrl(view.targets?.page.name ?? view.link.url);
}
