/** A source that keeps to its limit, whatever it is: the calls it makes wait for their turn, and what it learns of waits holds for all of them. */
import type { Clock } from '../util/clock.ts';
import { BacklinkLensError } from '../util/errors.ts';
import { retryAfter } from './failures.ts';
import { createLimiter, type Limiter } from './limiter.ts';
import type { Balance, Source } from './source.ts';
import type { Transport } from './transport.ts';

/**
 * Makes a source over a transport that keeps the source's own limit.
 *
 * @param make given the transport to use; may give null
 */
export function limitedSource(transport: Transport, clock: Clock, make: (limited: Transport) => Source | null): Source | null {
  let source: Source | null = null;
  const limiter = createLimiter({ clock, rate: () => source?.capabilities.rate ?? null });
  source = make(limitTransport(transport, limiter, clock));
  // What stays on this machine is throttled by nobody.
  return source === null || !source.capabilities.remote ? source : listening(source, limiter);
}

/** Every exchange waits for its turn; a wait that a reply asks for (429, or 503 with Retry-After) holds for those that come after. */
export function limitTransport(transport: Transport, limiter: Limiter, clock: Pick<Clock, 'now'>): Transport {
  return {
    async request(url, request) {
      await limiter.admit(URL.parse(url)?.host ?? 'The service', request.signal);
      const reply = await transport.request(url, request);
      if (reply.status === 429 || reply.status === 503) limiter.pause(retryAfter(reply.headers['retry-after'], clock.now()) ?? 0);
      return reply;
    },
    close: () => transport.close(),
  };
}

/** Some say in a reply of status 200 that it was too much: the source reads that, and it holds for its next calls all the same. */
function listening(source: Source, limiter: Limiter): Source {
  const heed = (error: unknown) => {
    if (BacklinkLensError.is(error, 'source.throttled') && error.retryAfter !== null) limiter.pause(error.retryAfter);
  };
  const heeding = async <T>(call: Promise<T>): Promise<T> => {
    try {
      return await call;
    } catch (error) {
      heed(error);
      throw error;
    }
  };
  return {
    get account() {
      return source.account;
    },
    get spent() {
      return source.spent;
    },
    get capabilities() {
      return source.capabilities;
    },
    async summaries(targets, signal) {
      const results = await heeding(source.summaries(targets, signal));
      for (const result of results) if ('error' in result) heed(result.error);
      return results;
    },
    rows: (target, page, signal) => heeding(source.rows(target, page, signal)),
    info: (signal) => source.info(signal),
    ...('balance' in source ? { balance: (signal: AbortSignal) => heeding(balanceOf(source, signal)) } : {}),
    close: () => source.close(),
  };
}

async function balanceOf(source: Source, signal: AbortSignal): Promise<Balance> {
  const balance = await source.balance?.(signal);
  if (balance === undefined) throw new BacklinkLensError('internal', 'A source without a balance was asked for it. Please report it.');
  return balance;
}
