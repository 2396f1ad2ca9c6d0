/** One line in the log for each call of a source: what was asked, what came, how long it took. Never a key, an address or a body. */
import { BacklinkLensError, isAbort } from '../util/errors.ts';
import type { Log } from '../util/log.ts';

/**
 * Runs a call and notes its outcome; resolves and rejects as the call does.
 *
 * @param what as in `rows of 1 target`: counts only, no names
 * @param tell the outcome in a few words, as in `250 rows`
 */
export type Logged = <T>(what: string, call: () => Promise<T>, tell: (result: T) => string) => Promise<T>;

/**
 * @param id of the source, the first word of each line
 * @param clock epoch milliseconds
 */
export function createLogged(id: string, log: Log, clock: () => number): Logged {
  return async (what, call, tell) => {
    const start = clock();
    const note = (outcome: string) => log.info(`${id}: ${what}, ${outcome}, ${clock() - start} ms`);
    try {
      const result = await call();
      note(tell(result));
      return result;
    } catch (error) {
      note(BacklinkLensError.is(error) ? error.code : isAbort(error) ? 'cancelled' : 'failed');
      throw error;
    }
  };
}
