/** A long request to the server: its progress in a notification that can be cancelled. */
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { type LanguageClient, LSPErrorCodes, ResponseError, WorkDoneProgress } from 'vscode-languageclient/node';

/**
 * Runs a request under a progress notification.
 *
 * @param send makes the request, with the token that its progress is told by
 * @returns what `send` gives; null where `failed` was told of an error
 */
export async function withServerProgress<T>(
  client: LanguageClient,
  title: string,
  send: (workDoneToken: string, token: vscode.CancellationToken) => Promise<T>,
  failed: (error: unknown, wasCancelled: boolean) => void,
): Promise<T | null> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (progress, token) => {
    const workDoneToken = randomUUID();
    let reached = 0;
    const listening = client.onProgress(WorkDoneProgress.type, workDoneToken, (value) => {
      if (value.kind === 'end') return;
      const percentage = value.percentage ?? reached;
      progress.report({ ...(value.message === undefined ? {} : { message: value.message }), increment: Math.max(0, percentage - reached) });
      reached = Math.max(reached, percentage);
    });
    try {
      return await send(workDoneToken, token);
    } catch (error) {
      failed(error, token.isCancellationRequested || isCancelled(error));
      return null;
    } finally {
      listening.dispose();
    }
  });
}

/** True for a request that was given up: by its token, or because its price was not agreed to. */
export function isCancelled(error: unknown): boolean {
  return error instanceof ResponseError && error.code === LSPErrorCodes.RequestCancelled;
}
