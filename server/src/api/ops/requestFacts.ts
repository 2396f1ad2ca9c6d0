/** What becomes known of a request while it is answered: figures and the log are made of it. It never holds a URL, a token or a name. */
import { randomFillSync } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

export interface RequestFacts {
  /** Name of the call, one of those that this service knows: never what somebody sent. */
  call: string;
  /** Rows of the reply; null where it is no list. */
  rows: number | null;
  /** Id of the key; null without one, or before it is known. */
  key: string | null;
  /** Credits that it cost, refunds taken off. */
  credits: number;
  /** Code of the failure; null for none. */
  error: number | string | null;
  /** What failed of it: the parameter, the call, or Fastify's code. Null where nothing failed, or there is no more to say than the code does. */
  about: string | null;
}

declare module 'fastify' {
  interface FastifyRequest {
    facts: RequestFacts;
  }
  interface FastifyContextConfig {
    /** What figures and the log call the requests of a route. */
    call?: string;
  }
}

/** The call of what is no call of ours: bounded, whatever is asked for. */
export const OTHER_CALL = 'other';

/** Gives each request of the app its facts. */
export function keepFacts(app: FastifyInstance): void {
  app.decorateRequest('facts');
  app.addHook('onRequest', (request, _reply, done) => {
    request.facts = { call: request.routeOptions.config.call ?? OTHER_CALL, rows: null, key: null, credits: 0, error: null, about: null };
    done();
  });
}

const ID_BYTES = 20;
const IDS_AT_ONCE = 256;

/** Makes request ids: 40 hexadecimal digits, as the recorded service sent them. Random bytes are fetched for many at once. */
export function requestIds(): () => string {
  const bytes = Buffer.alloc(ID_BYTES * IDS_AT_ONCE);
  let at = bytes.length;
  return () => {
    if (at === bytes.length) {
      randomFillSync(bytes);
      at = 0;
    }
    const id = bytes.toString('hex', at, at + ID_BYTES);
    at += ID_BYTES;
    return id;
  };
}

/** Rows of a reply's body: what its `response` lists; null where that is no list. */
export function rowsIn(body: object): number | null {
  return 'response' in body && Array.isArray(body.response) ? body.response.length : null;
}
