/** How a target's backlinks spread over the strengths of the pages they stand on. */
import { toWireList, toWireSpread, WIRE_SCHEMAS, wireListSchema } from '../contract.ts';
import { URL_PARAMETER } from '../parameters.ts';
import type { Service } from '../service.ts';
import { knownTotal } from './counts.ts';

export const listSpsSpread: Service = {
  name: 'ResearchLinksGetListSpsSpread',
  method: 'GET',
  says: 'Backlinks by the strength of their page: eleven steps, 0 to 0.9, 1 to 1.9 and so on, and 10 itself.',
  parameters: [URL_PARAMETER],
  reply: wireListSchema(WIRE_SCHEMAS.spread),
  async answer({ store, signal, ...asked }) {
    const started = performance.now();
    const target = URL_PARAMETER.read(asked);
    const { counts, generation } = await store.strengthSpread(target, signal);
    const links = counts.reduce((sum, count) => sum + count, 0);
    const all = await knownTotal(store, target, links, () => signal);
    return { body: toWireList(toWireSpread(counts, all), counts.length, performance.now() - started), generation };
  },
};
