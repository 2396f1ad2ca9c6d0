/** `GET /v3/links/spread`: how strong the pages are that link to a target. */
import { fields, toWireSeconds } from '../contract.ts';
import { URL_PARAMETER } from '../parameters.ts';
import { COUNT_OR_NULL } from '../schemas.ts';
import type { Service } from '../service.ts';
import { knownTotal } from '../services/counts.ts';

export const spreadCall: Service = {
  name: 'links/spread',
  method: 'GET',
  says: 'Backlinks by the strength of their page: below 1, below 2 … below 10, and 10 itself.',
  parameters: [URL_PARAMETER],
  reply: fields({ response: { type: 'array', items: COUNT_OR_NULL, minItems: 11, maxItems: 11 }, response_time: { type: 'number', minimum: 0 } }),
  async answer({ store, signal, ...asked }) {
    const started = performance.now();
    const target = URL_PARAMETER.read(asked);
    const { counts, generation } = await store.strengthSpread(target, signal);
    const links = counts.reduce((sum, count) => sum + count, 0);
    const known = (await knownTotal(store, target, links, () => signal)) !== null;
    return { body: { response: known ? counts : counts.map(() => null), response_time: toWireSeconds(performance.now() - started) }, generation };
  },
};
