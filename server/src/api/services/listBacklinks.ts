/** *Backlinks for a given URL*: the call that this product is about. */
import { toWireList } from '../contract.ts';
import { readListParameters } from '../parameters.ts';
import type { Service } from '../service.ts';

export const listBacklinks: Service = {
  name: 'ResearchLinksGetListBacklinks',
  method: 'GET',
  says: 'The links on pages of other domains that point to a domain, a host or exactly one page, strongest first.',
  parameters: [],
  reply: {},
  async answer({ service, parameters, store, signal }) {
    const started = performance.now();
    const page = await store.rows(readListParameters(service, parameters), signal);
    return { body: toWireList(page.rows, page.total, performance.now() - started), generation: page.generation };
  },
};
