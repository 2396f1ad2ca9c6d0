/** The editor's cancellation tokens as abort signals: the one place where the two meet. */

/** As vscode-jsonrpc has it. */
export interface CancellationTokenLike {
  readonly isCancellationRequested: boolean;
  onCancellationRequested(listener: () => void): { dispose(): void };
}

/**
 * A signal that is aborted when the token is cancelled. Dispose of it when the work is done.
 *
 * @example
 * using cancellation = toSignal(token);
 * await work(cancellation.signal);
 */
export function toSignal(token: CancellationTokenLike): { readonly signal: AbortSignal } & Disposable {
  const control = new AbortController();
  if (token.isCancellationRequested) control.abort();
  const subscription = token.onCancellationRequested(() => control.abort());
  return { signal: control.signal, [Symbol.dispose]: () => subscription.dispose() };
}
