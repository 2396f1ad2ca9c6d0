/** `GET /v3/links/index`: what the index holds, for whoever says "none seen in N pages", how strengths came about, or where to begin. */
import { fields } from '../contract.ts';
import { COUNT, DAY_OR_NULL, orNull, TEXT } from '../schemas.ts';
import type { Service } from '../service.ts';

export const indexCall: Service = {
  name: 'links/index',
  method: 'GET',
  says: 'What the index holds: pages, links, days of its captures, how strengths were computed, and its strongest pages.',
  credits: 0,
  parameters: [],
  reply: fields({
    response: fields({
      generation: TEXT,
      pages: COUNT,
      knownUrls: COUNT,
      links: COUNT,
      internalLinks: COUNT,
      hosts: COUNT,
      domains: COUNT,
      firstCapture: DAY_OR_NULL,
      lastCapture: DAY_OR_NULL,
      recaptured: { type: 'boolean', description: 'True once a page was captured twice: from then on something may be new or lost.' },
      builtAt: TEXT,
      strength: orNull(fields({ iterations: COUNT, delta: { type: 'number' }, damping: { type: 'number' } })),
      topPages: { type: 'array', items: fields({ url: TEXT, strength: { type: 'number' } }), maxItems: 5 },
    }),
  }),
  async answer({ store, signal }) {
    const info = await store.info(signal);
    // What files it was made of, and where they lay, is the operator's own.
    const { generation, pages, knownUrls, links, internalLinks, hosts, domains, firstCapture, lastCapture, builtAt, strength, topPages } = info;
    const totals = { generation, pages, knownUrls, links, internalLinks, hosts, domains };
    const response = { ...totals, firstCapture, lastCapture, recaptured: info.recaptured ?? false, builtAt, strength, topPages };
    return { body: { response }, generation };
  },
};
