/** Numbers, shares, ages, days and bars as people of a locale read them. */
import * as l10n from '@vscode/l10n';
import type { Strength } from '../../../shared/backlinks.ts';

const DAY = 86_400_000;
/** Boxes of a bar. */
export const BAR = 10;

/** `48,210`; an en dash for what a source does not give. */
export function count(value: number | null, locale: string): string {
  return value === null ? '–' : new Intl.NumberFormat(locale).format(value);
}

/** `118.8 M`: a large number by its first digits. */
export function shortCount(value: number, locale: string): string {
  const parts = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 }).formatToParts(value);
  // English sets no space before its letters, which then read like a part of the number.
  return parts.map(({ type, value: text }, at) => (type === 'compact' && parts[at - 1]?.type !== 'literal' ? `\u00A0${text}` : text)).join('');
}

/** Strength or another number with one decimal. */
export function decimal(value: number, locale: string): string {
  return new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value);
}

/** `87 %`, rounded, but never up to all nor down to none; an en dash where there is nothing to share. */
export function share(part: { readonly links: number; readonly of: number } | null, locale: string): string {
  if (part === null || part.of <= 0) return '–';
  const rounded = Math.round((100 * part.links) / part.of);
  const percent = part.links >= part.of ? 100 : part.links <= 0 ? 0 : Math.min(99, Math.max(1, rounded));
  return new Intl.NumberFormat(locale, { style: 'percent' }).format(percent / 100);
}

/** Ten boxes, as many full as the value says. The number always stands beside it. */
export function bar(value: number, scale = BAR): string {
  const full = Math.min(BAR, Math.max(0, Math.round((BAR * value) / scale)));
  return '▰'.repeat(full) + '▱'.repeat(BAR - full);
}

/** `6.2 ▰▰▰▰▰▰▱▱▱▱`; a vendor's score with its own name and scale; an en dash where none is known. */
export function strengthText(strength: Strength | null, locale: string): string {
  if (strength === null) return '–';
  if (strength.basis !== 'vendor') return `${decimal(strength.value, locale)} ${bar(strength.value)}`;
  return `${strength.name} ${count(strength.value, locale)} ${bar(strength.value, strength.scale)}`;
}

/** Where a page's strength comes from, in a few words. */
export function basisText(strength: Strength, locale: string): string {
  switch (strength.basis) {
    case 'index':
      return l10n.t('in this index of {0} known pages', count(strength.population, locale));
    case 'rank':
      return rankText(strength, locale);
    case 'vendor':
      return l10n.t('{0}, given by the source, out of {1}', strength.name, count(strength.scale, locale));
    case 'estimated':
      return l10n.t('estimated from counts');
  }
}

/** `rank 1,234 of 118.8 M domains`; beside a host it says whose rank that is. */
function rankText({ position, population, of }: Extract<Strength, { basis: 'rank' }>, locale: string): string {
  const [place, all] = [count(position, locale), shortCount(population, locale)];
  return of === undefined ? l10n.t('rank {0} of {1} domains', place, all) : l10n.t('rank {0} of {1} domains, that of {2}', place, all, of);
}

/** The same for a page beside its domain: an index measures pages among its pages and domains among its domains. Null without any strength. */
export function basesText(page: Strength | null, domain: Strength | null, locale: string): string | null {
  if (domain?.basis !== 'index') return firstBasis(page ?? domain, locale);
  const domains = count(domain.population, locale);
  if (page?.basis !== 'index') return l10n.t('in this index of {0} known domains', domains);
  return l10n.t('in this index of {0} known pages, {1} known domains', count(page.population, locale), domains);
}

function firstBasis(strength: Strength | null, locale: string): string | null {
  return strength === null ? null : basisText(strength, locale);
}

/** `3 hr. ago`: the largest unit that fits. */
export function age(at: number, now: number, locale: string): string {
  const seconds = Math.max(0, Math.round((now - at) / 1000));
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'always', style: 'short' });
  if (seconds < 60) return l10n.t('just now');
  if (seconds < 3_600) return format.format(-Math.floor(seconds / 60), 'minute');
  if (seconds < 86_400) return format.format(-Math.floor(seconds / 3_600), 'hour');
  return format.format(-Math.floor(seconds / 86_400), 'day');
}

/** An ISO 8601 day as `2 Nov 2026`; the text itself when it is none. */
export function day(iso: string, locale: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? iso : new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(time);
}

/** `May 2024`. */
export function month(iso: string, locale: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? iso : new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(time);
}

/** Whole days from an ISO 8601 day to now; null for a day that is none or lies ahead. */
export function daysSince(iso: string, now: number): number | null {
  const time = Date.parse(iso);
  const days = Math.floor((now - time) / DAY);
  return Number.isNaN(days) || days < 0 ? null : days;
}
