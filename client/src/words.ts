/** How the editor says amounts, ages and states: one voice for tree, status and report. Pure; sentences come through the given translator. */
import { dollarPrice, dollars } from '../../shared/amounts.ts';
import type { FailureReason, SkipReason, Summary } from '../../shared/backlinks.ts';
import { createFigureWords, type FigureWords, type Translate } from './figureWords.ts';

export interface Words extends FigureWords {
  /** A number with at most two decimals. */
  readonly number: (value: number) => string;
  /** `$0.16`. */
  readonly dollars: (amount: number) => string;
  /** `$0.024`: what one thing costs, not rounded. */
  readonly dollarPrice: (amount: number) => string;
  /** The time of day. @param at epoch milliseconds */
  readonly time: (at: number) => string;
  /** How long ago, in the largest fitting unit. @param milliseconds elapsed */
  readonly age: (milliseconds: number) => string;
  /** `132 from 41 domains`, `none seen`, or null when the source gives neither. */
  readonly backlinks: (summary: Summary) => string | null;
  readonly failure: (reason: FailureReason) => string;
  readonly skipped: (reason: SkipReason) => string;
}

/**
 * @param t translator of the fixed words
 * @param locale BCP 47 tag for numbers and dates
 */
export function createWords(t: Translate, locale: string): Words {
  const hundredth = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  const figures = createFigureWords(t, locale);
  const { count } = figures;
  return {
    ...figures,
    number: (value) => hundredth.format(value),
    dollars: (amount) => dollars(amount, locale),
    dollarPrice: (amount) => dollarPrice(amount, locale),
    time: (at) => clock.format(at),
    age: (milliseconds) => ageWords(milliseconds, relative),
    backlinks: (summary) => backlinksWords(summary, t, count),
    failure: (reason) => failureWords(reason, t),
    skipped: (reason) => skippedWords(reason, t),
  };
}

function ageWords(milliseconds: number, relative: Intl.RelativeTimeFormat): string {
  const minutes = Math.max(0, Math.round(milliseconds / 60_000));
  if (minutes < 60) return relative.format(-minutes, 'minute');
  const hours = Math.round(minutes / 60);
  return hours < 48 ? relative.format(-hours, 'hour') : relative.format(-Math.round(hours / 24), 'day');
}

function backlinksWords(summary: Summary, t: Translate, count: (value: number) => string): string | null {
  const { backlinks, referringDomains: domains } = summary;
  if (backlinks === null) {
    if (domains === null) return null;
    return domains === 1 ? t('from 1 domain') : t('from {0} domains', count(domains));
  }
  if (backlinks === 0) return t('none seen');
  if (domains === null) return backlinks === 1 ? t('1 backlink') : t('{0} backlinks', count(backlinks));
  return domains === 1 ? t('{0} from 1 domain', count(backlinks)) : t('{0} from {1} domains', count(backlinks), count(domains));
}

function failureWords(reason: FailureReason, t: Translate): string {
  switch (reason) {
    case 'auth':
      return t('key refused');
    case 'quota':
      return t('quota used up');
    case 'throttled':
      return t('asked to wait');
    case 'offline':
      return t('offline');
    case 'timeout':
      return t('no answer in time');
    case 'refused-target':
      return t('refused by the source');
    case 'bad-reply':
      return t('unreadable answer');
    case 'unavailable':
      return t('source unavailable');
  }
}

function skippedWords(reason: SkipReason, t: Translate): string {
  switch (reason) {
    case 'private':
      return t('private address');
    case 'reserved':
      return t('reserved name');
    case 'ignored':
      return t('ignored');
    case 'budget':
      return t("today's budget is used up");
    case 'manual':
      return t('not asked');
    case 'kind':
      return t('not offered by the source');
    case 'no-source':
      return t('no source');
  }
}
