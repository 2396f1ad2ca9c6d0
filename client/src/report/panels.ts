/** The report panels: one a subject, drawn by a page of our own that is given data and asks for more. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { rowsRequest } from '../../../shared/protocol.ts';
import type { Report } from '../../../shared/report.ts';
import { currentSettings } from '../configuration.ts';
import { type FromPage, readFromPage, type ToPage } from './messages.ts';
import { pageHtml } from './pageHtml.ts';

export interface ReportPanels extends vscode.Disposable {
  /**
   * Shows a report, in the panel of the same subject where one is open.
   *
   * @param subject what the report is about: equal subjects share a panel
   * @param single one typed target instead of a table of many
   */
  readonly show: (subject: string, report: Report, single: boolean) => void;
  /** A page drew its report: for tests. */
  readonly onDidDraw: vscode.Event<{ readonly subject: string; readonly targets: number }>;
}

interface Open {
  readonly panel: vscode.WebviewPanel;
  report: Report;
  single: boolean;
}

/** @param inspect opens the report of a target that was clicked */
export function createReportPanels(context: vscode.ExtensionContext, client: LanguageClient, inspect: (text: string) => Promise<void>): ReportPanels {
  const panels = new Map<string, Open>();
  const drawn = new vscode.EventEmitter<{ subject: string; targets: number }>();

  const open = (subject: string, report: Report, single: boolean): Open => {
    const roots = ['dist', 'media'].map((folder) => vscode.Uri.joinPath(context.extensionUri, folder));
    const panel = vscode.window.createWebviewPanel('backlinkLens.report', panelTitle(report), vscode.ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: roots,
      enableFindWidget: true,
    });
    const opened: Open = { panel, report, single };
    panel.iconPath = vscode.Uri.joinPath(context.extensionUri, 'media', 'icon.png');
    panel.webview.onDidReceiveMessage(async (value: unknown) => {
      const message = readFromPage(value);
      if (message !== null) await answer(subject, opened, message);
    });
    panel.onDidDispose(() => panels.delete(subject));
    panel.webview.html = frame(panel.webview, context.extensionUri, panelTitle(report));
    return opened;
  };

  const answer = async (subject: string, { panel, report, single }: Open, message: FromPage): Promise<void> => {
    const post = (reply: ToPage) => panel.webview.postMessage(reply);
    switch (message.type) {
      case 'ready':
        await post({ type: 'report', report, translations: translations(), locale: vscode.env.language, single });
        return;
      case 'drawn':
        return drawn.fire({ subject, targets: message.targets });
      case 'open':
        return openUse(report, message);
      case 'browse':
        await vscode.env.openExternal(vscode.Uri.parse(message.url, true));
        return;
      case 'inspect':
        return inspect(message.text);
      case 'rows':
        await post(await fetchRows(client, message));
        return;
      case 'export':
        return saveJson(report);
    }
  };

  return {
    show: (subject, report, single) => {
      const existing = panels.get(subject);
      if (existing === undefined) {
        panels.set(subject, open(subject, report, single));
        return;
      }
      existing.report = report;
      existing.single = single;
      existing.panel.title = panelTitle(report);
      existing.panel.reveal();
      void answer(subject, existing, { type: 'ready' });
    },
    onDidDraw: drawn.event,
    dispose: () => {
      for (const { panel } of panels.values()) panel.dispose();
      drawn.dispose();
    },
  };
}

function panelTitle(report: Report): string {
  return vscode.l10n.t('Backlinks: {0}', report.title);
}

function frame(webview: vscode.Webview, extension: vscode.Uri, title: string): string {
  return pageHtml({
    title,
    locale: vscode.env.language,
    cspSource: webview.cspSource,
    nonce: randomBytes(18).toString('base64url'),
    script: webview.asWebviewUri(vscode.Uri.joinPath(extension, 'dist', 'report.js')).toString(),
    style: webview.asWebviewUri(vscode.Uri.joinPath(extension, 'media', 'report.css')).toString(),
    waiting: vscode.l10n.t('Drawing the report …'),
  });
}

/** The sentences of the editor's language, so that the page speaks it too. */
function translations(): Record<string, string> {
  return Object.fromEntries(Object.entries(vscode.l10n.bundle ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** Only places that the report itself names are opened. */
async function openUse(report: Report, wish: { uri: string; line: number; character: number }): Promise<void> {
  const uses = [...report.targets.flatMap((target) => target.uses), ...report.findings.map((finding) => finding.use)];
  if (!uses.some((use) => use.uri === wish.uri)) return;
  const at = new vscode.Position(wish.line, wish.character);
  await vscode.window.showTextDocument(vscode.Uri.parse(wish.uri), {
    selection: new vscode.Range(at, at),
    viewColumn: vscode.ViewColumn.Beside,
    preview: true,
  });
}

async function fetchRows(client: LanguageClient, { target, offset }: Extract<FromPage, { type: 'rows' }>): Promise<ToPage> {
  try {
    const page = await client.sendRequest(rowsRequest, { target, offset, limit: currentSettings().rowsPerPage });
    return { type: 'rows', target: target.id, page };
  } catch (error) {
    return { type: 'rowsFailed', target: target.id, message: error instanceof Error ? error.message : String(error) };
  }
}

async function saveJson(report: Report): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const file = await vscode.window.showSaveDialog({
    filters: { JSON: ['json'] },
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, 'backlinks-report.json') }),
  });
  if (file === undefined) return;
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(`${JSON.stringify(report, null, 2)}\n`));
}
