/** *Backlinks for a given URL*: the call that this product is about. */
import { WIRE_SCHEMAS, wireListSchema } from '../contract.ts';
import { toOpenJson } from '../pages.ts';
import { INTERNAL, LIMIT, OFFSET, readListParameters, URL_PARAMETER } from '../parameters.ts';
import type { Service } from '../service.ts';
import { knownTotal } from './counts.ts';

export const listBacklinks: Service = {
  name: 'ResearchLinksGetListBacklinks',
  method: 'GET',
  says: 'The links on pages of other domains that point to a domain, a host or exactly one page, strongest first.',
  parameters: [URL_PARAMETER, LIMIT, OFFSET, INTERNAL],
  reply: wireListSchema(WIRE_SCHEMAS.row),
  async answer(call) {
    const started = performance.now();
    const query = { ...readListParameters(call), internal: INTERNAL.read(call) };
    const read = await call.pages.read(query, () => call.signal);
    const page = read.total === 0 ? { ...read, total: await knownTotal(call.store, query.target, 0, () => call.signal) } : read;
    return { body: toOpenJson(page, performance.now() - started), generation: page.generation };
  },
};
