/** The strength of one page, host or domain. */
import { toWireValue } from '../contract.ts';
import { readTarget } from '../parameters.ts';
import type { Service } from '../service.ts';

export const pageStrength: Service = {
  name: 'ResearchLinksGetValuePageStrength',
  method: 'GET',
  says: 'The strength of a page, from 0 to 10.',
  parameters: [],
  reply: {},
  async answer({ service, parameters, store, signal }) {
    return { body: toWireValue(await store.strength(readTarget(service, parameters), signal)), generation: null };
  },
};
