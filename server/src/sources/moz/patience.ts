/**
 * Keeps out of Moz's penalty: more than 50 replies of status 4xx within five minutes bring a limit of 50 calls in five minutes (Moz's guide to
 * error handling). A key that is refused again and again would get there by itself.
 */
import { sourceError } from '../../util/errors.ts';

export interface Patience {
  /**
   * Throws `source.throttled` while another refusal would be one too many.
   *
   * @param host for the message
   */
  check(host: string): void;
  /** Notes the status of a reply. */
  note(status: number): void;
}

const MOST = 45;
const WINDOW = 300_000;

/** @param clock epoch milliseconds */
export function createPatience(clock: () => number): Patience {
  let refusals: number[] = [];
  return {
    check(host) {
      refusals = refusals.filter((at) => at + WINDOW > clock());
      const [oldest] = refusals;
      if (refusals.length < MOST || oldest === undefined) return;
      const left = oldest + WINDOW - clock();
      const message = `${host} has refused ${refusals.length} calls in five minutes and would slow down the account: asked again in ${Math.ceil(left / 1000)} s. Check key and targets.`;
      throw sourceError('throttled', message, { retryAfter: left });
    },
    note(status) {
      if (status >= 400 && status < 500) refusals.push(clock());
    },
  };
}
