/** Every request goes through here: cancellation, the log, and what the editor gets when something went wrong. */
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { type CancellationTokenLike, toSignal } from '../util/cancellation.ts';
import { BacklinkLensError, isAbort } from '../util/errors.ts';
import type { Log } from '../util/log.ts';

/** What travels with a failed request, so that the client can tell failures apart without reading sentences. */
export interface FailureData {
  readonly code: string;
  readonly reason: string | null;
}

/** In place of a fallback: there is no harmless answer, the request fails. */
export const FAIL: unique symbol = Symbol('fail');

export type Runner = <T>(
  name: string,
  token: CancellationTokenLike,
  fallback: T | typeof FAIL,
  body: (signal: AbortSignal) => T | Promise<T>,
) => Promise<T>;

/**
 * A failure that we know goes to the client with its code and sentence; one that we did not foresee is logged and the fallback answers,
 * so that no editor feature is ever lost to a mistake of ours.
 */
export function createRunner(log: Log): Runner {
  return async (name, token, fallback, body) => {
    const cancellation = toSignal(token);
    try {
      return await body(cancellation.signal);
    } catch (error) {
      if (isAbort(error)) throw new ResponseError(LSPErrorCodes.RequestCancelled, `${name} was cancelled`);
      if (BacklinkLensError.is(error))
        throw new ResponseError<FailureData>(LSPErrorCodes.RequestFailed, error.message, { code: error.code, reason: error.reason });
      log.error(`${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      if (fallback !== FAIL) return fallback;
      throw new ResponseError<FailureData>(LSPErrorCodes.RequestFailed, `${name} failed; the log says why`, { code: 'internal', reason: null });
    } finally {
      cancellation.release();
    }
  };
}
