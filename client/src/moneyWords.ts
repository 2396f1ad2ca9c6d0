/** Prices and running totals in words, in the unit that a source counts in. Pure. */
import type { CostUnit, Price, Spent, Usage } from '../../shared/spending.ts';
import type { Words } from './words.ts';

/** `$0.16`, `1,200 units`. */
export function amountWords(amount: number, unit: CostUnit, { t, number, dollars }: Words): string {
  switch (unit) {
    case 'USD':
      return dollars(amount);
    case 'credits':
      return amount === 1 ? t('1 credit') : t('{0} credits', number(amount));
    case 'units':
      return amount === 1 ? t('1 unit') : t('{0} units', number(amount));
    case 'rows':
      return amount === 1 ? t('1 row') : t('{0} rows', number(amount));
    case 'calls':
      return amount === 1 ? t('1 call') : t('{0} calls', number(amount));
  }
}

/** `611 targets, 7 calls, about $0.16`. */
export function priceWords({ targets, calls, amount, unit }: Price, words: Words): string {
  const { t, count } = words;
  const asked = targets === 1 ? t('1 target') : t('{0} targets', count(targets));
  // Where calls are what is counted, one of ours may take several.
  const parts = [asked, amountWords(unit === 'calls' ? Math.max(calls, amount) : calls, 'calls', words)];
  return (unit === 'calls' ? parts : [...parts, t('about {0}', amountWords(amount, unit, words))]).join(', ');
}

/** `7 calls, 1,284 rows, $0.16`; what a source does not bill is left out. */
export function spentWords({ calls, rows, amount }: Spent, { unit, free }: Pick<Usage, 'unit' | 'free'>, words: Words): string {
  if (calls === 0) return words.t('nothing asked');
  const parts = [amountWords(calls, 'calls', words)];
  if (rows > 0) parts.push(amountWords(rows, 'rows', words));
  if (!free && unit !== 'calls' && !(unit === 'rows' && rows === amount)) parts.push(amountWords(amount, unit, words));
  return parts.join(', ');
}

/** `$4.84 of $5.00 left today`, or null without a budget. */
export function budgetWords({ budget, unit }: Usage, words: Words): string | null {
  if (budget === null) return null;
  return words.t('{0} of {1} left today', amountWords(Math.max(0, budget.left), unit, words), amountWords(budget.perDay, unit, words));
}

/** `37.12 of 50.00 left, renewed 1 Dec 2026`, or null where the source does not tell. */
export function balanceWords({ balance, unit }: Usage, words: Words): string | null {
  const { t } = words;
  if (balance === null || balance.left === null) return null;
  const left = amountWords(balance.left, unit, words);
  const rest = balance.limit === null ? t('{0} left', left) : t('{0} of {1} left', left, amountWords(balance.limit, unit, words));
  return balance.renews === null ? rest : t('{0}, renewed {1}', rest, words.day(balance.renews));
}
