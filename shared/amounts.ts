/** Amounts of money as people of a locale read them; a thousandth of a cent is not shown as nothing. */

const FORMAT = { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol', minimumFractionDigits: 2 } as const;

/**
 * `$0.16`, and `$0.0003` for what is less than a cent.
 *
 * @param locale BCP 47 tag
 */
export function dollars(amount: number, locale: string): string {
  const small = amount !== 0 && Math.abs(amount) < 0.01;
  return new Intl.NumberFormat(locale, small ? { ...FORMAT, maximumSignificantDigits: 2 } : { ...FORMAT, maximumFractionDigits: 2 }).format(amount);
}

/**
 * A price as a price list has it, not rounded to cents: `$0.024`, `$0.000036`.
 *
 * @param locale BCP 47 tag
 */
export function dollarPrice(amount: number, locale: string): string {
  return new Intl.NumberFormat(locale, { ...FORMAT, maximumFractionDigits: 9 }).format(amount);
}
