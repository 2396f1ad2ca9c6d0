/** The texts of a target's backlinks. */
import { toWireLinktext, toWireList, WIRE_SCHEMAS, wireListSchema } from '../contract.ts';
import { limitParameter, OFFSET, readListParameters, URL_PARAMETER } from '../parameters.ts';
import type { Service } from '../service.ts';
import { knownTotal } from './counts.ts';

/** The recorded reply to a call without a limit has 50 rows, whatever the documentation says. */
const LIMIT = limitParameter(50);

export const listLinktext: Service = {
  name: 'ResearchLinksGetListLinktext',
  method: 'GET',
  says: 'The link texts of the backlinks, most used first: links, share of all links, and referring domains.',
  parameters: [URL_PARAMETER, LIMIT, OFFSET],
  reply: wireListSchema(WIRE_SCHEMAS.linktext),
  async answer({ store, signal, ...asked }) {
    const started = performance.now();
    const query = readListParameters(asked, LIMIT);
    const { items, total, backlinks, generation } = await store.anchors(query, signal);
    const rows = items.map((item) => toWireLinktext(item, backlinks));
    return { body: toWireList(rows, await knownTotal(store, query.target, total, () => signal), performance.now() - started), generation };
  },
};
