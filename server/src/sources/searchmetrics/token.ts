/** The bearer token of an endpoint: fetched when first needed, kept until it ends, shared by calls that need it at the same time. */
import { createSharedCalls } from '../../util/sharedCalls.ts';

export interface FetchedToken {
  readonly token: string;
  /** Milliseconds from now; null where the endpoint does not say. */
  readonly life: number | null;
}

export interface Tokens {
  /** Rejects as the fetch does; a failed fetch is forgotten. */
  get(signal: AbortSignal): Promise<string>;
  /** The endpoint no longer takes this token. */
  invalidate(token: string): void;
}

/** A token is not used in its last minute: the clocks of two machines differ. */
const MARGIN = 60_000;

/**
 * @param obtain asks the endpoint for a new token
 * @param clock epoch milliseconds
 */
export function createTokens(obtain: (signal: AbortSignal) => Promise<FetchedToken>, clock: () => number): Tokens {
  const shared = createSharedCalls<string>();
  let held: { readonly token: string; readonly until: number } | null = null;

  async function renew(signal: AbortSignal): Promise<string> {
    const { token, life } = await obtain(signal);
    held = { token, until: life === null ? Number.POSITIVE_INFINITY : clock() + life - MARGIN };
    return token;
  }

  return {
    async get(signal) {
      signal.throwIfAborted();
      if (held !== null && clock() < held.until) return held.token;
      return await shared.run('token', signal, renew);
    },
    invalidate(token) {
      if (held?.token === token) held = null;
    },
  };
}
