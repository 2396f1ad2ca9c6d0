/** The tools that language models may use: both only read, and both say first which addresses go where. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { Consent } from '../consent.ts';
import type { StatusItem } from '../status.ts';
import type { Words } from '../words.ts';
import { getBacklinks } from './getBacklinks.ts';
import { summarizeDocumentLinks } from './summarizeDocumentLinks.ts';

export interface ToolParts {
  readonly client: LanguageClient;
  readonly ready: () => Promise<void>;
  readonly consent: Consent;
  readonly status: StatusItem;
  readonly words: Words;
}

export function registerTools(parts: ToolParts): vscode.Disposable {
  // Editors made from VS Code's sources may leave out what it has for language models; everything else works without.
  if (typeof (vscode.lm as Partial<typeof vscode.lm> | undefined)?.registerTool !== 'function') return { dispose: () => undefined };
  return vscode.Disposable.from(
    vscode.lm.registerTool('get_backlinks', getBacklinks(parts)),
    vscode.lm.registerTool('summarize_document_links', summarizeDocumentLinks(parts)),
  );
}
