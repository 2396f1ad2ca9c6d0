/** The strength of one page, or of a domain. */
import { toWireValue, wireValueSchema } from '../contract.ts';
import { URL_PARAMETER } from '../parameters.ts';
import type { Service } from '../service.ts';

export const pageStrength: Service = {
  name: 'ResearchLinksGetValuePageStrength',
  method: 'GET',
  says: 'The strength of a page from 0 to 10 with one decimal; of a domain, that among domains. Null for what the index does not know, and for hosts and folders.',
  parameters: [URL_PARAMETER],
  reply: wireValueSchema({ type: ['number', 'null'], minimum: 0, maximum: 10 }),
  async answer({ store, signal, ...asked }) {
    return { body: toWireValue(await store.strength(URL_PARAMETER.read(asked), signal)), generation: null };
  },
};
