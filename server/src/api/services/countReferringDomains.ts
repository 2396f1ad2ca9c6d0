/** Domain popularity: how many registrable domains link to a target. */
import { toWireValue, wireValueSchema } from '../contract.ts';
import { URL_PARAMETER } from '../parameters.ts';
import type { Service } from '../service.ts';
import { ownCounts } from './counts.ts';

export const countReferringDomains: Service = {
  name: 'ResearchLinksGetCountReferringDomains',
  method: 'GET',
  says: 'How many registrable domains link to the target.',
  parameters: [URL_PARAMETER],
  reply: wireValueSchema({ type: ['integer', 'null'], minimum: 0 }),
  async answer({ store, signal, ...asked }) {
    const [counts] = await ownCounts(store, [URL_PARAMETER.read(asked)], signal);
    return { body: toWireValue(counts?.referringDomains ?? null), generation: null };
  },
};
