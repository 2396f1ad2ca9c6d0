/** The pages of a target that have backlinks. */
import { toWireLinkedPage, toWireList, WIRE_SCHEMAS, wireListSchema } from '../contract.ts';
import { LIMIT, OFFSET, readListParameters, URL_PARAMETER } from '../parameters.ts';
import type { Service } from '../service.ts';
import { knownTotal } from './counts.ts';

export const listLinkedPages: Service = {
  name: 'ResearchLinksGetListLinkedPages',
  method: 'GET',
  says: "The target's own pages that have backlinks, most linked first: links, share of all links, and referring domains.",
  parameters: [URL_PARAMETER, LIMIT, OFFSET],
  reply: wireListSchema(WIRE_SCHEMAS.linkedPage),
  async answer({ store, signal, ...asked }) {
    const started = performance.now();
    const query = readListParameters(asked);
    const { items, total, backlinks, generation } = await store.linkedPages(query, signal);
    const rows = items.map((item) => toWireLinkedPage(item, backlinks));
    return { body: toWireList(rows, await knownTotal(store, query.target, total, () => signal), performance.now() - started), generation };
  },
};
