/** What a reply that is no success means, as one of the reasons every surface understands. Messages name the host, never a key. */
import { type BacklinkLensError, sourceError } from '../util/errors.ts';
import type { HttpReply } from './transport.ts';

/**
 * A reply whose status is not one of success, as far as HTTP alone tells; a source looks at its own body first.
 *
 * @param said the other side's own words, if any: cut and cleaned here
 * @param now epoch milliseconds, for a Retry-After that is a date
 */
export function statusFailure(reply: HttpReply, host: string, said: string | null, now: number): BacklinkLensError {
  const { status } = reply;
  const words = `${status}${said === null ? '' : `: ${clean(said)}`}`;
  const wait = retryAfter(reply.headers['retry-after'], now);
  const details = wait === null ? {} : { retryAfter: wait };
  if (status === 401 || status === 403) return sourceError('auth', `${host} refused the key (${words}). Set another key.`);
  if (status === 402) return sourceError('quota', `The credits at ${host} are used up (${words}). Add credits or wait for the next period.`);
  if (status === 407) return sourceError('auth', `The proxy before ${host} wants a name and password (407). Set them in http.proxy.`);
  if (status === 429) {
    const until = wait === null ? 'wait' : `wait ${seconds(wait)}`;
    return sourceError('throttled', `${host} asks us to ${until} (${words}).`, details);
  }
  if (status === 408 || status === 504) return sourceError('timeout', `${host} gave up on the call (${words}). It is asked again later.`, details);
  if (status >= 500) return sourceError('unavailable', `${host} has trouble (${words}). It is asked again later.`, details);
  if (status === 404) return sourceError('unavailable', `${host} does not know the call (${words}). Check the address of the endpoint.`);
  if (status >= 400) return sourceError('refused-target', `${host} refused the question (${words}). Check the target.`);
  return sourceError('bad-reply', `${host} answered with status ${status}, which this call never gives. Check the address of the endpoint.`);
}

/**
 * Milliseconds to wait by a Retry-After header (RFC 9110 section 10.2.3): seconds or a date.
 *
 * @returns null when it is absent or neither; at most a day
 */
export function retryAfter(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  const text = header.trim();
  const milliseconds = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(milliseconds) ? null : Math.min(Math.max(milliseconds, 0), 86_400_000);
}

/** The other side's words for a message: one line, no control characters, at most 160 characters. */
export function clean(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return line.length > 160 ? `${line.slice(0, 159)}…` : line;
}

function seconds(milliseconds: number): string {
  return `${Math.max(1, Math.round(milliseconds / 1000))} s`;
}
