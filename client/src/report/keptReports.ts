/**
 * Reports of open panels, kept on disk: a window that is loaded anew shows them as they were, without asking anybody anything. A report that
 * is closed is deleted.
 */
import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import type { Report } from '../../../shared/report.ts';

export interface KeptReport {
  readonly subject: string;
  readonly report: Report;
  readonly single: boolean;
}

export interface KeptReports {
  /** The name that a subject's report is kept by. */
  readonly nameOf: (subject: string) => string;
  readonly keep: (kept: KeptReport) => Promise<void>;
  /** Null where there is none, or none that can be read. */
  readonly read: (name: string) => Promise<KeptReport | null>;
  readonly drop: (subject: string) => Promise<void>;
}

/** Reports that are kept at most: what a crash left behind is not for ever. */
const MOST = 30;

/** @param folder the workspace's own, or the extension's where none is open */
export function createKeptReports(folder: vscode.Uri): KeptReports {
  const nameOf = (subject: string) => createHash('sha256').update(subject).digest('hex').slice(0, 40);
  const fileOf = (name: string) => vscode.Uri.joinPath(folder, `${name}.json`);
  return {
    nameOf,
    keep: async (kept) => {
      await vscode.workspace.fs.writeFile(fileOf(nameOf(kept.subject)), new TextEncoder().encode(JSON.stringify(kept)));
      await prune(folder);
    },
    read: async (name) => {
      if (!/^[0-9a-f]{40}$/.test(name)) return null;
      try {
        const bytes = await vscode.workspace.fs.readFile(fileOf(name));
        const kept = JSON.parse(new TextDecoder().decode(bytes)) as KeptReport;
        return nameOf(kept.subject) === name && Array.isArray(kept.report.targets) ? kept : null;
      } catch {
        return null;
      }
    },
    drop: async (subject) => {
      await vscode.workspace.fs.delete(fileOf(nameOf(subject))).then(undefined, () => undefined);
    },
  };
}

/** Deletes the oldest beyond so many. */
async function prune(folder: vscode.Uri): Promise<void> {
  const files = (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => vscode.Uri.joinPath(folder, name));
  if (files.length <= MOST) return;
  const dated = await Promise.all(files.map(async (file) => ({ file, at: (await vscode.workspace.fs.stat(file)).mtime })));
  for (const { file } of dated.toSorted((a, b) => b.at - a.at).slice(MOST)) await vscode.workspace.fs.delete(file);
}
