/** One run of the server: started in the background, told again after a restart what it cannot know by itself. */
import * as vscode from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';
import { credentialsNotification } from '../../shared/protocol.ts';
import type { Consent } from './consent.ts';
import type { Secrets } from './secrets.ts';
import type { StatusItem } from './status.ts';
import type { LinksTree } from './views/linksTree.ts';

/** Starts the server without holding up the editor; a failure is logged and rejects the promise. */
export function startClient(client: LanguageClient, log: vscode.LogOutputChannel): Promise<void> {
  const started = client.start();
  started.catch((error: unknown) => log.error(`The language server could not be started: ${error instanceof Error ? error.message : String(error)}`));
  return started;
}

/** Settings that say whom links are sent to. */
const WHERE = ['backlinkLens.source', 'backlinkLens.searchmetrics.endpoint', 'backlinkLens.endpoints'];

export interface Told {
  readonly consent: Consent;
  readonly secrets: Secrets;
  readonly status: StatusItem;
  readonly tree: LinksTree;
}

/** After every start: consent, status, a fresh tree. After a change of source or key: the consent or key that holds now. */
export function keepInStep(client: LanguageClient, parts: Told): vscode.Disposable {
  const logged = (told: Promise<void>) => told.catch((error: unknown) => client.warn(error instanceof Error ? error.message : String(error)));
  const tellAll = async () => {
    await parts.consent.tell();
    await parts.status.refresh();
    parts.tree.refresh();
  };
  return vscode.Disposable.from(
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) void logged(tellAll());
    }),
    // Trust is told at start: the server then reads the paths that it left alone before.
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      if (client.isRunning()) void logged(client.restart());
    }),
    // A server that is not running gets the key with its start.
    parts.secrets.onDidChange((credentials) => {
      if (client.isRunning()) void logged(client.sendNotification(credentialsNotification, credentials));
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (!WHERE.some((setting) => event.affectsConfiguration(setting))) return;
      if (client.isRunning()) void logged(parts.consent.tell());
    }),
  );
}
