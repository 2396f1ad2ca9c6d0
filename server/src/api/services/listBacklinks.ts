/** *Backlinks for a given URL*: the call that this product is about. */
import { toWireList, toWireRow, WIRE_SCHEMAS, wireListSchema } from '../contract.ts';
import { INTERNAL, LIMIT, OFFSET, readListParameters, URL_PARAMETER } from '../parameters.ts';
import type { Service } from '../service.ts';

export const listBacklinks: Service = {
  name: 'ResearchLinksGetListBacklinks',
  method: 'GET',
  says: 'The links on pages of other domains that point to a domain, a host or exactly one page, strongest first.',
  parameters: [URL_PARAMETER, LIMIT, OFFSET, INTERNAL],
  reply: wireListSchema(WIRE_SCHEMAS.row),
  async answer({ store, signal, ...asked }) {
    const started = performance.now();
    const query = { ...readListParameters(asked), internal: INTERNAL.read(asked) };
    const { rows, total, generation } = await store.rows(query, signal);
    return { body: toWireList(rows.map(toWireRow), total, performance.now() - started), generation };
  },
};
