/** What is known of the backlinks of pages that are about to move: from memory, and from a source on this machine if it answers at once. */
import { lastKnown, type Target } from '../../../../shared/backlinks.ts';
import type { Facts } from '../../facts/facts.ts';
import { isAbort } from '../../util/errors.ts';

/** Milliseconds that a local source has. The editor holds the move back meanwhile. */
const PATIENCE = 500;
/** Pages that are asked about at most. */
const MOST_PAGES = 2_000;

export interface PageLinks {
  readonly backlinks: number | null;
  readonly domains: number | null;
}

/** Nothing that bills is asked: what it has said before counts. Never rejects but for an abort. */
export async function backlinksOf(targets: readonly Target[], facts: Facts, signal: AbortSignal): Promise<readonly PageLinks[]> {
  const asked = targets.slice(0, MOST_PAGES);
  const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]);
  try {
    await facts.want(asked, { priority: 'hovered', asked: false, signal: patience });
  } catch (error) {
    signal.throwIfAborted();
    if (!isAbort(error) && !patience.aborted) throw error;
  }
  return targets.map((target) => {
    const known = lastKnown(facts.get(target))?.value;
    return { backlinks: known?.backlinks ?? null, domains: known?.referringDomains ?? null };
  });
}
