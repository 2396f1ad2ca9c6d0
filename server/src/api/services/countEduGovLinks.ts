/** How many backlinks come from the top-level domains edu and gov. */
import { toWireValue, wireValueSchema } from '../contract.ts';
import { URL_PARAMETER } from '../parameters.ts';
import type { Service } from '../service.ts';
import { knownTotal } from './counts.ts';

export const countEduGovLinks: Service = {
  name: 'ResearchLinksGetCountEduGovLinks',
  method: 'GET',
  says: 'How many links come from domains under the top-level domains .edu and .gov.',
  parameters: [URL_PARAMETER],
  reply: wireValueSchema({ type: ['integer', 'null'], minimum: 0 }),
  async answer({ store, signal, ...asked }) {
    const target = URL_PARAMETER.read(asked);
    const { backlinks, generation } = await store.eduGov(target, signal);
    return { body: toWireValue(await knownTotal(store, target, backlinks, () => signal)), generation };
  },
};
