/** What the index itself has counted of a target, for calls that give counts. */
import type { Summary, Target } from '../../../../shared/backlinks.ts';
import type { BacklinkStore } from '../../linkIndex/store.ts';

/** Links and domains as counted here; null where the index knows nothing of links. */
export interface OwnCounts {
  readonly backlinks: number | null;
  readonly internalBacklinks: number | null;
  readonly referringDomains: number | null;
}

/** One for each target, in the order asked. */
export async function ownCounts(store: BacklinkStore, targets: readonly Target[], signal: AbortSignal): Promise<OwnCounts[]> {
  return (await store.summaries(targets, signal, { lists: false })).map(ownCountsOf);
}

/**
 * A total for the wire. An index of lists and ranks alone has read no page: that it has no links to a target is not known there, and not none.
 */
export async function knownTotal(store: BacklinkStore, target: Target, total: number, signal: () => AbortSignal): Promise<number | null> {
  if (total !== 0) return total;
  const [counts] = await ownCounts(store, [target], signal());
  return counts?.backlinks === null ? null : 0;
}

/** What a list states stands in a summary under the list's name, and these calls have no room for a name: without pages nothing is known, else none were seen. */
function ownCountsOf({ statedBy, backlinks, internalBacklinks, referringDomains }: Summary): OwnCounts {
  if (statedBy === undefined || statedBy === null) return { backlinks, internalBacklinks, referringDomains };
  const none = internalBacklinks === null ? null : 0;
  return { backlinks: none, internalBacklinks, referringDomains: none };
}
