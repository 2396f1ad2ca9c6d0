/** What Majestic's codes mean to us. They come in replies of HTTP status 200; there is no published list, so kinds of them are told by their words. */
import type { FailureReason } from '../../../../shared/backlinks.ts';
import { type BacklinkLensError, sourceError } from '../../util/errors.ts';
import { clean } from '../failures.ts';

interface Meaning {
  readonly code: RegExp;
  readonly reason: FailureReason;
  /** What happened, after the host's name. */
  readonly what: string;
  /** What to do, a sentence. */
  readonly advice: string;
}

/** The first that fits. Seen in replies: InvalidAPIKey, InsufficientIndexItemInfoUnits, RealTimePrefixQueryNotPossible. */
const MEANINGS: readonly Meaning[] = [
  { code: /Key|Token|Auth|Permission|Forbidden|Denied/, reason: 'auth', what: 'refused the key', advice: 'Set another key.' },
  {
    code: /Insufficient|Units|Credits|Quota|Subscription|Expired/,
    reason: 'quota',
    what: 'says that the units are used up',
    advice: 'Add units or wait for the next period.',
  },
  { code: /Rate|Throttl|TooMany|Limit/, reason: 'throttled', what: 'asks us to wait', advice: 'It is asked again later.' },
  {
    code: /Invalid|Missing|Unknown|NotPossible|NotSupported|Unsupported|Parameter/,
    reason: 'refused-target',
    what: 'refused the question',
    advice: 'Check the target.',
  },
];
const OTHER: Omit<Meaning, 'code'> = { reason: 'unavailable', what: 'has trouble', advice: 'It is asked again later.' };

/** The code of a reply of success. */
export const SUCCESS = 'OK';

/** True for a code that says that there is nothing, which is an answer. */
export function saysNothingFound(code: string): boolean {
  return /NotFound|NoData|NoBackLinks|NotInIndex/i.test(code);
}

/**
 * @param message Majestic's own words, without the key
 * @param wait milliseconds that the reply asks for, if it does
 */
export function codeFailure(code: string, message: string | null, host: string, wait: number | null): BacklinkLensError {
  const { reason, what, advice } = MEANINGS.find((meaning) => meaning.code.test(code)) ?? OTHER;
  const words = `${clean(code)}${message === null ? '' : `: ${clean(message)}`}`;
  return sourceError(reason, `${host} ${what} (${words}). ${advice}`, wait === null ? {} : { retryAfter: wait });
}
