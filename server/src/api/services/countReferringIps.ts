/** IP popularity: from how many servers a target is linked to, and in how many nets these stand. */
import { fields, toWireNetworks, WIRE_SCHEMAS } from '../contract.ts';
import { URL_PARAMETER } from '../parameters.ts';
import type { Service } from '../service.ts';

export const countReferringIps: Service = {
  name: 'ResearchLinksGetCountReferringIps',
  method: 'GET',
  says: 'How many different IP addresses the pages were captured from that link to the target, and how many C and B nets these lie in. Null where no address is known.',
  parameters: [URL_PARAMETER],
  reply: fields({ response: WIRE_SCHEMAS.networks }),
  async answer({ store, signal, ...asked }) {
    const networks = await store.networks(URL_PARAMETER.read(asked), signal);
    return { body: { response: toWireNetworks(networks) }, generation: networks.generation };
  },
};
