/** Whether a request is made again, and when. */
import { type Exchange, headerValue } from './exchange.ts';
import { CrawlFailure } from './failures.ts';

/** A host that asks for more is given up for this crawl. */
const LONGEST_WAIT = 120_000;
const TRIES = { throttled: 4, error: 2 } as const;

export type Reply = Exchange | CrawlFailure;

/**
 * Milliseconds to wait before the next try; null when this reply is the last.
 *
 * @param tries so far, from 1
 * @param pause milliseconds before the first retry; doubled with every further one
 */
export function retryAfter(reply: Reply, tries: number, pause: number): number | null {
  const backOff = Math.min(pause * 2 ** (tries - 1), LONGEST_WAIT);
  if (reply instanceof CrawlFailure) return tries >= reply.tries ? null : backOff;
  if (isThrottling(reply.status)) {
    const asked = askedWait(reply) ?? 0;
    return tries >= TRIES.throttled || asked > LONGEST_WAIT ? null : Math.max(asked, backOff);
  }
  return (reply.status >= 500 || reply.status === 408) && tries < TRIES.error ? backOff : null;
}

/** A last reply that says nothing of its page: the host wants to be left alone. */
export function finalReply(reply: Reply): Reply {
  if (reply instanceof CrawlFailure || !isThrottling(reply.status)) return reply;
  const { host } = new URL(reply.url);
  const wait = askedWait(reply);
  const until = wait === null ? '' : `, for ${Math.ceil(wait / 60_000)} min`;
  return new CrawlFailure('crawl.throttled', `${host} asks to be left alone (${reply.status}${until}). Crawl it again later.`, { lasting: true });
}

function isThrottling(status: number): boolean {
  return status === 429 || status === 503;
}

/** Milliseconds of a Retry-After, which is in seconds or a date (RFC 9110, section 10.2.3). */
function askedWait({ headers }: Exchange): number | null {
  const text = headerValue(headers, 'retry-after')?.trim() ?? '';
  const wait = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isNaN(wait) ? null : Math.max(0, wait);
}
