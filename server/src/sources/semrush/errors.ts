/**
 * What Semrush says is wrong: plain text like `ERROR 120 :: WRONG KEY - ID PAIR`, in a reply of status 200 or of another. Numbers:
 * developer.semrush.com (API unit balance; Projects API, error messages) and replies that users recorded.
 */
import type { FailureReason } from '../../../../shared/backlinks.ts';
import { type BacklinkLensError, sourceError } from '../../util/errors.ts';
import { clean, statusFailure } from '../failures.ts';
import { parseJson } from '../json.ts';
import type { HttpReply } from '../transport.ts';

export interface Complaint {
  /** Semrush's number; null in a reply that has only a status. */
  readonly number: number | null;
  readonly words: string;
  /** Status that the reply names in its text. */
  readonly status: number | null;
}

/** Nothing is known of the target: an answer, and no error. */
export const NOTHING_FOUND = 50;

/** Wrong, missing or malformed keys, and what a key may not do: 130 and 135 disabled, 133 no access to the data. */
const KEY_WRONG: readonly number[] = [44, 70, 120, 121, 122];
const KEY_NOT_ENOUGH: readonly number[] = [130, 133, 135];
/** Limits of a plan and its units. */
const USED_UP: readonly number[] = [131, 132, 134];

/** The complaint in a reply; null when it holds none. */
export function complaintOf(reply: HttpReply): Complaint | null {
  const found = /^\s*ERROR\s+(\d{1,4})\s*::\s*(.*)/i.exec(reply.text);
  if (found !== null) return { number: Number(found[1]), words: found[2] ?? '', status: null };
  if (!reply.text.trimStart().startsWith('{')) return null;
  return complaintInJson(parseJson(reply));
}

/** Newer parts of the service say it in JSON: `{"error": {"code": 403, "message": "…"}}`. */
function complaintInJson(json: unknown): Complaint | null {
  const error = typeof json === 'object' && json !== null && 'error' in json ? json.error : null;
  if (typeof error !== 'object' || error === null) return null;
  const { code, message } = error as Readonly<Record<string, unknown>>;
  const number = typeof code === 'number' ? code : null;
  return {
    number: null,
    words: typeof message === 'string' ? message : '',
    status: number !== null && number >= 400 && number < 600 ? number : null,
  };
}

/** @param now epoch milliseconds */
export function failureOf(reply: HttpReply, complaint: Complaint | null, host: string, now: number): BacklinkLensError {
  if (complaint === null) return statusFailure(reply, host, null, now);
  const { number, words } = complaint;
  if (number === null) {
    const status = complaint.status ?? (reply.status < 400 ? 400 : reply.status);
    if (status === 403 && /\b(?:units?|limits?|balance)\b/i.test(words)) return usedUp(host, `403: ${clean(words)}`);
    return statusFailure({ ...reply, status }, host, words, now);
  }
  const said = `${number}: ${clean(words)}`;
  if (KEY_WRONG.includes(number)) return sourceError('auth', `${host} refused the key (${said}). Set another key.`);
  if (KEY_NOT_ENOUGH.includes(number)) {
    return sourceError('auth', `${host} refused the key for this report (${said}). Change the plan, or set another key.`);
  }
  if (USED_UP.includes(number)) return usedUp(host, said);
  if (reply.status === 429 || reply.status >= 500) return statusFailure(reply, host, `${number} ${words}`, now);
  return sourceError(OTHERWISE, `${host} refused the question (${said}). Check the target.`);
}

const OTHERWISE: FailureReason = 'refused-target';

function usedUp(host: string, said: string): BacklinkLensError {
  return sourceError('quota', `The units at ${host} are used up (${said}). Add units or wait for the next period.`);
}
