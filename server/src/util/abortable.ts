/** Waiting that can be stopped, for promises that cannot. */

/**
 * Settles as the promise does, or rejects with the signal's reason as soon as it is aborted; the work behind the promise goes on.
 *
 * @param promise its rejection after an abort is swallowed
 */
export async function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const stop = () => reject(abortReason(signal));
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Why a signal was aborted; an AbortError where no error was given. */
export function abortReason(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new DOMException('The operation was aborted', 'AbortError');
}
