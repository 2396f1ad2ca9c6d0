/** The editor's cancellation tokens as abort signals: the one place where the two meet. */

/** As vscode-jsonrpc has it. */
export interface CancellationTokenLike {
  readonly isCancellationRequested: boolean;
  onCancellationRequested(listener: () => void): { dispose(): void };
}

/**
 * A signal that is aborted when the token is cancelled.
 *
 * @returns the signal, and `release` for when the work is done
 */
export function toSignal(token: CancellationTokenLike): { readonly signal: AbortSignal; release(): void } {
  const control = new AbortController();
  if (token.isCancellationRequested) control.abort();
  const subscription = token.onCancellationRequested(() => control.abort());
  return { signal: control.signal, release: () => subscription.dispose() };
}
