/** Prices and running totals in words, in the unit that a source counts in. */
import * as l10n from '@vscode/l10n';
import { dollars } from '../../../shared/amounts.ts';
import type { CostUnit, Price } from '../../../shared/spending.ts';
import { count } from './format.ts';

/** `$0.16`, `1,200 units`. */
export function amountText(amount: number, unit: CostUnit, locale: string): string {
  const rounded = count(Math.round(amount * 100) / 100, locale);
  switch (unit) {
    case 'USD':
      return dollars(amount, locale);
    case 'credits':
      return amount === 1 ? l10n.t('1 credit') : l10n.t('{0} credits', rounded);
    case 'units':
      return amount === 1 ? l10n.t('1 unit') : l10n.t('{0} units', rounded);
    case 'rows':
      return amount === 1 ? l10n.t('1 row') : l10n.t('{0} rows', rounded);
    case 'calls':
      return amount === 1 ? l10n.t('1 call') : l10n.t('{0} calls', rounded);
  }
}

/** `611 targets, 7 calls, about $0.16`, and what the budget still allows where that is less. */
export function priceWords({ targets, calls, amount, unit, budgetLeft }: Price, locale: string): string {
  const asked = targets === 1 ? l10n.t('1 target') : l10n.t('{0} targets', count(targets, locale));
  const cost = l10n.t('about {0}', amountText(amount, unit, locale));
  // Where calls are what is counted, one of ours may take several.
  const made = unit === 'calls' ? Math.max(calls, amount) : calls;
  const words = [asked, amountText(made, 'calls', locale), ...(unit === 'calls' ? [] : [cost])].join(', ');
  return budgetLeft !== null && budgetLeft < amount
    ? `${words}; ${l10n.t("{0} left of today's budget", amountText(budgetLeft, unit, locale))}`
    : words;
}
