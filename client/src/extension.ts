/** Entry of the extension: puts the parts together, starts the server, and stops both. */
import * as vscode from 'vscode';
import type { BacklinkLensApi } from './api.ts';
import { registerBuildCommand } from './commands/buildIndex.ts';
import { registerKeyCommands, wantKey } from './commands/keys.ts';
import { registerLinkCommands } from './commands/links.ts';
import { registerReportCommands } from './commands/report.ts';
import { registerSourceCommands } from './commands/source.ts';
import { createConsent } from './consent.ts';
import { createLanguageClient, documentSelector } from './languageClient.ts';
import { createReportPanels } from './report/panels.ts';
import { loadSecrets } from './secrets.ts';
import { keepInStep, startClient } from './session.ts';
import { createStatusItem } from './status.ts';
import { LinksTree } from './views/linksTree.ts';
import { createLinksView } from './views/linksView.ts';
import { createWords } from './words.ts';

let stop: (() => Promise<void>) | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<BacklinkLensApi> {
  const log = vscode.window.createOutputChannel('Backlink Lens', { log: true });
  const secrets = await loadSecrets(context.secrets, log);
  const words = createWords(vscode.l10n.t, vscode.env.language);
  const client = createLanguageClient(context, log, secrets);
  const status = createStatusItem(client, documentSelector(), words);
  const consent = createConsent(client, context.workspaceState);
  const allowed = async () => status.current()?.state !== 'needs-consent' || consent.ask();
  const tree = new LinksTree(client, words);
  const reportCommands = registerReportCommands({ client, panels: () => reports, allowed, log });
  const reports = createReportPanels(context, client, reportCommands.inspect);
  context.subscriptions.push(
    log,
    secrets,
    status,
    tree,
    reportCommands,
    reports,
    createLinksView(tree, status, reportCommands.inspect),
    registerKeyCommands(secrets),
    registerLinkCommands({ client, inspect: reportCommands.inspect, allowed }),
    registerBuildCommand({ client, log }),
    registerSourceCommands({ wantKey: () => wantKey(secrets, 'searchmetrics'), askConsent: consent.ask }),
    vscode.commands.registerCommand('backlinkLens.showLog', () => log.show()),
    keepInStep(client, { consent, secrets, status, tree }),
  );
  stop = () => client.stop();
  return { client, ready: startClient(client, log), status, tree, reports, secrets };
}

export async function deactivate(): Promise<void> {
  await stop?.();
  stop = undefined;
}
