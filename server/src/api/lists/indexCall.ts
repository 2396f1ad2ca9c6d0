/** `GET /v3/links/index`: what the index holds, for whoever says "none seen in N pages", how strengths came about, or where to begin. */
import type { Service } from '../service.ts';
import { FIELDS } from './describe.ts';

const day = { type: ['string', 'null'], description: 'ISO day.' };

export const indexCall: Service = {
  name: 'links/index',
  method: 'GET',
  says: 'What the index holds: pages, links, days of its captures, how strengths were computed, and its strongest pages.',
  credits: 0,
  parameters: [],
  reply: {
    type: 'object',
    properties: {
      response: {
        type: 'object',
        properties: {
          generation: FIELDS.text,
          pages: FIELDS.count,
          knownUrls: FIELDS.count,
          links: FIELDS.count,
          internalLinks: FIELDS.count,
          hosts: FIELDS.count,
          domains: FIELDS.count,
          firstCapture: day,
          lastCapture: day,
          recaptured: { type: 'boolean', description: 'True once a page was captured twice: from then on something may be new or lost.' },
          builtAt: FIELDS.text,
          topPages: { type: 'array', items: { type: 'object', properties: { url: FIELDS.text, strength: { type: 'number' } } } },
        },
      },
    },
    required: ['response'],
  },
  async answer({ store, signal }) {
    const info = await store.info(signal);
    // What files it was made of, and where they lay, is the operator's own.
    const { generation, pages, knownUrls, links, internalLinks, hosts, domains, firstCapture, lastCapture, builtAt, strength, topPages } = info;
    const totals = { generation, pages, knownUrls, links, internalLinks, hosts, domains };
    const response = { ...totals, firstCapture, lastCapture, recaptured: info.recaptured ?? false, builtAt, strength, topPages };
    return { body: { response }, generation };
  },
};
