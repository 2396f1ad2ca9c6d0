/** One call for all who ask the same at the same time. A call ends early only when nobody waits for it any more; nothing is remembered. */
import { abortReason } from './abortable.ts';

export interface SharedCalls<T> {
  /**
   * Joins the call under way for this key or starts it.
   *
   * @param signal lets this caller go, with its reason; the call itself is aborted with the last one
   */
  run(key: string, signal: AbortSignal, start: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

interface Call<T> {
  readonly result: Promise<T>;
  readonly controller: AbortController;
  waiting: number;
}

export function createSharedCalls<T>(): SharedCalls<T> {
  const calls = new Map<string, Call<T>>();

  function begin(key: string, start: (signal: AbortSignal) => Promise<T>): Call<T> {
    const controller = new AbortController();
    const call: Call<T> = { controller, waiting: 0, result: start(controller.signal) };
    calls.set(key, call);
    const forget = () => {
      if (calls.get(key) === call) calls.delete(key);
    };
    call.result.then(forget, forget);
    return call;
  }

  return {
    run(key, signal, start) {
      if (signal.aborted) return Promise.reject(abortReason(signal));
      const call = calls.get(key) ?? begin(key, start);
      call.waiting++;
      return new Promise<T>((resolve, reject) => {
        const leave = () => {
          call.waiting--;
          if (call.waiting === 0) {
            if (calls.get(key) === call) calls.delete(key);
            call.controller.abort(signal.reason);
          }
          reject(abortReason(signal));
        };
        signal.addEventListener('abort', leave, { once: true });
        const settle = () => signal.removeEventListener('abort', leave);
        call.result.finally(settle).then(resolve, reject);
      });
    },
  };
}
