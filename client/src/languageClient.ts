/** The connection to our language server: where it is, what it is handed at start, and what of its Markdown is trusted. */
import * as vscode from 'vscode';
import { LanguageClient, type LanguageClientOptions, type ServerOptions, TransportKind } from 'vscode-languageclient/node';
import { COMMANDS, type InitializationOptions } from '../../shared/protocol.ts';
import { currentSettings, httpSettings, ownSettings } from './configuration.ts';
import { createMoveMiddleware } from './moves.ts';
import type { Secrets } from './secrets.ts';
import { secretWords, traceChannel } from './traceChannel.ts';
import type { Words } from './words.ts';

/**
 * Documents that are served: HTML, Markdown and the languages that the settings add, on disk, unsaved, or in a virtual workspace; not the read-only sides of a comparison,
 * the output panel or chat.
 */
export function documentSelector(): { language: string; scheme: string }[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const schemes = new Set(['file', 'untitled', 'vscode-vfs', ...folders.map((folder) => folder.uri.scheme)]);
  const languages = ['html', 'markdown', ...Object.keys(currentSettings().languages)];
  return [...schemes].flatMap((scheme) => languages.map((language) => ({ language, scheme })));
}

/** True for a document that the server is told of. */
export function isServed(document: vscode.TextDocument): boolean {
  return vscode.languages.match(documentSelector(), document) > 0;
}

/**
 * The server's engine collects its garbage early: reading a folder of 20,000 pages leaves a lot of it, and the engine would rather take twice the
 * memory. Measured by bench/workspace: no slower.
 */
const FRUGAL = ['--max-semi-space-size=4', '--heap-growing-percent=50'];

/**
 * Makes the client; it is not started yet.
 *
 * @param log where client and server write
 */
export function createLanguageClient(context: vscode.ExtensionContext, log: vscode.LogOutputChannel, secrets: Secrets, words: Words): LanguageClient {
  const module = context.asAbsolutePath('dist/server.cjs');
  const serverOptions: ServerOptions = {
    run: { module, transport: TransportKind.ipc, options: { execArgv: [...FRUGAL] } },
    debug: { module, transport: TransportKind.ipc, options: { execArgv: [...FRUGAL, '--nolazy', '--enable-source-maps'] } },
  };
  const options: LanguageClientOptions = {
    documentSelector: documentSelector(),
    outputChannel: log,
    traceOutputChannel: traceChannel(log, () => secretWords(secrets.current(), httpSettings())),
    // Asked for anew when the server is restarted, so that a changed key is not lost.
    initializationOptions: (): InitializationOptions => ({
      settings: ownSettings(),
      credentials: secrets.current(),
      trusted: vscode.workspace.isTrusted,
      locale: vscode.env.language,
      http: httpSettings(),
      commandLinks: true,
      spoken: vscode.workspace.getConfiguration('editor').get('accessibilitySupport') === 'on',
      asksPrice: true,
      storage: context.globalStorageUri.fsPath,
    }),
    markdown: { isTrusted: { enabledCommands: Object.values(COMMANDS) }, supportThemeIcons: true, supportHtml: false },
    middleware: { workspace: createMoveMiddleware(() => client, words) },
    diagnosticPullOptions: { onChange: true, onSave: true },
    // Our own settings are pulled per folder by the server, which asks to be told of changes; the proxy's are pushed.
    synchronize: { configurationSection: 'http' },
  };
  const client: LanguageClient = new LanguageClient('backlinkLens', 'Backlink Lens', serverOptions, options);
  return client;
}
