/** What asking would cost, by a source's own formula, and how an amount reads. */
import type { TargetKind } from '../../../shared/backlinks.ts';
import type { CostUnit, Price } from '../../../shared/spending.ts';
import type { SourceCapabilities, SourceCost } from '../sources/source.ts';

/** The unit that a source is counted in; one that bills nothing is counted in calls. */
export function unitOf(cost: SourceCost | null): CostUnit {
  return cost?.unit ?? 'calls';
}

/** One summary call. */
export function summariesCost(cost: SourceCost | null, targets: number): number {
  return cost === null ? 1 : Math.max(cost.perCall + targets * cost.perTarget, cost.atLeast ?? 0);
}

/** One call for a page of rows, if as many come as are asked for. */
export function rowsCost(cost: SourceCost | null, rows: number): number {
  return cost === null ? 1 : Math.max(cost.perPage + rows * cost.perRow, cost.atLeast ?? 0);
}

/**
 * A walk through a target's rows, if there are as many.
 *
 * @param rows that are read at most
 * @param perPage rows of the pages that they are asked for in
 */
export function walkCost(
  { cost, rowsPerCall }: SourceCapabilities,
  rows: number,
  perPage: number,
): { readonly calls: number; readonly amount: number } {
  const each = rowsPerCall ?? perPage;
  const whole = Math.floor(rows / each);
  const rest = rows % each;
  const amount = whole * rowsCost(cost, each) + (rest === 0 ? 0 : rowsCost(cost, rest));
  return { calls: whole + (rest === 0 ? 0 : 1), amount };
}

/**
 * The most targets of one summary call that an amount pays for.
 *
 * @param most as many as a call can take
 * @returns 0 where it pays for none
 */
export function targetsFor(cost: SourceCost | null, amount: number, most: number): number {
  if (summariesCost(cost, 1) > amount + 1e-6) return 0;
  if (cost === null || cost.perTarget === 0) return most;
  return Math.max(1, Math.min(most, Math.floor((amount - cost.perCall) / cost.perTarget + 1e-6)));
}

/**
 * The price of a look-up.
 *
 * @param targets that would be asked for, each once
 * @param budgetLeft in the source's unit; null: no limit
 */
export function priceOf(targets: number, { remote, cost, summaryBatch }: SourceCapabilities, budgetLeft: number | null): Price {
  const whole = Math.floor(targets / summaryBatch);
  const rest = targets % summaryBatch;
  const amount = whole * summariesCost(cost, summaryBatch) + (rest === 0 ? 0 : summariesCost(cost, rest));
  return { targets, calls: whole + (rest === 0 ? 0 : 1), amount, unit: unitOf(cost), free: !remote || cost === null, budgetLeft };
}

/**
 * Calls that summaries of these targets take, batch by batch in the order in which they are asked for.
 *
 * @param kinds of the targets, each target once
 */
export function callsFor(kinds: readonly TargetKind[], { summaryBatch, oneKindPerCall }: SourceCapabilities): number {
  if (oneKindPerCall !== true) return Math.ceil(kinds.length / summaryBatch);
  let calls = 0;
  for (let from = 0; from < kinds.length; from += summaryBatch) calls += new Set(kinds.slice(from, from + summaryBatch)).size;
  return calls;
}

/** `$0.16`, `1,200 credits`: for sentences in English. */
export function amountText(amount: number, unit: CostUnit): string {
  if (unit === 'USD') return numberText(amount, unit);
  return `${numberText(amount, unit)} ${amount === 1 ? unit.slice(0, -1) : unit}`;
}

/** `$0.16`, `1,200`: where the unit stands beside another amount. */
export function numberText(amount: number, unit: CostUnit): string {
  if (unit !== 'USD') return amount.toLocaleString('en', { maximumFractionDigits: 2 });
  return amount.toLocaleString('en', { style: 'currency', currency: 'USD', maximumFractionDigits: amount < 0.1 ? 4 : 2 });
}
