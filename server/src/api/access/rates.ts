/** How often each key and each address may ask. Counted in windows of a minute, in memory; nobody hears of it before it is too often. */
import rateLimit, { type CreateRateLimitOptions } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { WIRE_ERRORS } from '../contract.ts';
import { RefusedRequest } from '../refused.ts';

/** Calls a minute. */
export interface Rates {
  /** Null for as many as they like. */
  readonly perKey: number | null;
  /** Requests for a token that fail, of one address. */
  readonly failedLogins: number;
}

export const RATES: Rates = { perKey: 1_200, failedLogins: 10 };

/** Keys or addresses that are counted at once; of more, those that asked longest ago are forgotten. */
const MOST_COUNTED = 50_000;

/** How an address, or a key, stands in this minute. */
export interface Standing {
  readonly exceeded: boolean;
  readonly remaining: number;
  /** Seconds until the count begins anew, from 1. */
  readonly seconds: number;
}

/** Counts a request, or with `peek` only looks. */
export type Meter = (request: FastifyRequest, peek?: boolean) => Promise<Standing>;

/** Makes a meter that counts by what `keyOf` says, by default by address (IPv6: its /64). */
export type Meters = (most: number, keyOf?: (request: FastifyRequest) => string) => Meter;

/** Makes meters available; they work once the app is ready. */
export function addMeters(app: FastifyInstance): Meters {
  void app.register(rateLimit, { global: false });
  return (most, keyOf) => {
    const options: CreateRateLimitOptions & { readonly cache: number } = { max: most, timeWindow: 60_000, cache: MOST_COUNTED };
    if (keyOf !== undefined) options.keyGenerator = keyOf;
    let count: ReturnType<FastifyInstance['createRateLimit']> | null = null;
    return async (request, peek = false) => {
      count ??= app.createRateLimit(options);
      const standing = await count(request, peek ? { increment: false } : undefined);
      if (standing.isAllowed) return { exceeded: false, remaining: most, seconds: 1 };
      return { exceeded: standing.isExceeded, remaining: standing.remaining, seconds: Math.max(1, standing.ttlInSeconds) };
    };
  };
}

/** @param who `key` or `address` */
export async function refuseTooMany(meter: Meter, request: FastifyRequest, who: string, most: number): Promise<void> {
  const { exceeded, seconds } = await meter(request);
  if (!exceeded) return;
  const message = `More than ${most} calls a minute of this ${who}. Wait ${seconds} s.`;
  throw new RefusedRequest(429, WIRE_ERRORS.tooManyCalls, message, { 'retry-after': String(seconds) });
}

/** Paths that operators ask often. */
const UNLIMITED: ReadonlySet<string | undefined> = new Set(['/healthz', '/readyz', '/metrics']);

/** Refuses addresses that ask too often, before anything else is done for them. */
export function limitAddresses(app: FastifyInstance, meters: Meters, most: number): void {
  const meter = meters(most);
  app.addHook('onRequest', async (request) => {
    if (!UNLIMITED.has(request.routeOptions.url)) await refuseTooMany(meter, request, 'address', most);
  });
}
