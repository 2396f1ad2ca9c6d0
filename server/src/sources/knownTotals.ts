/** Totals of links that summaries told, for the rows of services that list links without saying how many there are. */
import type { SummaryResult } from './source.ts';

export interface KnownTotals {
  /** The total of a target whose summary was asked for; else null. */
  of(id: string): number | null;
  learn(results: readonly SummaryResult[]): void;
}

const MOST = 10_000;

export function createKnownTotals(): KnownTotals {
  const totals = new Map<string, number>();
  return {
    of: (id) => totals.get(id) ?? null,
    learn(results) {
      for (const result of results) {
        if (!('summary' in result) || result.summary.unit !== 'links' || result.summary.backlinks === null) continue;
        totals.delete(result.target.id);
        totals.set(result.target.id, result.summary.backlinks);
      }
      for (const id of totals.keys()) {
        if (totals.size <= MOST) return;
        totals.delete(id);
      }
    },
  };
}
