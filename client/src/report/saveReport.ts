/** *Save…*: a report as Markdown, HTML, CSV or JSON, by the ending of the file that is named. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { renderReportRequest } from '../../../shared/protocol.ts';
import type { Report, ReportFormat } from '../../../shared/report.ts';

const ENDINGS: Readonly<Record<ReportFormat, { readonly name: string; readonly endings: readonly string[] }>> = {
  markdown: { name: 'Markdown', endings: ['md', 'markdown'] },
  html: { name: 'HTML', endings: ['html', 'htm'] },
  csv: { name: 'CSV', endings: ['csv'] },
  json: { name: 'JSON', endings: ['json'] },
};

export async function saveReport(report: Report, client: LanguageClient): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const file = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Save Report'),
    filters: Object.fromEntries(Object.values(ENDINGS).map(({ name, endings }) => [name, [...endings]])),
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, 'backlinks-report.md') }),
  });
  if (file === undefined) return;
  const text = await client.sendRequest(renderReportRequest, { report, format: formatOf(file.path) });
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
  const open = vscode.l10n.t('Open File');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('The report is saved in {0}.', vscode.workspace.asRelativePath(file)),
    open,
  );
  if (answer === open) await vscode.commands.executeCommand('vscode.open', file);
}

/** What has no ending that says otherwise is Markdown. */
export function formatOf(path: string): ReportFormat {
  const ending = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  const formats = Object.entries(ENDINGS) as [ReportFormat, (typeof ENDINGS)[ReportFormat]][];
  return formats.find(([, { endings }]) => endings.includes(ending))?.[0] ?? 'markdown';
}
