/** The report panels: one a subject, drawn by a page of our own that is given data and asks for more. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { rowsRequest } from '../../../shared/protocol.ts';
import type { Report } from '../../../shared/report.ts';
import { isRecord } from '../commands/arguments.ts';
import { currentSettings } from '../configuration.ts';
import { createKeptReports } from './keptReports.ts';
import { type FromPage, readFromPage, type ToPage } from './messages.ts';
import { pageHtml } from './pageHtml.ts';
import { saveReport } from './saveReport.ts';

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

const VIEW_TYPE = 'backlinkLens.report';

interface Open {
  readonly panel: vscode.WebviewPanel;
  report: Report;
  single: boolean;
}

/** @param inspect opens the report of a target that was clicked */
export function createReportPanels(context: vscode.ExtensionContext, client: LanguageClient, inspect: (text: string) => Promise<void>): ReportPanels {
  const panels = new Map<string, Open>();
  const drawn = new vscode.EventEmitter<{ subject: string; targets: number }>();

  const kept = createKeptReports(vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, 'reports'));
  const options = {
    enableScripts: true,
    localResourceRoots: ['dist', 'media'].map((folder) => vscode.Uri.joinPath(context.extensionUri, folder)),
  };

  const open = (panel: vscode.WebviewPanel, subject: string, report: Report, single: boolean): void => {
    const opened: Open = { panel, report, single };
    panels.set(subject, opened);
    panel.title = panelTitle(report);
    panel.iconPath = vscode.Uri.joinPath(context.extensionUri, 'media', 'icon.png');
    panel.webview.options = options;
    panel.webview.onDidReceiveMessage(async (value: unknown) => {
      const message = readFromPage(value);
      if (message !== null) await answer(subject, opened, message);
    });
    panel.onDidDispose(() => {
      if (panels.get(subject) === opened) panels.delete(subject);
      void kept.drop(subject);
    });
    panel.webview.html = frame(panel.webview, context.extensionUri, panelTitle(report));
  };

  /** A report that cannot be kept is shown all the same, and not again in the next window. */
  const keep = (subject: string, report: Report, single: boolean) => {
    kept.keep({ subject, report, single }).catch((error: unknown) => client.warn(`The report is not kept: ${String(error)}`));
  };

  /** A panel that a window had open before it was loaded anew; one whose report is gone is closed. */
  const revive = async (panel: vscode.WebviewPanel, state: unknown): Promise<void> => {
    const name = isRecord(state) && typeof state['kept'] === 'string' ? state['kept'] : '';
    const found = await kept.read(name);
    if (found === null || panels.has(found.subject)) panel.dispose();
    else open(panel, found.subject, found.report, found.single);
  };

  const answer = async (subject: string, { panel, report, single }: Open, message: FromPage): Promise<void> => {
    const post = (reply: ToPage) => panel.webview.postMessage(reply);
    switch (message.type) {
      case 'ready':
        await post({ type: 'report', report, translations: translations(), locale: vscode.env.language, single, kept: kept.nameOf(subject) });
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
        return saveReport(report, client);
    }
  };

  const reviving = vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, { deserializeWebviewPanel: revive });
  return {
    show: (subject, report, single) => {
      keep(subject, report, single);
      const existing = panels.get(subject);
      if (existing === undefined) {
        const panel = vscode.window.createWebviewPanel(VIEW_TYPE, panelTitle(report), vscode.ViewColumn.Active, {
          ...options,
          enableFindWidget: true,
        });
        open(panel, subject, report, single);
        return;
      }
      existing.report = report;
      existing.single = single;
      existing.panel.title = panelTitle(report);
      existing.panel.reveal();
      void answer(subject, existing, { type: 'ready' });
    },
    onDidDraw: drawn.event,
    // Panels stay: a window that is loaded anew ends the extension first, and shows them again after it.
    dispose: () => {
      reviving.dispose();
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
