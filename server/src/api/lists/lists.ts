/**
 * Our own calls beside the contract, below `/v3/links/`: the lists that sum up a target's backlinks, and what the index holds. Their entries
 * have the field names of shared/queries.ts.
 */
import type { Service } from '../service.ts';
import { FIELDS, listCall } from './describe.ts';
import { indexCall } from './indexCall.ts';
import { spreadCall } from './spreadCall.ts';

const { strength, followed, count, text } = FIELDS;
const nullable = (schema: { readonly type: string }) => ({ ...schema, type: [schema.type, 'null'] });

const domains = listCall({
  name: 'links/domains',
  says: 'Registrable domains that link to the target, strongest first.',
  entry: { domain: text, strength, backlinks: count, followed, firstSeen: nullable(text) },
  ask: (store, query, signal) => store.referringDomains(query, signal),
});

const texts = listCall({
  name: 'links/texts',
  says: 'Link texts of the target, most used first; null where a list names links without their text.',
  entry: { text: nullable(text), backlinks: count, referringDomains: count, followed },
  ask: (store, query, signal) => store.anchors(query, signal),
});

const pages = listCall({
  name: 'links/pages',
  says: "The target's own pages that have backlinks, most linked first; `status` where the latest capture found none, or a redirect.",
  entry: { url: text, strength, backlinks: count, referringDomains: count, followed, status: nullable({ type: 'integer' }) },
  ask: (store, query, signal) => store.linkedPages(query, signal),
});

const changes = listCall({
  name: 'links/changes',
  says: 'Backlinks new and lost by day, latest day first. A first capture is the baseline, not news.',
  entry: { day: text, new: count, lost: count },
  ask: (store, query, signal) => store.changes(query, signal),
});

/** By what stands after `links/`. */
export const LISTS: ReadonlyMap<string, Service> = new Map(
  [domains, texts, pages, changes, spreadCall, indexCall].map((call) => [call.name.replace('links/', ''), call]),
);
