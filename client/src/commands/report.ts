/** *Create Report* and *Inspect URL or Domain*: ask what about, fetch with progress and cancel, show the panel. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { reportRequest } from '../../../shared/protocol.ts';
import type { Report } from '../../../shared/report.ts';
import { isServed } from '../languageClient.ts';
import type { ReportPanels } from '../report/panels.ts';
import { withServerProgress } from '../serverProgress.ts';
import { addressProblem, type ReportScope, readInspect, readReportScope } from './arguments.ts';

export interface ReportCommands extends vscode.Disposable {
  /** Opens the report of a typed URL or domain. */
  readonly inspect: (text: string) => Promise<void>;
}

export interface ReportParts {
  readonly client: LanguageClient;
  readonly panels: () => ReportPanels;
  /** Asks for consent where it is missing; false when the user refused. */
  readonly allowed: () => Promise<boolean>;
  readonly log: vscode.LogOutputChannel;
}

export function registerReportCommands(parts: ReportParts): ReportCommands {
  const show = async (scope: ReportScope) => {
    if (!(await parts.allowed())) return;
    const report = await fetchReport(parts, scope);
    if (report === null) return;
    // The editor knows the workspace by the name that the user reads in its title.
    const title = scope.kind === 'workspace' ? (vscode.workspace.name ?? report.title) : report.title;
    parts.panels().show(subjectOf(scope), { ...report, title }, scope.kind === 'target');
  };
  const inspect = async (text: string) => show({ kind: 'target', text: text.trim() });
  const registered = vscode.Disposable.from(
    vscode.commands.registerCommand('backlinkLens.createReport', async (given?: unknown) => {
      const scope = readReportScope(given) ?? (await pickScope());
      if (scope !== null) await show(scope);
    }),
    vscode.commands.registerCommand('backlinkLens.inspect', async (given?: unknown) => {
      const text = readInspect(given)?.text ?? (await askAddress());
      if (text !== undefined) await inspect(text);
    }),
  );
  return { inspect, dispose: () => registered.dispose() };
}

/** The report, or null when it was cancelled or failed; a failure has been told. */
async function fetchReport({ client, log }: ReportParts, scope: ReportScope): Promise<Report | null> {
  return withServerProgress(
    client,
    vscode.l10n.t('Backlinks report'),
    (workDoneToken, token) => client.sendRequest(reportRequest, { scope, workDoneToken }, token),
    (error, wasCancelled) => {
      if (!wasCancelled) tellFailure(error, log);
    },
  );
}

function tellFailure(error: unknown, log: vscode.LogOutputChannel): void {
  const message = error instanceof Error ? error.message : String(error);
  const showLog = vscode.l10n.t('Show Log');
  log.error(message);
  void vscode.window.showErrorMessage(vscode.l10n.t('The report could not be made: {0}', message), showLog).then((answer) => {
    if (answer === showLog) log.show();
  });
}

/** Asks only where several answers are possible. */
async function pickScope(): Promise<ReportScope | null> {
  const document = vscode.window.activeTextEditor?.document;
  const choices: (vscode.QuickPickItem & { readonly scope: ReportScope | null })[] = [];
  if (document !== undefined && isServed(document)) {
    const uri = document.uri.toString();
    const description = vscode.workspace.asRelativePath(document.uri);
    choices.push({ label: `$(file) ${vscode.l10n.t('This document')}`, description, scope: { kind: 'document', uri } });
  }
  if ((vscode.workspace.workspaceFolders?.length ?? 0) > 0) {
    const description = vscode.workspace.name ?? '';
    choices.push({ label: `$(folder) ${vscode.l10n.t('All HTML and Markdown files of the workspace')}`, description, scope: { kind: 'workspace' } });
  }
  choices.push({ label: `$(search) ${vscode.l10n.t('A URL or domain…')}`, scope: null });
  const title = vscode.l10n.t('What is the report about?');
  const chosen = choices.length === 1 ? choices[0] : await vscode.window.showQuickPick(choices, { title, placeHolder: title });
  if (chosen === undefined) return null;
  if (chosen.scope !== null) return chosen.scope;
  const text = await askAddress();
  return text === undefined ? null : { kind: 'target', text };
}

async function askAddress(): Promise<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Inspect URL or Domain'),
    prompt: vscode.l10n.t('A domain (example.com), a host (blog.example.com), a page (https://example.com/guide) or a folder (example.com/docs/*)'),
    placeHolder: 'example.com',
    validateInput: (text) => {
      switch (addressProblem(text)) {
        case null:
        case 'empty':
          return null;
        case 'spaces':
          return vscode.l10n.t('An address has no spaces.');
        case 'scheme':
          return vscode.l10n.t('Only http and https addresses have backlinks.');
        case 'no-host':
          return vscode.l10n.t('This is no URL or domain: a host such as example.com is missing.');
      }
    },
  });
}

function subjectOf(scope: ReportScope): string {
  switch (scope.kind) {
    case 'document':
      return `document ${scope.uri}`;
    case 'workspace':
      return 'workspace';
    case 'target':
      return `target ${scope.text}`;
  }
}
