/** What DataForSEO's own status codes mean to us. They come inside replies of HTTP status 200 as a rule; the list is its appendix/errors. */
import type { FailureReason } from '../../../../shared/backlinks.ts';
import { type BacklinkLensError, sourceError } from '../../util/errors.ts';
import { clean, statusFailure } from '../failures.ts';
import type { HttpReply } from '../transport.ts';

interface Meaning {
  readonly reason: FailureReason;
  /** What happened, after the host's name. */
  readonly what: string;
  /** What to do, a sentence. */
  readonly advice: string;
  /** Milliseconds. */
  readonly wait?: number;
}

const MINUTE = 60_000;

/** Codes whose first three digits, read as an HTTP status, would say something else or less. */
const MEANINGS: Readonly<Record<number, Meaning>> = {
  40101: { reason: 'unavailable', what: 'has trouble', advice: 'It is asked again later.' },
  40103: { reason: 'unavailable', what: 'gave up on the call', advice: 'It is asked again later.' },
  40104: { reason: 'auth', what: 'wants the account verified first', advice: 'Verify it in the dashboard there, or set another key.' },
  40200: { reason: 'quota', what: 'wants to be paid', advice: 'Add money to the account there.' },
  40201: { reason: 'auth', what: 'has blocked the account', advice: 'Ask its support, or set another key.' },
  40202: { reason: 'throttled', what: 'asks us to wait 60 s', advice: 'It is asked again then.', wait: MINUTE },
  40203: { reason: 'quota', what: "has reached the account's cost limit", advice: 'Raise it in the dashboard there, or wait for the next day.' },
  40204: { reason: 'auth', what: 'does not include this call in the plan', advice: 'Activate the Backlinks API there, or set another key.' },
  40205: { reason: 'throttled', what: 'takes no more of the same question this hour', advice: 'It is asked again then.', wait: 60 * MINUTE },
  40206: { reason: 'throttled', what: 'takes no more of the same question today', advice: 'It is asked again then.', wait: 24 * 60 * MINUTE },
  40207: { reason: 'auth', what: 'does not let this machine in', advice: 'Add its address to the whitelist in the dashboard there.' },
  40209: { reason: 'throttled', what: 'asks for fewer calls at once', advice: 'It is asked again in a moment.', wait: 5_000 },
  40210: { reason: 'quota', what: 'says that the money is used up', advice: 'Add money to the account there.' },
  50100: { reason: 'unavailable', what: 'does not offer the call any more', advice: 'Choose another source, and report it.' },
};

/**
 * The failure for a status that is none of success. One that the list does not name is read by its first three digits, which are those of HTTP.
 *
 * @param now epoch milliseconds
 */
export function codeFailure(code: number, message: string | null, reply: HttpReply, host: string, now: number): BacklinkLensError {
  const words = `${code}${message === null ? '' : `: ${clean(message)}`}`;
  const known = MEANINGS[code];
  if (known === undefined) return statusFailure({ ...reply, status: Math.floor(code / 100) }, host, words, now);
  const details = known.wait === undefined ? {} : { retryAfter: known.wait };
  return sourceError(known.reason, `${host} ${known.what} (${words}). ${known.advice}`, details);
}
