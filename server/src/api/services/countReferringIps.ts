/** IP popularity: from how many servers a target is linked to, and in how many nets these stand. */
import { fields, toWireNetworks, WIRE_SCHEMAS } from '../contract.ts';
import { URL_PARAMETER } from '../parameters.ts';
import type { Service } from '../service.ts';
import { knownTotal } from './counts.ts';

const UNKNOWN = { addresses: null, netsC: null, netsB: null };

export const countReferringIps: Service = {
  name: 'ResearchLinksGetCountReferringIps',
  method: 'GET',
  says: 'How many different IP addresses the pages were captured from that link to the target, and how many C and B nets these lie in. Null where no address is known.',
  parameters: [URL_PARAMETER],
  reply: fields({ response: WIRE_SCHEMAS.networks }),
  async answer({ store, signal, ...asked }) {
    const target = URL_PARAMETER.read(asked);
    const { addresses, netsC, netsB, pages, generation } = await store.networks(target, signal);
    const known = (await knownTotal(store, target, pages, () => signal)) !== null;
    return { body: { response: toWireNetworks(known ? { addresses, netsC, netsB } : UNKNOWN) }, generation };
  },
};
