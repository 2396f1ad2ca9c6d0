/** What is known of a target without its lists: views show totals, and the lists behind them would be most of every message. */
import type { Known, Summary } from '../../../shared/backlinks.ts';

export function leanKnown(known: Known<Summary>): Known<Summary> {
  const lean = <T extends { readonly value: Summary }>(dated: T): T => ({
    ...dated,
    value: { ...dated.value, forms: null, topAnchors: null, viaRedirect: null, strongest: null },
  });
  switch (known.state) {
    case 'fresh':
    case 'stale':
      return lean(known);
    case 'pending':
    case 'failed':
      return known.last === null ? known : { ...known, last: lean(known.last) };
    case 'skipped':
    case 'unknown':
      return known;
  }
}
