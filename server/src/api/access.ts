/** Who may ask, and what it costs: the seam between the calls and the keys. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isLoopbackHost } from '../../../shared/loopback.ts';
import { WIRE_ERRORS } from './contract.ts';
import { RefusedRequest } from './refused.ts';

/** On whose behalf a request is answered. */
export interface Account {
  /** The key's id, for limits and figures, never a secret; null where there are no keys. */
  readonly id: string | null;
  /** Credits left; null where they are not counted. */
  balance(): number | null;
  /**
   * Takes credits for a call that is about to be answered, at once: two requests never get the same credit.
   *
   * @returns what is left, the `balance` of this reply; null where credits are not counted
   * @throws RefusedRequest 403 when too few are left
   */
  charge(credits: number): number | null;
  /** Gives back what was taken for a call that the service then could not answer. */
  refund(credits: number): void;
}

export interface Access {
  /** Adds its own routes (`POST /v3/token`) and hooks. */
  register(app: FastifyInstance): void;
  /**
   * The account a request belongs to.
   *
   * @throws RefusedRequest 401 without a token, with one that is not ours, is expired, or whose key is suspended or deleted
   */
  accountOf(request: FastifyRequest): Account;
}

const NOBODY: Account = { id: null, balance: () => null, charge: () => null, refund() {} };

/**
 * No keys: everybody on this machine may ask. Such a service listens on loopback only and answers only requests that name a loopback host:
 * a web page must not reach it by pointing its own name at 127.0.0.1.
 */
export function openAccess(): Access {
  return {
    register(app) {
      app.addHook('onRequest', async (request) => refuseForeignHosts(request.headers.host));
    },
    accountOf: () => NOBODY,
  };
}

function refuseForeignHosts(host: string | undefined): void {
  if (host !== undefined && isLoopbackHost(host.replace(/:\d+$/, '').toLowerCase())) return;
  throw new RefusedRequest(
    403,
    WIRE_ERRORS.badRequest,
    'This service is open and answers on the loopback address only; call it as http://127.0.0.1:PORT',
  );
}
