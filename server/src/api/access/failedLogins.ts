/** Keeps an address from trying out secrets: after so many failures in a minute, and with as many under way, it has to wait. */
import type { FastifyRequest } from 'fastify';
import type { Meter } from './rates.ts';
import { tooManyLogins } from './refusals.ts';

export interface FailedLogins {
  /**
   * Runs an attempt to log in; null counts as a failure.
   *
   * @throws RefusedRequest 429 instead of running it
   */
  watch<T>(request: FastifyRequest, attempt: () => Promise<T | null>): Promise<T | null>;
}

/** @param meter counts failures by address */
export function createFailedLogins(meter: Meter): FailedLogins {
  const underWay = new Map<string, number>();
  const change = (address: string, by: number) => {
    const now = (underWay.get(address) ?? 0) + by;
    if (now === 0) underWay.delete(address);
    else underWay.set(address, now);
  };
  return {
    async watch(request, attempt) {
      const { remaining, seconds } = await meter(request, true);
      // Those that are under way may all fail.
      if (remaining <= (underWay.get(request.ip) ?? 0)) throw tooManyLogins(seconds);
      change(request.ip, 1);
      try {
        const found = await attempt();
        if (found === null) await meter(request);
        return found;
      } finally {
        change(request.ip, -1);
      }
    },
  };
}
