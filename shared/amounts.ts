/** Amounts of money as people of a locale read them; a thousandth of a cent is not shown as nothing. */

/**
 * `$0.16`, and `$0.0003` for what is less than a cent.
 *
 * @param locale BCP 47 tag
 */
export function dollars(amount: number, locale: string): string {
  const small = amount !== 0 && Math.abs(amount) < 0.01;
  const format = { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol', minimumFractionDigits: 2 } as const;
  return new Intl.NumberFormat(locale, small ? { ...format, maximumSignificantDigits: 2 } : { ...format, maximumFractionDigits: 2 }).format(amount);
}
