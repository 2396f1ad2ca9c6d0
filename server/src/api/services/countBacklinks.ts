/** How many backlinks a target has: the `count` of the list of backlinks. */
import type { InternalFilter } from '../../../../shared/backlinks.ts';
import { toWireValue, wireValueSchema } from '../contract.ts';
import { INTERNAL, URL_PARAMETER } from '../parameters.ts';
import type { Service } from '../service.ts';
import { type OwnCounts, ownCounts } from './counts.ts';

export const countBacklinks: Service = {
  name: 'ResearchLinksGetCountBacklinks',
  method: 'GET',
  says: 'How many links on pages of other domains point to a domain, a host or exactly one page.',
  parameters: [URL_PARAMETER, INTERNAL],
  reply: wireValueSchema({ type: ['integer', 'null'], minimum: 0 }),
  async answer({ store, signal, ...asked }) {
    const [target, internal] = [URL_PARAMETER.read(asked), INTERNAL.read(asked)];
    const [counts] = await ownCounts(store, [target], signal);
    return { body: toWireValue(counts === undefined ? null : linksOf(counts, internal)), generation: null };
  },
};

function linksOf({ backlinks, internalBacklinks }: OwnCounts, internal: InternalFilter): number | null {
  if (internal === 'exclude') return backlinks;
  if (internal === 'only') return internalBacklinks;
  return backlinks === null || internalBacklinks === null ? null : backlinks + internalBacklinks;
}
