/** Who may ask, and what it costs: the seam between the calls and the keys. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isLoopbackHost } from '../../../shared/loopback.ts';
import type { Meters } from './access/rates.ts';
import { WIRE_ERRORS } from './contract.ts';
import { RefusedRequest } from './refused.ts';

/** What was taken for one call. */
export interface Payment {
  /** Id of the key, for limits and figures, never a secret; null where there are no keys. */
  readonly key: string | null;
  /** Credits left, this call paid: the `balance` of its reply. Null where they are not counted. */
  readonly balance: number | null;
  /** Gives back what was taken, for a call that the service then refused or could not answer. Never rejects. */
  refund(): Promise<void>;
}

export interface Access {
  /** True where callers need tokens. */
  readonly keys: boolean;
  /** Adds its own routes (`POST /v3/token`) and hooks. */
  register(app: FastifyInstance, meters: Meters): void;
  /**
   * Looks at the token of a request that has a body before that is read: nobody sends megabytes for nothing.
   *
   * @throws RefusedRequest as `pay`
   */
  admit(request: FastifyRequest): Promise<void>;
  /**
   * Takes the credits of a call before it is worked on. No two calls ever get the same credit.
   *
   * @throws RefusedRequest 401 without a token, or with one that is not ours or has ended; 403 when its key is suspended or has too few credits;
   * 429 when it asks too often
   */
  pay(request: FastifyRequest, credits: number): Promise<Payment>;
  /** After all that was asked. */
  close(): Promise<void>;
}

/** Works on a call that is paid for; when the work fails, the credits are back before the caller hears of it. */
export async function paying<T>(access: Access, request: FastifyRequest, credits: number, work: (payment: Payment) => Promise<T>): Promise<T> {
  const payment = await access.pay(request, credits);
  try {
    return await work(payment);
  } catch (error) {
    await payment.refund();
    throw error;
  }
}

const FREE: Payment = { key: null, balance: null, refund: async () => {} };

/**
 * No keys: everybody on this machine may ask. Such a service listens on loopback only and answers only requests that name a loopback host:
 * a web page must not reach it by pointing its own name at 127.0.0.1.
 */
export function openAccess(): Access {
  return {
    keys: false,
    register(app) {
      app.addHook('onRequest', async (request) => refuseForeignHosts(request.headers.host));
    },
    admit: async () => {},
    pay: async () => FREE,
    close: async () => {},
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
