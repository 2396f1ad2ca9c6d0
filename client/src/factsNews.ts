/** The server's word that facts changed, for everybody who draws them: the connection itself keeps one listener a message, the last. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { factsChangedNotification } from '../../shared/protocol.ts';

export interface FactsNews extends vscode.Disposable {
  /** URIs of the documents whose facts changed; empty: everything may have. */
  readonly onDidChange: vscode.Event<readonly string[]>;
}

/** Once a client: a second one would silence the first. */
export function createFactsNews(client: LanguageClient): FactsNews {
  const changed = new vscode.EventEmitter<readonly string[]>();
  const listening = client.onNotification(factsChangedNotification, ({ uris }) => changed.fire(uris));
  return {
    onDidChange: changed.event,
    dispose: () => {
      listening.dispose();
      changed.dispose();
    },
  };
}
