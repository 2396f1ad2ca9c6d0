/** What the list calls have in common: parameters, the envelope, and the words that describe both. */
import type { ListPage } from '../../../../shared/queries.ts';
import type { BacklinkStore, ListQuery } from '../../linkIndex/store.ts';
import { fields, toWireList, wireListSchema } from '../contract.ts';
import { LIMIT, OFFSET, readListParameters, URL_PARAMETER } from '../parameters.ts';
import { COUNT, FOLLOWED, STRENGTH, TEXT } from '../schemas.ts';
import type { Service, ServiceCall, ServiceReply } from '../service.ts';
import { knownTotal } from '../services/counts.ts';

/** Schemas of fields that several lists have. */
export const FIELDS = { strength: STRENGTH, followed: FOLLOWED, count: COUNT, text: TEXT } as const;

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
    parameters: [URL_PARAMETER, LIMIT, OFFSET],
    reply: wireListSchema(fields(entry)),
    async answer({ store, signal, ...asked }: ServiceCall): Promise<ServiceReply> {
      const started = performance.now();
      const query = readListParameters(asked);
      const { items, total, generation } = await ask(store, query, signal);
      return { body: toWireList(items, await knownTotal(store, query.target, total, () => signal), performance.now() - started), generation };
    },
  };
}
