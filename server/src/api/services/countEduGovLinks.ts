/** How many backlinks come from the top-level domains edu and gov. */
import { toWireValue, wireValueSchema } from '../contract.ts';
import { URL_PARAMETER } from '../parameters.ts';
import type { Service } from '../service.ts';

export const countEduGovLinks: Service = {
  name: 'ResearchLinksGetCountEduGovLinks',
  method: 'GET',
  says: 'How many links come from domains under the top-level domains .edu and .gov.',
  parameters: [URL_PARAMETER],
  reply: wireValueSchema({ type: 'integer', minimum: 0 }),
  async answer({ store, signal, ...asked }) {
    const { backlinks, generation } = await store.eduGov(URL_PARAMETER.read(asked), signal);
    return { body: toWireValue(backlinks), generation };
  },
};
