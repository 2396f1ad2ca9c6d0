/** How the client says numbers, ages and states: one voice for tree, status and report. Pure; sentences come through the given translator. */
import { dollarPrice, dollars } from '../../shared/amounts.ts';
import type { FailureReason, SkipReason, Strength, Summary } from '../../shared/backlinks.ts';

/** The editor's translator (`vscode.l10n.t`), or the identity in tests: fills `{0}`, `{1}` … with the arguments. */
export type Translate = (message: string, ...args: (string | number)[]) => string;

export interface Words {
  readonly t: Translate;
  /** A whole number as the editor's language writes it. */
  readonly count: (value: number) => string;
  /** A number with at most two decimals. */
  readonly number: (value: number) => string;
  /** `$0.16`. */
  readonly dollars: (amount: number) => string;
  /** `$0.024`: what one thing costs, not rounded. */
  readonly dollarPrice: (amount: number) => string;
  /** The time of day. @param at epoch milliseconds */
  readonly time: (at: number) => string;
  /** `6.2`, or a vendor's own `UR 31`. */
  readonly strength: (strength: Strength) => string;
  /** What the number stands for, for tooltips. */
  readonly basis: (strength: Strength) => string;
  /** A share in whole percent; null when there is nothing to divide. */
  readonly share: (part: { readonly links: number; readonly of: number }) => string | null;
  /** An ISO day for people; the text itself when it is no date. */
  readonly day: (iso: string) => string;
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
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const tenth = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const hundredth = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  const count = (value: number) => whole.format(value);
  return {
    t,
    count,
    number: (value) => hundredth.format(value),
    dollars: (amount) => dollars(amount, locale),
    dollarPrice: (amount) => dollarPrice(amount, locale),
    time: (at) => clock.format(at),
    strength: (strength) => (strength.basis === 'vendor' ? `${strength.name} ${count(strength.value)}` : tenth.format(strength.value)),
    basis: (strength) => basisSentence(strength, t, count),
    share: (part) => (part.of === 0 ? null : percent.format(part.links / part.of)),
    day: (iso) => {
      const time = Date.parse(iso);
      return Number.isNaN(time) ? iso : date.format(time);
    },
    age: (milliseconds) => ageWords(milliseconds, relative),
    backlinks: (summary) => backlinksWords(summary, t, count),
    failure: (reason) => failureWords(reason, t),
    skipped: (reason) => skippedWords(reason, t),
  };
}

function basisSentence(strength: Strength, t: Translate, count: (value: number) => string): string {
  switch (strength.basis) {
    case 'index':
      return t('Strength 0 to 10 in this index of {0} known pages', count(strength.population));
    case 'rank':
      return t('Rank {0} of {1} domains', count(strength.position), count(strength.population));
    case 'vendor':
      return t('{0} on a scale of {1}, as its vendor gives it', strength.name, count(strength.scale));
    case 'estimated':
      return t('Strength 0 to 10, estimated from counts');
  }
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
