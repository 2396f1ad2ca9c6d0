/** What the list calls have in common: parameters, the envelope, and the words that describe both. */
import type { ListPage } from '../../../../shared/queries.ts';
import type { BacklinkStore, ListQuery } from '../../linkIndex/store.ts';
import { toWireSeconds } from '../contract.ts';
import { readListParameters } from '../parameters.ts';
import type { ParameterDescription, Service, ServiceCall, ServiceReply } from '../service.ts';

export const URL_PARAMETER: ParameterDescription = {
  name: 'url',
  required: true,
  says: 'A domain, a host, a page, or a folder (example.com/docs/*).',
  schema: { type: 'string', maxLength: 4096 },
};

const PAGE_PARAMETERS: readonly ParameterDescription[] = [
  URL_PARAMETER,
  { name: 'limit', required: false, says: 'Entries in the reply.', schema: { type: 'integer', enum: [10, 25, 50, 100, 250], default: 10 } },
  {
    name: 'offset',
    required: false,
    says: 'Entries before them: a multiple of a permitted limit.',
    schema: { type: 'integer', minimum: 0, default: 0 },
  },
];

const STRENGTH = {
  type: 'object',
  properties: { basis: { type: 'string' }, value: { type: 'number' }, population: { type: 'integer' } },
  required: ['basis', 'value'],
};

const FOLLOWED = {
  type: 'object',
  properties: { links: { type: 'integer' }, of: { type: 'integer' } },
  required: ['links', 'of'],
};

/** Schemas of fields that several lists have. */
export const FIELDS = { strength: STRENGTH, followed: FOLLOWED, count: { type: 'integer', minimum: 0 }, text: { type: 'string' } } as const;

/** A list of a target: its name below `/v3/`, what it is, the fields of an entry, and the question of the store that answers it. */
export interface ListCall<T> {
  readonly name: `links/${string}`;
  readonly says: string;
  readonly entry: Readonly<Record<string, object>>;
  readonly ask: (store: BacklinkStore, query: ListQuery, signal: AbortSignal) => Promise<ListPage<T>>;
}

/** Makes a call of a list: GET with `url`, `limit` and `offset`; the reply has the contract's envelope and entries in our words. */
export function listCall<T>({ name, says, entry, ask }: ListCall<T>): Service {
  return {
    name,
    method: 'GET',
    says,
    parameters: PAGE_PARAMETERS,
    reply: {
      type: 'object',
      properties: {
        count: { ...FIELDS.count, description: 'Entries available, not those in this reply.' },
        response: { type: 'array', items: { type: 'object', properties: entry, required: Object.keys(entry) } },
        response_time: { type: 'number', description: 'Seconds.' },
      },
      required: ['count', 'response', 'response_time'],
    },
    async answer({ service, parameters, store, signal }: ServiceCall): Promise<ServiceReply> {
      const started = performance.now();
      const { target, limit, offset } = readListParameters(service, parameters);
      const { items, total, generation } = await ask(store, { target, limit, offset }, signal);
      return { body: { count: total, response: items, response_time: toWireSeconds(performance.now() - started) }, generation };
    },
  };
}
