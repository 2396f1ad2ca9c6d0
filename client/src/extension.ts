/** Entry of the extension: puts the parts together, starts the server, and stops both. */
import * as vscode from 'vscode';
import { registerTools } from './ai/tools.ts';
import type { BacklinkLensApi } from './api.ts';
import { registerCommands } from './commands/register.ts';
import { createConsent } from './consent.ts';
import { createFactsNews } from './factsNews.ts';
import { createLanguageClient, documentSelector } from './languageClient.ts';
import { createPrices } from './price.ts';
import { createReportPanels } from './report/panels.ts';
import { loadSecrets } from './secrets.ts';
import { keepInStep, startClient } from './session.ts';
import { createStatusItem } from './status.ts';
import { createLinks } from './views/links.ts';
import { createLostPages } from './views/lostPages.ts';
import { createThisPage } from './views/thisPage.ts';
import { createWords } from './words.ts';

let stop: (() => Promise<void>) | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<BacklinkLensApi> {
  const began = performance.now();
  const log = vscode.window.createOutputChannel('Backlink Lens', { log: true });
  const secrets = await loadSecrets(context.secrets, log);
  const words = createWords(vscode.l10n.t, vscode.env.language);
  const client = createLanguageClient(context, log, secrets, words);
  const status = createStatusItem(client, documentSelector(), words);
  const consent = createConsent(client, context.workspaceState);
  const prices = createPrices(client, context.globalState, words);
  const commands = registerCommands({ client, ready: () => api.ready, log, secrets, consent, prices, words, panels: () => reports });
  const reports = createReportPanels(context, client, commands.inspect);
  const news = createFactsNews(client);
  const links = createLinks(context, { client, news, ready: () => api.ready, status, words, log, inspect: commands.inspect });
  const { tree } = links;
  const page = createThisPage({
    client,
    news,
    ready: () => api.ready,
    status,
    words,
    allowed: async () => !vscode.workspace.isTrusted || consent.ask(),
  });
  const tools = registerTools({ client, ready: () => api.ready, consent, status, words });
  context.subscriptions.push(
    log,
    secrets,
    status,
    prices,
    news,
    links,
    page,
    tools,
    createLostPages({ client, words }),
    commands,
    reports,
    keepInStep(client, { consent, secrets, status, tree }),
  );
  stop = () => client.stop();
  const api: BacklinkLensApi = {
    client,
    ready: startClient(client, log),
    status,
    tree,
    page: page.tree,
    reports,
    secrets,
    activatedIn: performance.now() - began,
  };
  return api;
}

export async function deactivate(): Promise<void> {
  await stop?.();
  stop = undefined;
}
