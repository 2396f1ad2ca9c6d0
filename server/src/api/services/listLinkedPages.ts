/** The pages of a target that have backlinks. */
import { toWireLinkedPage, toWireList, WIRE_SCHEMAS, wireListSchema } from '../contract.ts';
import { LIMIT, OFFSET, readListParameters, URL_PARAMETER } from '../parameters.ts';
import type { Service } from '../service.ts';

export const listLinkedPages: Service = {
  name: 'ResearchLinksGetListLinkedPages',
  method: 'GET',
  says: "The target's own pages that have backlinks, most linked first: links, share of all links, and referring domains.",
  parameters: [URL_PARAMETER, LIMIT, OFFSET],
  reply: wireListSchema(WIRE_SCHEMAS.linkedPage),
  async answer({ store, signal, ...asked }) {
    const started = performance.now();
    const { items, total, backlinks, generation } = await store.linkedPages(readListParameters(asked), signal);
    const rows = items.map((item) => toWireLinkedPage(item, backlinks));
    return { body: toWireList(rows, total, performance.now() - started), generation };
  },
};
